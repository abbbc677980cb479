import { clock, newNote, NoteBook, NoteEntity, noteEvent, storedEvents, unitOfWorkOf } from './note.fixture.js';
import { record } from './outbox.js';
import { placeScope } from './tenant-scope.js';

const book = new NoteBook();

describe('the outbox', () => {
  it('stores whose doing an event was, and why', async () => {
    const viewer = { kind: 'USER' as const, id: 'usr_ann', sessionId: null, grants: [], version: 1 };
    const note = newNote({ rank: 7 });

    await unitOfWorkOf(book.database, { viewer, requestId: 'req_7' })(async (em) => {
      await em.insert(NoteEntity, note);
      record(em, {
        ...noteEvent(note),
        aggregate: { ...note, outletId: 'out_1' },
        channel: 'MANAGER_OVERRIDE',
        reason: 'Spilt 🍷',
      });
    });

    const [event, ...others] = await storedEvents(book.database);
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      id: expect.stringMatching(/^evt_/),
      type: 'menu-item.availability-changed',
      aggregateId: note.id,
      aggregateVersion: 1,
      brandId: 'brd_1',
      outletId: 'out_1',
      viewerKind: 'USER',
      viewerId: 'usr_ann',
      channel: 'MANAGER_OVERRIDE',
      reason: 'Spilt 🍷',
      requestId: 'req_7',
      occurredAt: clock.now(),
      payload: { remaining: 7, isAvailable: true },
      publishedSeq: null,
    });
  });

  it('leaves empty what an event does not say', async () => {
    await unitOfWorkOf(book.database)(async (em) => record(em, noteEvent(newNote())));

    expect(await storedEvents(book.database)).toMatchObject([
      { outletId: null, channel: null, reason: null, viewerKind: 'ANONYMOUS', viewerId: '' },
    ]);
  });

  it('gives an event the version that its change produced', async () => {
    const note = newNote();
    const unitOfWork = unitOfWorkOf(book.database);
    await unitOfWork(async (em) => void (await em.insert(NoteEntity, note)));

    await unitOfWork(async (em) => {
      const stored = await em.findOneOrFail(NoteEntity, { $and: [placeScope(note), { id: note.id }] });
      record(em, noteEvent(stored));
      stored.rank = 5;
    });

    expect(await storedEvents(book.database)).toMatchObject([{ aggregateVersion: 2 }]);
  });

  it('keeps the events of one transaction in the order they were recorded', async () => {
    const ranks = Array.from({ length: 2_500 }, (_, rank) => rank);

    await unitOfWorkOf(book.database)(async (em) => {
      for (const rank of ranks) record(em, noteEvent(newNote({ rank })));
    });

    const payloads = (await storedEvents(book.database)).map(({ payload }) => payload);
    expect(payloads).toEqual(ranks.map((remaining) => ({ remaining, isAvailable: true })));
  });

  it('takes one statement for the events of a transaction', async () => {
    const statementsOf = async (count: number) => {
      const before = book.database.statements.total;
      await unitOfWorkOf(book.database)(async (em) => {
        for (let rank = 0; rank < count; rank += 1) record(em, noteEvent(newNote({ rank })));
      });
      return book.database.statements.total - before;
    };

    expect((await statementsOf(20)) - (await statementsOf(1))).toBe(0);
    expect((await statementsOf(1)) - (await statementsOf(0))).toBe(1);
  });
});

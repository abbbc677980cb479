import type { SqlEntityManager } from '@mikro-orm/sql';
import { anonymous, system } from '../domain/viewer.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { IdempotencyKeyEntity } from './idempotency.entity.js';
import { once, type KeyedRequest } from './idempotency.js';
import { clock, newNote, NoteBook, NoteEntity, storedNotes, unitOfWorkOf } from './note.fixture.js';

const book = new NoteBook();
const ann = viewerWith({ slugs: [], brandId: 'brd_1' });
const eve = viewerWith({ slugs: [], brandId: 'brd_2' });
const request: KeyedRequest = {
  viewer: ann,
  operation: 'writeNote',
  key: 'k1',
  input: { title: 'soup', rank: 1 },
  now: clock.now(),
};

/** Writes a note under a key, as an operation would; returns its id. */
function write(given: Partial<KeyedRequest> = {}): Promise<string> {
  return unitOfWorkOf(book.database)((em) => once(em, { ...request, ...given }, () => insertNote(em)));
}

async function insertNote(em: SqlEntityManager): Promise<string> {
  const note = newNote();
  await em.insert(NoteEntity, note);
  return note.id;
}

describe('a keyed write', () => {
  it('I11 has its effect at the first request and the same answer at the next', async () => {
    const first = await write();
    const again = await write();

    expect(again).toBe(first);
    expect(await storedNotes(book.database)).toMatchObject([{ id: first }]);
  });

  it('I11 refuses another input under a used key, with no effect', async () => {
    await write();

    await expect(write({ input: { title: 'soup', rank: 2 } })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await storedNotes(book.database)).toHaveLength(1);
  });

  it.each([
    ['another key', { key: 'k2' }],
    ['the same key in other letters', { key: 'K1' }],
    ['the same key with a space behind', { key: 'k1 ' }],
    ['another operation', { operation: 'eraseNote' }],
    ['another viewer', { viewer: eve }],
    ['a viewer of another kind', { viewer: system }],
    ['nobody', { viewer: anonymous }],
  ])('is another request under %s', async (_what, given) => {
    await write();
    await write(given);

    expect(await storedNotes(book.database)).toHaveLength(2);
  });

  it('frees its key when it fails', async () => {
    const failing = unitOfWorkOf(book.database)((em) =>
      once(em, request, async () => {
        await insertNote(em);
        throw new Error('no');
      }),
    );

    await expect(failing).rejects.toThrow('no');
    expect(await book.database.em.fork().count(IdempotencyKeyEntity)).toBe(0);
    expect(await write()).toMatch(/^not_/);
  });

  it('R7 I11 has one effect for eight requests at once', async () => {
    for (const round of ['a', 'b', 'c']) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => write({ key: round })));

      expect(new Set(answers).size).toBe(1);
    }
    expect(await storedNotes(book.database)).toHaveLength(3);
  });

  it('R7 I11 lets one of two inputs win when they race under one key', async () => {
    const inputs = ['soup', 'salad', 'soup', 'salad', 'soup', 'salad'];
    const settled = await Promise.allSettled(inputs.map((input) => write({ input })));

    const notes = await storedNotes(book.database);
    expect(notes).toHaveLength(1);
    const fulfilled = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const refused = settled.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(fulfilled).toEqual([notes[0]?.id, notes[0]?.id, notes[0]?.id]);
    expect(refused).toEqual(['IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_REUSED', 'IDEMPOTENCY_KEY_REUSED']);
  });
});

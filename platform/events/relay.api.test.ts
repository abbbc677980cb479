import { isRealServers } from '../../tests/harness/target.js';
import type { Database } from '../data/database.js';
import { newNote, NoteBook, noteEvent, storedEvents, unitOfWorkOf, clock } from '../data/note.fixture.js';
import { record, writeRecordedEvents } from '../data/outbox.js';
import { OutboxEventEntity } from '../data/outbox.entity.js';
import { anonymous } from '../domain/viewer.js';
import { rankOf, readableLog, relayTelling, tell, tellTogether, until, upTo } from './events.fixture.js';
import type { Relay } from './relay.js';
import type { PublishedEvent } from './stream.js';

const book = new NoteBook();
const { log, lines } = readableLog();
let relays: Relay[] = [];

beforeEach(() => void lines.splice(0));
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
});

function startRelay(database: Database, announce?: (events: readonly PublishedEvent[]) => void) {
  const heard: PublishedEvent[] = [];
  const relay = relayTelling(database, announce ?? ((events) => heard.push(...events)), log);
  relays.push(relay);
  return { relay, heard };
}

const seqs = (events: readonly PublishedEvent[]) => events.map(({ seq }) => seq);

describe('the relay', () => {
  it('publishes the events of one transaction in the order they were recorded, in batches', async () => {
    const sizes: number[] = [];
    const heard: PublishedEvent[] = [];
    const { relay } = startRelay(book.database, (events) => {
      sizes.push(events.length);
      heard.push(...events);
    });
    await tellTogether(book.database, upTo(450));

    await relay.flush();

    expect(heard.map(rankOf)).toEqual(upTo(450));
    expect(seqs(heard)).toEqual(upTo(450));
    expect(sizes).toEqual([200, 200, 50]);
  });

  it('gives positions without gaps when ids are committed out of order', async () => {
    const { relay, heard } = startRelay(book.database);
    await tell(book.database, 1);
    await tell(book.database, 2);
    const [early = new OutboxEventEntity()] = await storedEvents(book.database);
    await book.database.em.fork().nativeDelete(OutboxEventEntity, { id: early.id });
    await relay.flush();
    await book.database.em.fork().insert(OutboxEventEntity, { ...early, publishedSeq: null });

    await relay.flush();

    expect(heard.map(rankOf)).toEqual([2, 1]);
    expect(seqs(heard)).toEqual([1, 2]);
  });

  it('publishes nothing of a transaction that rolled back', async () => {
    const { relay, heard } = startRelay(book.database);
    const failed = unitOfWorkOf(book.database)(async (em) => {
      record(em, noteEvent(newNote()));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await tell(book.database, 1);

    await relay.flush();

    expect(seqs(heard)).toEqual([1]);
  });

  it('publishes at once when it is nudged by a commit', async () => {
    const { relay, heard } = startRelay(book.database);

    await Promise.all(upTo(20).map((rank) => tell(book.database, rank, relay.nudge)));
    await until(() => heard.length === 20);

    expect(seqs(heard)).toEqual(upTo(20));
  });

  it('has published what was committed before, whenever flush returns', async () => {
    const { relay, heard } = startRelay(book.database);

    for (const rank of upTo(60)) {
      await tell(book.database, rank, relay.nudge);
      if (rank % 3 === 0) relay.nudge();
      await relay.flush();
      expect(heard).toHaveLength(rank);
    }
  });

  it('goes on after an error, and tells of it', async () => {
    let isBroken = true;
    const heard: PublishedEvent[] = [];
    const { relay } = startRelay(book.database, (events) => {
      if (isBroken) throw new Error('a listener failed');
      heard.push(...events);
    });
    await tell(book.database, 1);
    await relay.flush();
    isBroken = false;
    await tell(book.database, 2);
    await relay.flush();

    expect(seqs(heard)).toEqual([2]);
    expect(lines).toMatchObject([{ msg: 'published events could not be told yet', subgraph: 'orders' }]);
  });

  it('I15 publishes every event once when two relays share a database', async () => {
    const other = isRealServers() ? await book.open() : book.database;
    const [one, two] = [startRelay(book.database), startRelay(other)];
    const nudgeBoth = () => {
      one.relay.nudge();
      two.relay.nudge();
    };

    await Promise.all(upTo(80).map((rank) => tell(book.database, rank, nudgeBoth)));
    await Promise.all([one.relay.flush(), two.relay.flush()]);

    const all = [...one.heard, ...two.heard];
    expect(seqs(all).toSorted((a, b) => a - b)).toEqual(upTo(80));
    expect(new Set(all.map(({ id }) => id)).size).toBe(80);
    expect(all.map(rankOf).toSorted((a, b) => a - b)).toEqual(upTo(80));
    for (const { heard } of [one, two]) expect(seqs(heard)).toEqual(seqs(heard).toSorted((a, b) => a - b));
    expect(lines).toEqual([]);
  });
});

if (isRealServers()) {
  describe('the relay on a server', () => {
    it('publishes what has committed while an earlier transaction is still open', async () => {
      const { relay, heard } = startRelay(book.database);
      const origin = { viewer: anonymous, requestId: 'req_slow', clock };
      let close = () => {};
      const closed = new Promise<void>((resolve) => (close = resolve));
      let isWritten = false;
      const slow = unitOfWorkOf(book.database)(async (em) => {
        record(em, noteEvent(newNote({ rank: 1 })));
        await writeRecordedEvents(em, origin);
        isWritten = true;
        await closed;
      });
      await until(() => isWritten);
      await tell(book.database, 2);
      await relay.flush();
      expect(heard.map(rankOf)).toEqual([2]);
      close();
      await slow;

      await relay.flush();

      expect(heard.map(rankOf)).toEqual([2, 1]);
      expect(seqs(heard)).toEqual([1, 2]);
    });
  });
}

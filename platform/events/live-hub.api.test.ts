import { setImmediate as nextTurn } from 'node:timers/promises';
import { NoteBook } from '../data/note.fixture.js';
import { StreamHeadEntity } from '../data/outbox.entity.js';
import type { AnyEvent } from './catalogue.js';
import { published, rankOf, readableLog, relayTelling, tell, tellTogether, upTo } from './events.fixture.js';
import type { LiveEvent } from './live-events.js';
import { LiveHub } from './live-hub.js';
import { readStreamHead } from './outbox.queries.js';
import type { Relay } from './relay.js';

const book = new NoteBook();
const everything = () => true;
let hub: LiveHub;
let relay: Relay;

beforeEach(() => {
  hub = new LiveHub(book.database);
  relay = relayTelling(book.database, (events) => hub.announce(events), readableLog().log);
});
afterEach(async () => {
  await relay.stop();
  hub.close();
});

async function tellAll(ranks: readonly number[]): Promise<void> {
  for (const rank of ranks) await tell(book.database, rank, relay.nudge);
}

async function cursorAt(seq: number): Promise<string> {
  return `${(await readStreamHead(book.database.em.fork())).epoch}.${seq}`;
}

async function take(events: AsyncIterator<LiveEvent>, count: number): Promise<LiveEvent[]> {
  const taken: LiveEvent[] = [];
  while (taken.length < count) {
    const step = await events.next();
    if (step.done) throw new Error(`It ended after ${taken.length} of ${count} events.`);
    taken.push(step.value);
  }
  return taken;
}

const ranks = (events: readonly LiveEvent[]) => events.map(({ event }) => rankOf(event));

describe('a follower', () => {
  it('hears what happens from now on, with the cursor to continue after it', async () => {
    await tellAll([1, 2]);
    await relay.flush();
    const events = await hub.follow('brd_1', null, everything);

    await tellAll([3, 4]);

    const heard = await take(events, 2);
    expect(ranks(heard)).toEqual([3, 4]);
    expect(heard.map(({ cursor }) => cursor)).toEqual([await cursorAt(3), await cursorAt(4)]);
  });

  it('hears what matches only, before and after it came', async () => {
    await tellAll(upTo(6));
    await relay.flush();
    const isEven = (event: AnyEvent) => rankOf(event) % 2 === 0;
    const events = await hub.follow('brd_1', await cursorAt(2), isEven);

    await tellAll([7, 8]);

    expect(ranks(await take(events, 3))).toEqual([4, 6, 8]);
  });

  it("LES-07 S15 is shown nothing of another tenant's, whatever it asks for", async () => {
    const shown: string[] = [];
    const events = await hub.follow('brd_2', await cursorAt(0), ({ brandId }) => shown.push(brandId) > 0);
    await tellAll([1, 2]);
    await relay.flush();

    hub.announce([
      { ...published({ seq: 3 }), brandId: '' },
      { ...published({ seq: 4 }), brandId: 'brd_2' },
    ]);
    await take(events, 1);

    expect(shown).toEqual(['brd_2']);
    await expect(hub.follow('', null, everything)).rejects.toThrow('carries its tenant');
  });

  it('gets with a cursor exactly what it missed, while events keep coming', async () => {
    await tellTogether(book.database, upTo(100));
    await relay.flush();
    const isWritten = tellAll(upTo(200, 101));
    const followers = upTo(12).map(async (n) => {
      // Each comes at another moment of the writing, from another place.
      for (let turn = 0; turn < n * 3; turn += 1) await nextTurn();
      const since = (n * 7) % 100;
      const events = await hub.follow('brd_1', await cursorAt(since), everything);
      return { since, heard: await take(events, 200 - since) };
    });

    for (const { since, heard } of await Promise.all(followers)) {
      expect(ranks(heard)).toEqual(upTo(200, since + 1));
      expect(heard.at(-1)?.cursor).toBe(await cursorAt(200));
    }
    await isWritten;
  });

  it('misses nothing that is published while it reads the past', async () => {
    await tellTogether(book.database, [1, 2]);
    await relay.flush();
    const em = book.database.em.fork();
    const find = async (...request: Parameters<typeof em.find>) => {
      const rows = await em.find(...request);
      await tell(book.database, 3);
      await relay.flush();
      return rows;
    };
    const readSlowly = { find, findOneOrFail: em.findOneOrFail.bind(em) };
    const slowHub = new LiveHub({ ...book.database, em: { fork: () => readSlowly } as never });
    const slowRelay = relayTelling(book.database, (events) => slowHub.announce(events), readableLog().log);
    relay = slowRelay;

    const events = await slowHub.follow('brd_1', await cursorAt(0), everything);
    await tell(book.database, 4, slowRelay.nudge);

    expect(ranks(await take(events, 4))).toEqual([1, 2, 3, 4]);
  });

  it('continues over more than one read of the past', async () => {
    await tellTogether(book.database, upTo(1_100));
    await relay.flush();
    const events = await hub.follow('brd_1', await cursorAt(0), everything);

    expect(ranks(await take(events, 1_100))).toEqual(upTo(1_100));
  });

  it('is forgotten the moment it leaves, even while it waits', async () => {
    let asked = 0;
    const events = await hub.follow('brd_1', null, () => (asked += 1) > 0);
    const waiting = events.next();

    const left = events.return?.();
    hub.announce([published({ seq: 1 })]);

    expect(await left).toEqual({ value: undefined, done: true });
    expect(await waiting).toEqual({ value: undefined, done: true });
    expect(await events.next()).toEqual({ value: undefined, done: true });
    expect(asked).toBe(0);
  });

  it('may ask for several events at once', async () => {
    const events = await hub.follow('brd_1', null, everything);
    const steps = Promise.all([events.next(), events.next()]);

    hub.announce([published({ seq: 1 }), published({ seq: 2 })]);

    expect((await steps).map(({ value }) => rankOf(value.event))).toEqual([1, 2]);
  });

  it('is cut off when it takes nothing of 10,000 events, and costs nothing from then on', async () => {
    let asked = 0;
    const slow = await hub.follow('brd_1', null, () => (asked += 1) > 0);
    const quick = await hub.follow('brd_1', null, everything);
    const quickly = take(quick, 10_010);

    for (const seq of upTo(10_010)) {
      hub.announce([published({ seq })]);
      if (seq % 1_000 === 0) await nextTurn();
    }
    const askedWhileKept = asked;
    hub.announce([published({ seq: 10_011 })]);

    expect(asked).toBe(askedWhileKept);
    expect(asked).toBe(10_001);
    expect(await take(slow, 10_001)).toHaveLength(10_001);
    expect(await slow.next()).toMatchObject({ done: true });
    expect(ranks(await quickly)).toEqual(upTo(10_010));
  });

  it('whose filter fails ends with its error, and the others hear everything', async () => {
    const failing = await hub.follow('brd_1', null, () => {
      throw new Error('a filter failed');
    });
    const waiting = failing.next();
    const other = await hub.follow('brd_1', null, everything);

    hub.announce([published({ seq: 1 })]);

    await expect(waiting).rejects.toThrow('a filter failed');
    expect(ranks(await take(other, 1))).toEqual([1]);
  });

  it('ends when the product stops', async () => {
    const events = await hub.follow('brd_1', null, everything);
    const waiting = events.next();

    hub.close();

    expect(await waiting).toMatchObject({ done: true });
  });

  it('passes over events of a type this version does not know', async () => {
    const events = await hub.follow('brd_1', null, everything);

    hub.announce([published({ seq: 1, type: 'note.sung' }), published({ seq: 2 })]);

    expect(ranks(await take(events, 1))).toEqual([2]);
  });
});

describe('a cursor', () => {
  it.each([
    '',
    'x',
    '12',
    'ep_1.2',
    '.',
    'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV',
    'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV.-1',
    'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV.1234567890123456',
    "ep_01ARZ3NDEKTSV4RRFFQ69G5FAV.1'",
  ])('%s was never handed out: BAD_USER_INPUT', async (since) => {
    await expect(hub.follow('brd_1', since, everything)).rejects.toMatchObject({
      name: 'BadUserInput',
      field: ['since'],
    });
  });

  it('of another data set asks to read the lists again', async () => {
    await expect(hub.follow('brd_1', 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV.0', everything)).rejects.toMatchObject({
      name: 'ResyncRequired',
    });
  });

  it('beyond the end asks to read the lists again', async () => {
    await expect(hub.follow('brd_1', await cursorAt(1), everything)).rejects.toMatchObject({ name: 'ResyncRequired' });
  });

  it.each([
    [10_001, 'ResyncRequired'],
    [10_000, null],
  ])('%i events behind: %s', async (behind, refusal) => {
    await book.database.em.fork().nativeUpdate(StreamHeadEntity, { id: 1 }, { lastSeq: 20_000 });
    const follow = hub.follow('brd_1', await cursorAt(20_000 - behind), everything);

    const outcome = await follow.then(
      () => null,
      (error: Error) => error.name,
    );

    expect(outcome).toBe(refusal);
  });

  it('that is refused leaves no follower behind', async () => {
    await expect(hub.follow('brd_1', 'x', everything)).rejects.toThrow('not a cursor');
    let taken = 0;
    const batch = [published({ seq: 1 })];
    const counted = Object.assign([...batch], {
      [Symbol.iterator]: () => {
        taken += 1;
        return batch.values();
      },
    });

    hub.announce(counted);

    expect(taken).toBe(0);
  });
});

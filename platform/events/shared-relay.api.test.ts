import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { isRealServers, testServers } from '../../tests/harness/target.js';
import type { Database } from '../data/database.js';
import { NoteBook } from '../data/note.fixture.js';
import { RelayLeaseEntity } from '../data/relay-lease.entity.js';
import { systemClock } from '../process/clock.js';
import { rankOf, readableLog, relayTelling, tell, until, upTo } from './events.fixture.js';
import { LiveHub } from './live-hub.js';
import { listPublished } from './outbox.queries.js';
import { openRedisEventStream } from './redis-stream.js';
import { createRelayLease } from './relay-lease.js';
import { createRelay, type Relay } from './relay.js';
import type { PublishingStream } from './stream.js';

const book = new NoteBook();

describe('the only process of a subgraph', () => {
  it('publishes without a lease', async () => {
    const heard: number[] = [];
    const relay = relayTelling(book.database, (events) => heard.push(...events.map(rankOf)), readableLog().log);
    relay.start();

    await tell(book.database, 1, relay.nudge);
    await relay.stop();

    expect(heard).toEqual([1]);
    expect(await book.database.em.fork().count(RelayLeaseEntity)).toBe(0);
  });
});

if (isRealServers()) {
  const { redisUrl } = testServers();
  const { log, lines } = readableLog();
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  const key = `${prefix}events:orders`;
  let redis: Redis;
  let replicas: Replica[] = [];

  beforeAll(() => void (redis = new Redis(redisUrl)));
  beforeEach(() => void lines.splice(0));
  afterEach(async () => {
    for (const { leave } of replicas) await leave();
    replicas = [];
    await redis.del(key);
  });
  afterAll(() => redis.disconnect());

  /** One process of the subgraph: it commits, may publish, and hears what is published. */
  interface Replica {
    readonly holder: string;
    readonly relay: Relay;
    readonly hub: LiveHub;
    readonly heard: number[];
    commit(rank: number): Promise<void>;
    /** Ends without letting anything go, as a killed process does. */
    die(): void;
    leave(): Promise<void>;
  }

  const others = {
    readOutbox: async () => Promise.reject(new Error('There are no others.')),
    flush: async () => Promise.reject(new Error('There are no others.')),
  };

  // Long, so that a busy machine does not move it; short where a test waits for its end.
  const [long, short] = [60_000, 1_000];

  async function openReplica(holder: string, database: Database, leaseMs = long): Promise<Replica> {
    const stream = await openRedisEventStream({ redisUrl, prefix, log, others });
    const lease = createRelayLease(database, { holder, clock: systemClock, leaseMs });
    let isDead = false;
    const relay = createRelay({ database, lease, stream: deaf(stream, () => isDead), log });
    stream.attach('orders', {
      read: (afterSeq, limit) => listPublished(database.em.fork(), afterSeq, limit),
      flush: relay.flush,
    });
    const hub = new LiveHub(database, () => stream.listening('orders'));
    const heard: number[] = [];
    stream.listen('orders', (events) => {
      hub.announce(events);
      heard.push(...events.map(({ seq }) => seq));
    });
    await stream.listening('orders');
    relay.start();
    const replica: Replica = {
      holder,
      relay,
      hub,
      heard,
      commit: (rank) => tell(database, rank, relay.nudge),
      die: () => {
        isDead = true;
        lease.acquire = async () => false;
        lease.release = async () => {};
      },
      leave: async () => {
        await relay.stop();
        hub.close();
        await stream.close();
      },
    };
    replicas.push(replica);
    return replica;
  }

  const deaf = (stream: PublishingStream, isDead: () => boolean): PublishingStream => ({
    ...stream,
    publish: async (source, events) => (isDead() ? undefined : stream.publish(source, events)),
    nudge: (source) => void (isDead() || stream.nudge(source)),
  });
  const holder = async () =>
    (await book.database.em.fork().findOne(RelayLeaseEntity, { id: 1 }, { disableIdentityMap: true }))?.holder;

  describe('two replicas of one subgraph', () => {
    it('publish through the one that holds the lease, whichever of them commits', async () => {
      const one = await openReplica('one', book.database);
      await until(async () => (await holder()) === 'one');
      const two = await openReplica('two', await book.open());

      for (const rank of upTo(20)) await (rank % 2 ? one : two).commit(rank);
      await until(() => one.heard.length === 20 && two.heard.length === 20);

      expect(await holder()).toBe('one');
      expect([one.heard, two.heard]).toEqual([upTo(20), upTo(20)]);
      expect(lines).toEqual([]);
    });

    it('go on when the one that publishes dies: the other takes the lease and nothing is skipped (F1)', async () => {
      const one = await openReplica('one', book.database, short);
      await until(async () => (await holder()) === 'one');
      const two = await openReplica('two', await book.open(), short);
      await one.commit(1);
      await until(() => two.heard.length === 1);

      one.die();
      for (const rank of upTo(5, 2)) await two.commit(rank);
      await until(() => two.heard.length === 5);

      expect(await holder()).toBe('two');
      expect(two.heard).toEqual(upTo(5));
    });

    it('hand the lease over at once when one leaves in order', async () => {
      const one = await openReplica('one', book.database);
      await until(async () => (await holder()) === 'one');
      const two = await openReplica('two', await book.open());
      await one.commit(1);

      await one.relay.stop();
      await until(async () => (await holder()) === 'two');
      await two.commit(2);
      await until(() => two.heard.length === 2);

      expect(two.heard).toEqual([1, 2]);
    });

    it('tell each of their subscribers every event in order, from the cursor on and live', async () => {
      const one = await openReplica('one', book.database);
      const two = await openReplica('two', await book.open());
      for (const rank of upTo(3)) await one.commit(rank);
      await until(() => two.heard.length === 3);

      const subscribers = await Promise.all([one, two].map(({ hub }) => hub.follow('brd_1', null, () => true)));
      for (const rank of upTo(10, 4)) await (rank % 2 ? one : two).commit(rank);
      const ranks = await Promise.all(
        subscribers.map(async (events) => {
          const taken: number[] = [];
          while (taken.length < 7) taken.push(rankOf((await events.next()).value.event));
          return taken;
        }),
      );

      expect(ranks[0]).toHaveLength(7);
      expect(ranks[1]).toEqual(ranks[0]);
      expect(ranks[0]?.toSorted((a, b) => a - b)).toEqual(upTo(10, 4));
    });

    it('refill a Redis that was emptied, within the round of the one that holds the lease (F3)', async () => {
      const one = await openReplica('one', book.database);
      for (const rank of upTo(6)) await one.commit(rank);
      await until(() => one.heard.length === 6);

      await redis.del(key);
      await until(async () => (await redis.xlen(key)) === 6);

      expect((await redis.xrange(key, '-', '+')).map(([id]) => id)).toEqual(upTo(6).map((seq) => `${seq}-0`));
    });
  });
}

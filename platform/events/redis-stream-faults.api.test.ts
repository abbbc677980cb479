import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { isRealServers, testServers } from '../../tests/harness/target.js';
import { readableLog, until, upTo } from './events.fixture.js';
import { seqOf } from './redis-entry.js';
import { openRedisEventStream } from './redis-stream.js';
import type { PublishingStream } from './stream.js';
import { hearing, MemoryOutbox, openCuttableWay, readOn, seqs, type CuttableWay } from './redis-stream.fixture.js';

const prefix = `t${randomBytes(4).toString('hex')}_`;
const { log } = readableLog();
let outbox: MemoryOutbox;
let opened: PublishingStream[] = [];

beforeEach(() => void (outbox = new MemoryOutbox()));

const open = async (redisUrl: string) => {
  const stream = await openRedisEventStream({ redisUrl, prefix, log, others: outbox });
  opened.push(stream);
  return stream;
};

afterEach(async () => {
  await Promise.all(opened.map((stream) => stream.close()));
  opened = [];
});

describe('the event stream while the subgraphs are all there is', () => {
  const nowhere = 'redis://127.0.0.1:1';

  it('never returns events across a gap, not even of an outbox', async () => {
    outbox.add(5);
    outbox.events.splice(2, 1);
    const stream = await open(nowhere);

    expect(seqs(await stream.read('orders', 0, 10))).toEqual([1, 2]);
    await expect(stream.read('orders', 2, 10)).rejects.toThrow('The outbox of orders has nothing at 3');
  });

  it('settles although the subgraph is away, and says so when read', async () => {
    const stream = await open(nowhere);
    outbox.isAway = true;

    await stream.settle('orders');

    await expect(stream.read('orders', 0, 10)).rejects.toThrow('The subgraph is away.');
  });
});

if (isRealServers()) {
  const { redisUrl } = testServers();
  const key = `${prefix}events:orders`;
  let redis: Redis;
  let way: CuttableWay;

  beforeAll(async () => {
    redis = new Redis(redisUrl);
    way = await openCuttableWay(redisUrl);
  });

  beforeEach(async () => {
    await way.mend();
    await redis.del(key);
  });

  afterAll(async () => {
    await redis.del(key);
    await way.close();
    redis.disconnect();
  });

  const tell = async (stream: PublishingStream, count: number) => stream.publish('orders', outbox.add(count));

  describe('when Redis lost something', () => {
    it('reads and hears on after it was emptied, and is refilled (F3)', async () => {
      const stream = await open(redisUrl);
      const heard = await hearing(stream);
      await tell(stream, 100);
      await until(() => heard.length === 100);
      const before = seqs(await stream.read('orders', 0, 40));

      await redis.del(key);
      const after = await readOn(stream, 40);
      await tell(stream, 1);
      expect(await redis.xlen(key)).toBe(1);
      await redis.del(key);
      outbox.add(9);
      expect(await stream.repair('orders', 110)).toBe(110);
      expect(await stream.repair('orders', 110)).toBe(0);

      expect([...before, ...after]).toEqual(upTo(100));
      expect(await seqsInRedis()).toEqual(upTo(110));
      await until(() => heard.length >= 110);
      expect(heard).toEqual(upTo(110));
    });

    it('hears what was published while nothing could be added, from the first that can be added again', async () => {
      const stream = await open(redisUrl);
      const heard = await hearing(stream);
      await tell(stream, 3);
      await until(() => heard.length === 3);
      outbox.add(5);

      await tell(stream, 1);

      await until(() => heard.length >= 9);
      expect(heard).toEqual(upTo(9));
      expect(await readOn(stream)).toEqual(upTo(9));
    });

    it('refills only the newest 10,000, and reads the others from the outbox', async () => {
      const stream = await open(redisUrl);
      outbox.add(10_300);

      expect(await stream.repair('orders', 10_300)).toBe(10_000);

      expect(await redis.xlen(key)).toBe(10_000);
      outbox.asked.splice(0);
      expect(await readOn(stream, 0, 500)).toEqual(upTo(10_300));
      expect(outbox.asked).toEqual([0]);
    });

    it('reads what was trimmed from the outbox and the rest from Redis', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 100);
      await redis.xtrim(key, 'MAXLEN', 30);

      expect(await readOn(stream, 0, 35)).toEqual(upTo(100));
      expect(outbox.asked).toEqual([0, 35]);
    });

    it('reads an entry that is no event of this version from the outbox', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 2);
      await redis.xadd(key, '3-0', 'event', '{"version":9}');
      outbox.add(1);
      await tell(stream, 2);

      expect(await readOn(stream)).toEqual(upTo(5));
      expect(outbox.asked).toEqual([2]);
    });

    it('forgets events of another data set, which are ahead of the outbox, but not events published meanwhile', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 20);
      expect(await stream.repair('orders', 15)).toBe(0);
      expect(await redis.xlen(key)).toBe(20);
      outbox.events.splice(0);
      const newer = outbox.add(5);

      expect(await stream.repair('orders', 5)).toBe(5);

      expect(await stream.read('orders', 0, 100)).toEqual(newer);
      expect(outbox.asked.at(-1)).toBe(0);
    });
  });

  describe('when Redis is cut off', () => {
    it('reads and hears on from the outbox, then from Redis again, each event once and in order (F3)', async () => {
      const [publisher, reader] = [await open(redisUrl), await open(way.url)];
      const heard = await hearing(reader);
      await tell(publisher, 10);
      await until(() => heard.length === 10);

      await way.cut();
      await tell(publisher, 10);
      const whileAway = await readOn(reader);
      await until(() => heard.length === 20);
      await way.mend();
      await tell(publisher, 10);
      await until(() => heard.length === 30);
      await until(async () => {
        outbox.asked.splice(0);
        return (await readOn(reader)).length === 30 && outbox.asked.length === 0;
      });

      expect(whileAway).toEqual(upTo(20));
      expect(heard).toEqual(upTo(30));
    });

    it.each([
      ['is cut off', () => way.cut()],
      ['goes silent', () => way.silence()],
    ])('refuses to publish when it %s, and makes up for it when it is back (F3)', async (_, lose) => {
      const stream = await open(way.url);
      await tell(stream, 3);
      await lose();

      await expect(tell(stream, 3)).rejects.toThrow();
      expect(await readOn(stream)).toEqual(upTo(6));
      await way.mend();
      await until(() =>
        stream.repair('orders', 6).then(
          (count) => count >= 0,
          () => false,
        ),
      );

      expect(await seqsInRedis()).toEqual(upTo(6));
    });

    it('closes while it is silent and something is awaited', async () => {
      const stream = await open(way.url);
      const heard = await hearing(stream);
      way.silence();
      const asked = expect(stream.read('orders', 0, 10)).resolves.toEqual([]);

      await stream.close();
      await asked;
      await way.mend();
      await tell(await open(redisUrl), 1);

      expect(heard).toEqual([]);
    });
  });

  async function seqsInRedis(): Promise<number[]> {
    const entries = await redis.xrange(key, '-', '+');
    return entries.map(([id]) => seqOf(id));
  }
}

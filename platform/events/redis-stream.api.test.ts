import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { isRealServers, testServers } from '../../tests/harness/target.js';
import { rankOf, readableLog, until, upTo } from './events.fixture.js';
import { openRedisEventStream } from './redis-stream.js';
import type { PublishingStream } from './stream.js';
import { hearing, MemoryOutbox, readOn, seqs } from './redis-stream.fixture.js';

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

describe('the event stream where there is no Redis', () => {
  const nowhere = 'redis://127.0.0.1:1';

  it('reads, listens and settles from the outbox; publishing and repairing say that it is away (F3)', async () => {
    outbox.add(5);
    const stream = await open(nowhere);
    const heard = await hearing(stream);

    const [next] = outbox.add(1);
    await expect(stream.publish('orders', next ? [next] : [])).rejects.toThrow('Redis is away.');
    await expect(stream.repair('orders', 6)).rejects.toThrow();
    await stream.settle('orders');

    expect(await readOn(stream)).toEqual(upTo(6));
    await until(() => heard.length === 1);
    expect(heard).toEqual([6]);
  });
});

if (isRealServers()) {
  const { redisUrl } = testServers();
  const key = `${prefix}events:orders`;
  let redis: Redis;

  beforeAll(() => void (redis = new Redis(redisUrl)));

  afterEach(async () => void (await redis.del(key, `${prefix}events:layout`)));

  afterAll(() => redis.disconnect());

  const tell = async (stream: PublishingStream, count: number) => stream.publish('orders', outbox.add(count));

  describe('the event stream through Redis', () => {
    it('brings 500 events to two readers and two listeners in order while they are published (I15)', async () => {
      const [publisher, first, second] = [await open(redisUrl), await open(redisUrl), await open(redisUrl)];
      await tell(publisher, 1);
      const [heardFirst, heardSecond] = [await hearing(first), await hearing(second)];
      const readAll = async (stream: PublishingStream) => {
        const read: number[] = [];
        await until(async () => read.push(...(await readOn(stream, read.at(-1)))) === 501);
        return read;
      };

      const reading = Promise.all([readAll(first), readAll(second)]);
      for (let batch = 0; batch < 50; batch += 1) await tell(publisher, 10);

      expect(await reading).toEqual([upTo(501), upTo(501)]);
      await until(() => heardFirst.length >= 500 && heardSecond.length >= 500);
      expect([heardFirst, heardSecond]).toEqual([upTo(501, 2), upTo(501, 2)]);
    });

    it('gives an event back as it was published, without asking the outbox', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 3);

      const events = await stream.read('orders', 1, 10);

      expect(events).toEqual(outbox.events.slice(1));
      expect(events.map(rankOf)).toEqual([2, 3]);
      expect(await stream.read('orders', 3, 10)).toEqual([]);
      expect(outbox.asked).toEqual([]);
    });

    it('has what is published twice, by two at once, once (F6)', async () => {
      const [first, second] = [await open(redisUrl), await open(redisUrl)];
      const events = outbox.add(200);

      await Promise.all([first.publish('orders', events), second.publish('orders', events)]);
      await first.publish('orders', events.slice(50, 60));

      expect(await redis.xlen(key)).toBe(200);
      expect(await readOn(first)).toEqual(upTo(200));
    });

    it('hears several sources over one connection, also one that is added later', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 1);
      const orders = await hearing(stream);
      await tell(stream, 1);
      await until(() => orders.length === 1);
      await stream.publish('layout', outbox.events);
      const layout = await hearing(stream, 'layout');

      await stream.publish('layout', outbox.add(1));
      await stream.publish('orders', outbox.events);

      await until(() => orders.length === 2 && layout.length === 1);
      expect([orders, layout]).toEqual([[2, 3], [3]]);
    });

    it('tells nothing more to a listener that stopped, and everything to one beside a failing one', async () => {
      const stream = await open(redisUrl);
      const stopped: number[] = [];
      const stop = stream.listen('orders', (events) => stopped.push(...seqs(events)));
      stream.listen('orders', () => {
        throw new Error('A listener fails.');
      });
      const heard = await hearing(stream);
      await tell(stream, 2);
      await until(() => heard.length === 2);

      stop();
      await tell(stream, 2);

      await until(() => heard.length === 4);
      expect(stopped).toEqual([1, 2]);
    });

    it('has what a subgraph published readable once it is settled, also when Redis was not told', async () => {
      const stream = await open(redisUrl);
      await tell(stream, 2);
      outbox.add(1);
      expect(seqs(await stream.read('orders', 2, 10))).toEqual([]);

      await stream.settle('orders');

      expect(seqs(await stream.read('orders', 2, 10))).toEqual([3]);
    });
  });
}

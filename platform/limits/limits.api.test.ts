import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { isRealServers, testServers } from '../../tests/harness/target.js';
import { RateLimited } from '../domain/errors.js';
import { readableLog, until } from '../events/events.fixture.js';
import { openCuttableWay, type CuttableWay } from '../events/redis-stream.fixture.js';
import { openLimits, type LimitRule, type Limits } from './limits.js';
import { addressKey, identifierKey } from './limit-keys.js';

const { log } = readableLog();
const usualUrl = isRealServers() ? testServers().redisUrl : null;
const login: LimitRule = { name: 'login', allowed: 5, withinSeconds: 60, allowedWithoutRedis: 2 };
const ann = identifierKey('Ann@Example.com');
const here = addressKey('192.0.2.1');

let prefix: string;
let opened: Awaited<ReturnType<typeof openLimits>>[];

beforeEach(() => {
  prefix = `t${randomBytes(4).toString('hex')}_`;
  opened = [];
});

afterEach(async () => {
  for (const limits of opened) await limits.close();
});

const open = async (redisUrl = usualUrl, generosity?: number) => {
  const limits = await openLimits({ redisUrl, prefix, secret: 'a secret of the tests', log, generosity });
  opened.push(limits);
  return limits;
};

/** How many of so many tries, all at once, are let through. */
async function allowedOf(limits: Limits, tries: number, { rule = login, keys = [ann] } = {}): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: tries }, () => limits.consume(rule, keys)));
  const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of refusals) expect(reason).toBeInstanceOf(RateLimited);
  return tries - refusals.length;
}

describe('limits', () => {
  it('ACC-25 S10 allow a rule as often as it says, however many try at once', async () => {
    expect(await allowedOf(await open(), 1_000)).toBe(5);
  });

  it('ACC-25 tell after how many seconds the window is over, and allow again then', async () => {
    const limits = await open();
    const rule = { ...login, withinSeconds: 2 };
    await allowedOf(limits, 5, { rule });

    const refusal = await limits.consume(rule, [ann]).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimited);
    expect([1, 2]).toContain(refusal instanceof RateLimited && refusal.retryAfter);

    await until(async () => (await limits.isReached(rule, [ann])) === false);
    expect(await allowedOf(limits, 6, { rule })).toBe(5);
  });

  it('count each key and each rule by itself', async () => {
    const limits = await open();
    await allowedOf(limits, 5);

    expect(await allowedOf(limits, 6, { keys: [here] })).toBe(5);
    expect(await allowedOf(limits, 6, { rule: { ...login, name: 'signup' } })).toBe(5);
  });

  it('leave a name alone when the address is over its limit, so that nobody locks others out', async () => {
    const limits = await open();
    await allowedOf(limits, 5, { keys: [here] });

    expect(await allowedOf(limits, 20, { keys: [here, ann] })).toBe(0);
    expect(await allowedOf(limits, 6, { keys: [ann] })).toBe(5);
  });

  it('know when failures have used a limit up, and forget them', async () => {
    const limits = await open();
    for (let failure = 0; failure < 4; failure += 1) await limits.penalise(login, [ann, here]);
    expect(await limits.isReached(login, [ann, here])).toBe(false);

    await limits.penalise(login, [ann]);
    expect(await Promise.all([[ann], [here], [here, ann]].map((keys) => limits.isReached(login, keys)))).toEqual([
      true,
      false,
      true,
    ]);

    await limits.forget(login, [ann]);
    expect(await limits.isReached(login, [ann, here])).toBe(false);
  });

  it('can be made generous by their opener', async () => {
    expect(await allowedOf(await open(usualUrl, 3), 20)).toBe(15);
  });
});

if (isRealServers()) {
  const { redisUrl } = testServers();
  let redis: Redis;
  let way: CuttableWay;

  beforeAll(() => void (redis = new Redis(redisUrl)));
  afterAll(() => redis.quit());
  beforeEach(async () => void (way = await openCuttableWay(redisUrl)));
  afterEach(() => way.close());

  describe('limits through Redis', () => {
    it('S10 are one count for all processes', async () => {
      const [one, other] = [await open(), await open()];

      expect((await allowedOf(one, 500)) + (await allowedOf(other, 500))).toBe(5);
    });

    it('S25 keep no name and no address in Redis, and no key for ever', async () => {
      const limits = await open();
      await limits.consume(login, [here, ann]);

      const keys = await redis.keys(`${prefix}limit:login:*`);
      expect(keys).toHaveLength(2);
      expect(keys.filter((key) => /192\.0\.2\.1|ann|example/i.test(key))).toEqual([]);
      for (const key of keys) expect(await redis.ttl(key)).toBeGreaterThan(0);
    });

    it.each(['cut', 'silence'] as const)(
      'F3 stay closed in process when Redis goes (%s), and count together again when it is back',
      async (how) => {
        const limits = await open(way.url);
        expect(await allowedOf(limits, 4)).toBe(4);

        await way[how]();
        expect(await allowedOf(limits, 100)).toBe(2);
        expect(await allowedOf(limits, 20, { keys: [here] })).toBe(2);

        await way.mend();
        await until(async () => {
          await limits.penalise(login, ['somebody else']);
          return (await redis.keys(`${prefix}limit:login:*`)).length === 2;
        });
        expect(await allowedOf(limits, 10)).toBeLessThanOrEqual(1);
      },
    );

    it('F3 refuse for as long what a rule does not allow without Redis', async () => {
      const limits = await open('redis://127.0.0.1:1');

      expect(await allowedOf(limits, 10, { rule: { ...login, allowedWithoutRedis: 0 } })).toBe(0);
    });

    it('F3 notice failures without Redis too', async () => {
      const limits = await open('redis://127.0.0.1:1');
      for (let failure = 0; failure < 2; failure += 1) await limits.penalise(login, [ann]);

      expect(await limits.isReached(login, [ann])).toBe(true);
    });
  });
}

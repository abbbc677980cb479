import { createHmac } from 'node:crypto';
import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { RateLimited } from '../domain/errors.js';
import type { Log } from '../process/log.js';
import { openRedis, untilReady } from '../process/redis-connection.js';

const REDIS_ANSWERS_MS = 500;
const REDIS_STARTS_MS = 2_000;

/** How often something may be done by one address, one name or whatever else a key stands for. */
export interface LimitRule {
  /** Part of the keys in Redis; no two rules share it. */
  readonly name: string;
  readonly allowed: number;
  readonly withinSeconds: number;
  /** How often each process allows it on its own while Redis is away; 0 refuses it for as long. */
  readonly allowedWithoutRedis: number;
}

/**
 * Counts what may be done only so often; each key counts by itself. With Redis all processes count together.
 * While Redis is away each process counts on its own and allows `allowedWithoutRedis`: an outage buys somebody at most that
 * much more of a process in a window, so a rule that guards a secret stays closed. Keys are hashed: Redis holds no personal data.
 */
export interface Limits {
  /** Counts one for each key; throws RateLimited at the first key that is over its limit, and leaves those behind it uncounted. */
  consume(rule: LimitRule, keys: readonly string[]): Promise<void>;
  /** Counts one for each key, whatever the limit: for failures, of which one knows afterwards. */
  penalise(rule: LimitRule, keys: readonly string[]): Promise<void>;
  /** Whether one of the keys has used up its limit; counts nothing. */
  isReached(rule: LimitRule, keys: readonly string[]): Promise<boolean>;
  /** Begins to count anew. */
  forget(rule: LimitRule, keys: readonly string[]): Promise<void>;
}

/** What limits are counted with. */
export interface LimitsOptions {
  /** null counts in this process. */
  readonly redisUrl: string | null;
  /** Put before the keys, so that installations can share one Redis. */
  readonly prefix: string;
  /** Hashes the keys; the same in all processes of an installation. */
  readonly secret: string;
  readonly log: Log;
  /** Multiplies what every rule allows; 1 unless told. Tests sign in more often than people do; no configuration sets it. */
  readonly generosity?: number | undefined;
  /** How long Redis may take before it counts as away; 500 unless told, and only tests tell. */
  readonly redisAnswersMs?: number | undefined;
}

/** Opens the counting; Redis may be away when this opens and afterwards. */
export async function openLimits(options: LimitsOptions): Promise<Limits & { close(): Promise<void> }> {
  const { redisUrl, log, redisAnswersMs: answersWithinMs = REDIS_ANSWERS_MS } = options;
  const meanwhile = 'each process counts limits on its own';
  const redis = redisUrl === null ? null : openRedis({ redisUrl, log, meanwhile, answersWithinMs });
  if (redis) await untilReady(redis, REDIS_STARTS_MS);
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = (rule: LimitRule) => {
    const limiter = limiters.get(rule.name) ?? createLimiter(rule, redis, options);
    limiters.set(rule.name, limiter);
    return limiter;
  };
  const hashed = (keys: readonly string[]) => keys.map((key) => hashKey(key, options.secret));
  const each = async (
    rule: LimitRule,
    keys: readonly string[],
    act: (limiter: RateLimiterAbstract, key: string) => Promise<unknown>,
  ) => {
    for (const key of hashed(keys)) await act(limiterOf(rule), key);
  };
  return {
    consume: (rule, keys) => each(rule, keys, consumeOne),
    penalise: (rule, keys) => each(rule, keys, (limiter, key) => limiter.penalty(key)),
    isReached: async (rule, keys) => {
      const counts = await Promise.all(hashed(keys).map((key) => limiterOf(rule).get(key)));
      return counts.some((count) => count !== null && count.remainingPoints <= 0);
    },
    forget: (rule, keys) => each(rule, keys, (limiter, key) => limiter.delete(key)),
    close: async () => redis?.disconnect(),
  };
}

async function consumeOne(limiter: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    throw new RateLimited(Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)));
  }
}

function createLimiter(rule: LimitRule, redis: Redis | null, options: LimitsOptions): RateLimiterAbstract {
  const { prefix, generosity = 1 } = options;
  const counting = { keyPrefix: `${prefix}limit:${rule.name}`, duration: rule.withinSeconds };
  const points = rule.allowed * generosity;
  if (!redis) return new RateLimiterMemory({ ...counting, points });
  return new RateLimiterRedis({
    ...counting,
    points,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory({ ...counting, points: rule.allowedWithoutRedis * generosity }),
  });
}

// With a secret, since all the addresses of the internet are hashed in minutes without one.
function hashKey(key: string, secret: string): string {
  return createHmac('sha256', secret).update(`limit\n${key}`).digest('base64url');
}

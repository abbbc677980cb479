import { Redis, type RedisOptions } from 'ioredis';
import type { Log } from './log.js';
import { briefly } from './waiting.js';

/** Where Redis is, and what the log says of an outage. */
export interface RedisConnectionOptions {
  readonly redisUrl: string;
  /** What goes on without Redis; follows "Redis is away; ". */
  readonly meanwhile: string;
  readonly log: Log;
}

// Back within about a second of Redis, and a closed connection keeps the process no longer than this.
const reconnecting = { retryStrategy: (times: number) => Math.min(times * 100, 1_000), disconnectTimeout: 200 };

/**
 * Opens a connection that comes back within about a second of Redis. Nothing waits for Redis while it is away:
 * commands fail at once, those under way with the connection, and one that stays silent for `answersWithinMs` is dropped.
 */
export function openRedis(options: RedisConnectionOptions & { readonly answersWithinMs: number }): Redis {
  return connect(options, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    socketTimeout: options.answersWithinMs,
  });
}

/** Opens a connection whose commands wait for Redis for as long as it is away, as BullMQ's workers need it. */
export function openWaitingRedis(options: RedisConnectionOptions): Redis {
  return connect(options, { maxRetriesPerRequest: null });
}

/** Resolves when the connection can be used, or after the time given. */
export async function untilReady(redis: Redis, withinMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await Promise.race([new Promise((resolve) => redis.once('ready', resolve)), briefly(withinMs)]);
}

function connect({ redisUrl, meanwhile, log }: RedisConnectionOptions, settings: RedisOptions): Redis {
  const redis = new Redis(redisUrl, { ...reconnecting, ...settings });
  // ioredis tells of every vain attempt; one warning an outage is enough.
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ reason: error.message }, `Redis is away; ${meanwhile}`);
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.warn('Redis is back');
    isAway = false;
  });
  return redis;
}

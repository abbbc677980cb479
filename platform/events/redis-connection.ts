import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../process/log.js';

/** Where Redis is, and how long it may leave a command without an answer. */
export interface RedisConnectionOptions {
  readonly redisUrl: string;
  readonly answersWithinMs: number;
  readonly log: Log;
}

/**
 * Opens a connection for events that comes back within about a second of Redis. Nothing waits for Redis while it is
 * away: commands fail at once, those under way with the connection, and one that stays silent is dropped.
 */
export function openRedis({ redisUrl, answersWithinMs, log }: RedisConnectionOptions): Redis {
  const redis = new Redis(redisUrl, {
    retryStrategy: (times: number) => Math.min(times * 100, 1_000),
    // A closed connection keeps the process no longer than this.
    disconnectTimeout: 200,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    socketTimeout: answersWithinMs,
  });
  // ioredis tells of every vain attempt; one warning an outage is enough.
  let isAway = false;
  redis.on('error', (error: Error) => {
    if (!isAway) log.warn({ reason: error.message }, 'Redis is away; events are read from where they were made');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.warn('Redis is back for events');
    isAway = false;
  });
  return redis;
}

/** Resolves when the connection can be used, or after the time given. */
export async function untilReady(redis: Redis, withinMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await Promise.race([new Promise((resolve) => redis.once('ready', resolve)), briefly(withinMs)]);
}

/** A wait that keeps no process alive. */
export function briefly(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

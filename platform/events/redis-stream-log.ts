import { ReplyError, type Redis } from 'ioredis';
import type { Log } from '../process/log.js';
import { entryFields, entryId, readStretch, seqOf } from './redis-entry.js';
import type { PublishedEvent } from './stream.js';

/** Beyond this many the oldest events of a source leave Redis; the outbox has them all. */
const KEPT_EVENTS = 100_000;

/** The published events of every subgraph as far as Redis has them; every call rejects within a second without Redis. */
export interface RedisStreamLog {
  /** Whether asking is worth while. */
  isReachable(): boolean;
  /** Adds events at their positions; those that are there already stay as they are. */
  add(source: string, events: readonly PublishedEvent[]): Promise<void>;
  /** The events directly after a position, at most `limit`; null when Redis cannot know what follows. */
  read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[] | null>;
  /** The newest position, or null when there is none. */
  lastSeq(source: string): Promise<number | null>;
  /** Forgets a source's events. */
  clear(source: string): Promise<void>;
}

/** The name of a source's stream in Redis. */
export function streamKey(prefix: string, source: string): string {
  return `${prefix}events:${source}`;
}

/** Makes the log on a connection that does not wait for Redis. */
export function createRedisStreamLog(redis: Redis, prefix: string, log: Log): RedisStreamLog {
  const lastSeq = async (source: string) => {
    const [newest] = await redis.xrevrange(streamKey(prefix, source), '+', '-', 'COUNT', 1);
    return newest ? seqOf(newest[0]) : null;
  };
  return {
    isReachable: () => redis.status === 'ready',
    lastSeq,
    add: (source, events) => add(redis, streamKey(prefix, source), events),
    read: async (source, afterSeq, limit) => {
      const key = streamKey(prefix, source);
      const entries = await redis.xrange(key, entryId(afterSeq + 1), '+', 'COUNT', limit);
      // The end of the stream only if its newest event is the reader's; an emptied or shorter one proves nothing.
      if (entries.length === 0) return (await lastSeq(source)) === afterSeq ? [] : null;
      const { events, unreadableId } = readStretch(entries, afterSeq);
      if (unreadableId !== null) log.warn({ key, unreadableId }, 'an entry of the event stream could not be read');
      return events.length > 0 ? events : null;
    },
    clear: async (source) => void (await redis.del(streamKey(prefix, source))),
  };
}

async function add(redis: Redis, key: string, events: readonly PublishedEvent[]): Promise<void> {
  if (events.length === 0) return;
  if (redis.status !== 'ready') throw new Error('Redis is away.');
  const pipeline = redis.pipeline();
  for (const event of events) pipeline.xadd(key, 'MAXLEN', '~', KEPT_EVENTS, entryId(event.seq), ...entryFields(event));
  const results = (await pipeline.exec()) ?? [];
  for (const [error] of results) if (error && !isThereAlready(error)) throw error;
}

function isThereAlready(error: Error): boolean {
  return error instanceof ReplyError && error.message.includes('equal or smaller');
}

import type { Log } from '../process/log.js';
import { briefly, openRedis, untilReady } from './redis-connection.js';
import { BLOCK_MS, createStreamListener } from './redis-stream-listener.js';
import { createRedisStreamLog, type RedisStreamLog } from './redis-stream-log.js';
import type { EventStream, PublishedEvent } from './stream.js';

const REDIS_ANSWERS_MS = 900;
const SETTLE_MS = 2_000;
/** How long a settled event may take to be in Redis before it is read from its outbox. */
const ARRIVES_MS = 200;
const LOOK_AGAIN_MS = 5;
const REPAIR_BATCH = 500;
/** Readers further behind find the rest in the outbox. */
const LONGEST_REPAIR = 10_000;

/** Where the streams are, and how to ask the subgraphs themselves. */
export interface RedisEventStreamOptions {
  readonly redisUrl: string;
  /** Put before the streams' names, so that installations can share one Redis. */
  readonly prefix: string;
  readonly log: Log;
  /** The events of a subgraph after a position from its own outbox, consecutive; may reject, as when it is away. */
  readOutbox(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Has a subgraph publish what it has committed, and returns its last published position; may reject. */
  flush(source: string): Promise<number>;
}

/** The event stream of processes that share a Redis; what Redis lacks comes from the outboxes, so nothing is skipped. */
export interface RedisEventStream extends EventStream {
  /** Makes a published batch known; again does no harm. Rejects within a second without Redis, and `repair` makes up for it. */
  publish(source: string, events: readonly PublishedEvent[]): Promise<void>;
  /**
   * Adds what Redis lacks of the newest events up to the last published position, as after it was emptied, and returns
   * how many it added. For the relay that holds the lease; rejects without Redis.
   */
  repair(source: string, lastSeq: number): Promise<number>;
  /** Resolves when it is certain from which event on the source's listeners hear everything. */
  listening(source: string): Promise<void>;
  /** Ends all listening, within a second. */
  close(): Promise<void>;
}

type Outboxes = Pick<RedisEventStreamOptions, 'readOutbox' | 'flush'>;

/** Connects this process to the streams; Redis may be away when this opens and afterwards. */
export async function openRedisEventStream(options: RedisEventStreamOptions): Promise<RedisEventStream> {
  const { redisUrl, prefix, log } = options;
  const asking = openRedis({ redisUrl, log, answersWithinMs: REDIS_ANSWERS_MS });
  const waiting = openRedis({ redisUrl, log, answersWithinMs: BLOCK_MS + REDIS_ANSWERS_MS });
  const redis = createRedisStreamLog(asking, prefix, log);
  const settled = new Map<string, number>();
  const read = async (source: string, afterSeq: number, limit: number) => {
    const events = await readRedis(redis, { source, afterSeq, limit, log });
    const isEnough = events && (events.length > 0 || afterSeq >= (settled.get(source) ?? 0));
    return isEnough ? events : readOutbox(options, { source, afterSeq, limit });
  };
  const listener = createStreamListener({
    redis: waiting,
    prefix,
    log,
    read,
    positionOf: async (source) => (await lastSeqIfKnown(redis, source, log)) ?? options.flush(source),
  });
  await Promise.all([asking, waiting].map((connection) => untilReady(connection, REDIS_ANSWERS_MS)));
  return {
    read,
    listen: listener.listen,
    listening: listener.listening,
    publish: redis.add,
    repair: (source, lastSeq) => repair(redis, options, { source, lastSeq }),
    settle: async (source) => {
      const settling = settle(redis, options, { source, settled }).catch((error: unknown) =>
        log.debug({ err: error, source }, 'a subgraph could not be asked to publish'),
      );
      await Promise.race([settling, briefly(SETTLE_MS)]);
    },
    close: async () => {
      asking.disconnect();
      await listener.close();
    },
  };
}

interface Asked {
  readonly source: string;
  readonly afterSeq: number;
  readonly limit: number;
}

async function readRedis(
  redis: RedisStreamLog,
  { source, afterSeq, limit, log }: Asked & { log: Log },
): Promise<PublishedEvent[] | null> {
  if (!redis.isReachable()) return null;
  try {
    return await redis.read(source, afterSeq, limit);
  } catch (error) {
    log.debug({ err: error, source }, 'Redis did not give events');
    return null;
  }
}

async function readOutbox(outboxes: Outboxes, { source, afterSeq, limit }: Asked): Promise<PublishedEvent[]> {
  const events = await outboxes.readOutbox(source, afterSeq, limit);
  const gap = events.findIndex(({ seq }, index) => seq !== afterSeq + index + 1);
  if (gap === 0) throw new Error(`The outbox of ${source} has nothing at ${afterSeq + 1}, but later events.`);
  return gap === -1 ? events : events.slice(0, gap);
}

async function lastSeqIfKnown(redis: RedisStreamLog, source: string, log: Log): Promise<number | null> {
  if (!redis.isReachable()) return null;
  try {
    return await redis.lastSeq(source);
  } catch (error) {
    log.debug({ err: error, source }, 'Redis did not tell where a stream ends');
    return null;
  }
}

async function settle(
  redis: RedisStreamLog,
  outboxes: Outboxes,
  { source, settled }: { source: string; settled: Map<string, number> },
): Promise<void> {
  const lastSeq = await outboxes.flush(source);
  // From here on a read does not take the end of Redis' stream for the end before this position.
  settled.set(source, Math.max(lastSeq, settled.get(source) ?? 0));
  const giveUpMs = performance.now() + ARRIVES_MS;
  while (redis.isReachable() && performance.now() < giveUpMs && ((await redis.lastSeq(source)) ?? 0) < lastSeq)
    await briefly(LOOK_AGAIN_MS);
}

async function repair(
  redis: RedisStreamLog,
  outboxes: Outboxes,
  { source, lastSeq }: { source: string; lastSeq: number },
): Promise<number> {
  let newest = (await redis.lastSeq(source)) ?? 0;
  if (newest > lastSeq) {
    // Published meanwhile, if the outbox has it too. Otherwise the events are another data set's, as after a restore.
    const [same] = await outboxes.readOutbox(source, newest - 1, 1);
    if (same?.seq === newest) return 0;
    await redis.clear(source);
    newest = 0;
  }
  const first = Math.max(newest, lastSeq - LONGEST_REPAIR);
  let seq = first;
  while (seq < lastSeq) {
    const events = await readOutbox(outboxes, { source, afterSeq: seq, limit: Math.min(REPAIR_BATCH, lastSeq - seq) });
    const last = events.at(-1);
    if (!last) break;
    await redis.add(source, events);
    seq = last.seq;
  }
  return seq - first;
}

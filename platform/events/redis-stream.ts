import type { Log } from '../process/log.js';
import { openRedis, untilReady } from '../process/redis-connection.js';
import { briefly } from '../process/waiting.js';
import { BLOCK_MS, createStreamListener } from './redis-stream-listener.js';
import { createRedisStreamLog, type RedisStreamLog } from './redis-stream-log.js';
import { createNudges } from './redis-nudges.js';
import type { EventSource, PublishedEvent, PublishingStream } from './stream.js';

const REDIS_ANSWERS_MS = 900;
const MEANWHILE = 'events are read from where they were made';
const SETTLE_MS = 2_000;
/** How long a settled event may take to be in Redis before it is read from its outbox. */
const ARRIVES_MS = 200;
const LOOK_AGAIN_MS = 5;
const REPAIR_BATCH = 500;
/** Readers further behind find the rest in the outbox. */
const LONGEST_REPAIR = 10_000;

/** Where the streams are, and how to ask subgraphs of other processes. */
export interface RedisEventStreamOptions {
  readonly redisUrl: string;
  /** Put before the streams' names, so that installations can share one Redis. */
  readonly prefix: string;
  readonly log: Log;
  /** The outboxes that are not attached here. */
  readonly others: Outboxes;
}

/** Outboxes by their subgraphs' names. */
export interface Outboxes {
  /** The events of a subgraph after a position, consecutive; may reject, as when it is away. */
  readOutbox(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Has a subgraph publish what it has committed, and returns its last published position; may reject. */
  flush(source: string): Promise<number>;
}

/**
 * Connects this process to the event stream of processes that share a Redis; what Redis lacks comes from the outboxes,
 * so nothing is skipped. Redis may be away when this opens and afterwards; `publish` and `repair` then reject within a second.
 */
export async function openRedisEventStream(options: RedisEventStreamOptions): Promise<PublishingStream> {
  const { redisUrl, prefix, log } = options;
  const asking = openRedis({ redisUrl, log, meanwhile: MEANWHILE, answersWithinMs: REDIS_ANSWERS_MS });
  const waiting = openRedis({ redisUrl, log, meanwhile: MEANWHILE, answersWithinMs: BLOCK_MS + REDIS_ANSWERS_MS });
  const redis = createRedisStreamLog(asking, prefix, log);
  const attached = new Map<string, EventSource>();
  const outboxes = attachedOr(attached, options.others);
  const settled = new Map<string, number>();
  const read = async (source: string, afterSeq: number, limit: number) => {
    const events = await readRedis(redis, { source, afterSeq, limit, log });
    const isEnough = events && (events.length > 0 || afterSeq >= (settled.get(source) ?? 0));
    return isEnough ? events : readOutbox(outboxes, { source, afterSeq, limit });
  };
  const listener = createStreamListener({
    redis: waiting,
    prefix,
    log,
    read,
    positionOf: async (source) => (await lastSeqIfKnown(redis, source, log)) ?? outboxes.flush(source),
  });
  const nudges = createNudges({ redisUrl, prefix, log, telling: asking });
  await Promise.all([asking, waiting].map((connection) => untilReady(connection, REDIS_ANSWERS_MS)));
  return {
    isShared: true,
    attach: (source, outbox) => void attached.set(source, outbox),
    read,
    listen: listener.listen,
    listening: listener.listening,
    publish: redis.add,
    repair: (source, lastSeq) => repair(redis, outboxes, { source, lastSeq }),
    nudge: nudges.nudge,
    onNudge: nudges.onNudge,
    settle: async (source) => {
      const settling = settle(redis, outboxes, { source, settled }).catch((error: unknown) =>
        log.debug({ err: error, source }, 'a subgraph could not be asked to publish'),
      );
      await Promise.race([settling, briefly(SETTLE_MS)]);
    },
    close: async () => {
      asking.disconnect();
      nudges.close();
      await listener.close();
    },
  };
}

/** The outboxes of this process where they are attached, else the others. */
function attachedOr(attached: ReadonlyMap<string, EventSource>, others: Outboxes): Outboxes {
  return {
    readOutbox: async (source, afterSeq, limit) =>
      attached.get(source)?.read(afterSeq, limit) ?? others.readOutbox(source, afterSeq, limit),
    flush: async (source) => attached.get(source)?.flush() ?? others.flush(source),
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

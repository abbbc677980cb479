import type { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../process/log.js';
import { briefly } from '../process/waiting.js';
import { entryId, readStretch, type StreamEntry } from './redis-entry.js';
import { streamKey } from './redis-stream-log.js';
import type { PublishedEvent } from './stream.js';

/** How long Redis holds an answer back when there is no news. */
export const BLOCK_MS = 5_000;
const BATCH = 500;
const LOOK_AGAIN_MS = 100;
const POLL_MS = 200;
const POLL_WHILE_AWAY_MS = 1_000;
const CLOSE_WAITS_MS = 800;

type Listener = (events: readonly PublishedEvent[]) => void;

/** What the listening of one process works with. */
export interface StreamListenerOptions {
  /** A connection of its own, because it blocks. */
  readonly redis: Redis;
  readonly prefix: string;
  readonly log: Log;
  /** Where a source's stream ends now. */
  positionOf(source: string): Promise<number>;
  /** The events after a position, from wherever they can be had. */
  read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
}

/** The listening of one process: one blocking read for all its sources. */
export interface StreamListener {
  listen(source: string, listener: Listener): () => void;
  listening(source: string): Promise<void>;
  close(): Promise<void>;
}

/** BEHIND is polled; CURRENT too, but its last poll found nothing new; JOINED is in the blocking read. */
type Stage = 'BEHIND' | 'CURRENT' | 'JOINED';

/** One source that is listened to. */
interface Followed {
  readonly source: string;
  readonly listeners: Set<Listener>;
  /** The last position delivered; null until it is known where the stream ended when listening began. */
  seq: number | null;
  stage: Stage;
  isPolled: boolean;
  readonly begun: PromiseWithResolvers<void>;
}

/** Makes the listening; it connects nothing to anything until something is listened to. */
export function createStreamListener(options: StreamListenerOptions): StreamListener {
  const followed = new Map<string, Followed>();
  const closing = new AbortController();
  const life: Life = {
    followed,
    isOver: () => closing.signal.aborted,
    pause: (milliseconds) =>
      // The only way this rejects is closing, which every caller looks at itself.
      sleep(milliseconds, undefined, { ref: false, signal: closing.signal }).catch(() => undefined),
  };
  let running: Promise<void> | null = null;
  const follow = (source: string): Followed => {
    const known = followed.get(source);
    if (known) return known;
    const begun = Promise.withResolvers<void>();
    const one: Followed = { source, listeners: new Set(), seq: null, stage: 'BEHIND', isPolled: false, begun };
    followed.set(source, one);
    void poll(one, life, options);
    running ??= readBlocking(life, options);
    return one;
  };
  const listen = (source: string, listener: Listener) => {
    const one = follow(source);
    one.listeners.add(listener);
    return () => {
      one.listeners.delete(listener);
      if (one.listeners.size === 0 && followed.get(source) === one) end(one, followed);
    };
  };
  return {
    listen,
    listening: (source) => followed.get(source)?.begun.promise ?? Promise.resolve(),
    close: async () => {
      closing.abort();
      for (const one of followed.values()) end(one, followed);
      options.redis.disconnect();
      await Promise.race([running, briefly(CLOSE_WAITS_MS)]);
    },
  };
}

interface Life {
  readonly followed: Map<string, Followed>;
  isOver(): boolean;
  pause(milliseconds: number): Promise<void>;
}

function end(one: Followed, followed: Map<string, Followed>): void {
  one.listeners.clear();
  one.begun.resolve();
  followed.delete(one.source);
}

/** Delivers what follows the position by asking for it, until the blocking read has taken the source over. */
async function poll(one: Followed, life: Life, options: StreamListenerOptions): Promise<void> {
  if (one.isPolled) return;
  one.isPolled = true;
  while (!life.isOver() && life.followed.get(one.source) === one && !isJoined(one)) {
    try {
      one.seq ??= await options.positionOf(one.source);
      one.begun.resolve();
      const events = await options.read(one.source, one.seq, BATCH);
      deliver(one, events, options.log);
      if (!isJoined(one)) one.stage = events.length === 0 ? 'CURRENT' : 'BEHIND';
      if (events.length > 0) continue;
    } catch (error) {
      options.log.debug({ err: error, source: one.source }, 'events could not be read; it is tried again');
      if (!isJoined(one)) one.stage = 'BEHIND';
    }
    await life.pause(one.stage === 'CURRENT' && options.redis.status === 'ready' ? POLL_MS : POLL_WHILE_AWAY_MS);
  }
  one.isPolled = false;
}

function isJoined(one: Followed): boolean {
  return one.stage === 'JOINED';
}

async function readBlocking(life: Life, options: StreamListenerOptions): Promise<void> {
  while (!life.isOver()) {
    const current = [...life.followed.values()].filter(({ stage }) => stage !== 'BEHIND');
    if (current.length === 0 || options.redis.status !== 'ready') {
      await life.pause(LOOK_AGAIN_MS);
      continue;
    }
    for (const one of current) one.stage = 'JOINED';
    let isInterrupted = false;
    try {
      const news = await waitForNews(current, life, options);
      for (const one of current) takeNews(one, news.get(streamKey(options.prefix, one.source)) ?? [], options.log);
    } catch (error) {
      options.log.debug({ err: error }, 'listening to events was interrupted');
      for (const one of current) one.stage = 'BEHIND';
      isInterrupted = true;
    }
    for (const one of current) if (!isJoined(one)) void poll(one, life, options);
    // A connection that was cut takes as long to come back; a Redis that refuses is not asked without end.
    if (isInterrupted) await life.pause(POLL_MS);
  }
}

async function waitForNews(
  current: readonly Followed[],
  life: Life,
  { redis, prefix }: StreamListenerOptions,
): Promise<Map<string, StreamEntry[]>> {
  // A source that comes to be current meanwhile is polled until its turn, so the wait need not be interrupted; it is short while that is to be expected.
  const isAnotherComing = life.followed.size > current.length;
  const keys = current.map(({ source }) => streamKey(prefix, source));
  const ids = current.map(({ seq }) => entryId(seq ?? 0));
  const blockMs = isAnotherComing ? LOOK_AGAIN_MS : BLOCK_MS;
  return new Map(await redis.xread('COUNT', BATCH, 'BLOCK', blockMs, 'STREAMS', ...keys, ...ids));
}

function takeNews(one: Followed, entries: readonly StreamEntry[], log: Log): void {
  const { events, isBroken } = readStretch(entries, one.seq ?? 0);
  deliver(one, events, log);
  // What Redis lacks or garbles is fetched by polling, which reads the outbox.
  if (isBroken) one.stage = 'BEHIND';
}

/** Calls the listeners with what is new to them; a poll and the blocking read may bring the same events. */
function deliver(one: Followed, events: readonly PublishedEvent[], log: Log): void {
  const news = events.filter(({ seq }) => seq > (one.seq ?? 0));
  const last = news.at(-1);
  if (!last) return;
  one.seq = last.seq;
  for (const listener of one.listeners) {
    try {
      listener(news);
    } catch (error) {
      log.error({ err: error, source: one.source }, 'a listener to events failed');
    }
  }
}

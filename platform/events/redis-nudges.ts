import type { Redis } from 'ioredis';
import type { Log } from '../process/log.js';
import { openRedis } from '../process/redis-connection.js';

const ANSWERS_WITHIN_MS = 900;
const MEANWHILE = 'what other processes commit is published within a second';

/** Nudges between the processes of one subgraph, by Redis' publish and subscribe: whoever is away misses them. */
export interface Nudges {
  nudge(source: string): void;
  onNudge(source: string, listener: () => void): () => void;
  close(): void;
}

/** Where nudges go, and a connection to tell them by. */
export interface NudgesOptions {
  readonly redisUrl: string;
  readonly prefix: string;
  readonly log: Log;
  readonly telling: Redis;
}

/** Makes the nudges of one process; the connection that hears them, which can do nothing else, is opened by the first listener. */
export function createNudges({ redisUrl, prefix, log, telling }: NudgesOptions): Nudges {
  const listeners = new Map<string, Set<() => void>>();
  let hearing: Redis | null = null;
  const channelOf = (source: string) => `${prefix}nudge:${source}`;
  const lost = (error: unknown) =>
    log.debug({ err: error }, 'a nudge was lost; the round of every second finds the events');
  const hear = () => {
    const redis = openRedis({ redisUrl, log, meanwhile: MEANWHILE, answersWithinMs: ANSWERS_WITHIN_MS });
    redis.on('ready', () => {
      const channels = [...listeners.keys()];
      if (channels.length > 0) redis.subscribe(...channels).catch(lost);
    });
    redis.on('message', (channel: string) => {
      for (const listener of listeners.get(channel) ?? []) listener();
    });
    return redis;
  };
  return {
    nudge: (source) => void telling.publish(channelOf(source), '').catch(lost),
    onNudge: (source, listener) => {
      const channel = channelOf(source);
      const known = listeners.get(channel) ?? new Set();
      listeners.set(channel, known.add(listener));
      hearing ??= hear();
      if (hearing.status === 'ready') hearing.subscribe(channel).catch(lost);
      return () => void known.delete(listener);
    },
    close: () => hearing?.disconnect(),
  };
}

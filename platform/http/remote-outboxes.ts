import type { Dispatcher, Pool } from 'undici';
import { z } from 'zod';
import { newId } from '../domain/id.js';
import { signViewer } from '../domain/viewer-signature.js';
import { system } from '../domain/viewer.js';
import { parsePublishedEvent } from '../events/published-event.js';
import type { PublishedEvent } from '../events/stream.js';
import type { Clock } from '../process/clock.js';
import type { Log } from '../process/log.js';
import { ReplicaFailure } from './replica-failure.js';
import { openReplicaPool, replicaOrigin } from './replica-pool.js';
import { ReplicaRing } from './replica-ring.js';
import { eventsPath, flushPath, wireHeaders } from './subgraph-wire.js';

/** How the outboxes of subgraphs in other processes are reached. */
export interface RemoteOutboxesOptions {
  /** Where the replicas of each subgraph are, by its name. */
  readonly urls: Readonly<Record<string, readonly string[]>>;
  readonly viewerSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  /** How long an answer may take with all its attempts; 2 s unless told. */
  readonly deadlineMs?: number;
}

/** The outboxes of other subgraphs, asked in the name of the product itself. */
export interface RemoteOutboxes {
  /** At most `limit` (1 to 1000) events that follow the position, in order; rejects when no replica gives them. */
  readOutbox(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Has a subgraph publish what it has committed and returns its last published position; rejects when no replica does. */
  flush(source: string): Promise<number>;
  /** Gives up what is under way and closes all connections. */
  close(): Promise<void>;
}

interface Replica {
  readonly origin: string;
  readonly pool: Pool;
}

const usualAnswerMs = 2_000;
const eventsShape = z.object({ events: z.array(z.string()) });
const flushShape = z.object({ lastSeq: z.int().nonnegative() });

/** Connects to the replicas of every subgraph as they are needed; throws where a subgraph has none. */
export function createRemoteOutboxes(options: RemoteOutboxesOptions): RemoteOutboxes {
  const rings = new Map(
    Object.entries(options.urls).map(([source, urls]) => [
      source,
      new ReplicaRing(urls.map(openReplica), { subgraph: source, log: options.log }),
    ]),
  );
  const ask = async <T>(source: string, path: string, shape: z.ZodType<T>): Promise<T> => {
    const ring = rings.get(source);
    if (!ring) throw new Error(`There is no URL for the subgraph ${source}.`);
    return askInTurn({ ...options, source, ring }, path, shape);
  };
  return {
    readOutbox: async (source, afterSeq, limit) => {
      const { events } = await ask(source, `${eventsPath}?after=${afterSeq}&limit=${limit}`, eventsShape);
      return events.map((text) => eventOf(source, text));
    },
    flush: async (source) => (await ask(source, flushPath, flushShape)).lastSeq,
    close: async () => {
      await Promise.all([...rings.values()].flatMap(({ replicas }) => replicas.map(({ pool }) => pool.destroy())));
    },
  };
}

function openReplica(url: string): Replica {
  const origin = replicaOrigin(url);
  return { origin, pool: openReplicaPool(origin) };
}

interface Asking extends RemoteOutboxesOptions {
  readonly source: string;
  readonly ring: ReplicaRing<Replica>;
}

/** The first answer; asking twice does no harm, so a connection that broke off is worth a second attempt even with one replica. */
async function askInTurn<T>(asking: Asking, path: string, shape: z.ZodType<T>): Promise<T> {
  const { source, ring, deadlineMs = usualAnswerMs } = asking;
  const endsAt = performance.now() + deadlineMs;
  const failures: Error[] = [];
  const tried = new Set<Replica>();
  for (let left = Math.max(2, ring.replicas.length); left > 0 && performance.now() < endsAt; left -= 1) {
    const replica = ring.next(tried);
    tried.add(replica);
    // A share of what is left, so that a replica that hangs leaves time for the next one.
    const answerMs = Math.ceil((endsAt - performance.now()) / left);
    try {
      const answer = shape.parse(await askOne(asking, { replica, path, answerMs }));
      ring.answered(replica);
      return answer;
    } catch (error) {
      const failure = error instanceof ReplicaFailure ? error : new ReplicaFailure(replica.origin, error);
      ring.failed(replica, failure);
      failures.push(failure);
    }
  }
  const reasons = failures.map(({ message }) => message).join('; ');
  throw new AggregateError(failures, `No replica of ${source} told its events: ${reasons}`);
}

interface Attempt {
  readonly replica: Replica;
  readonly path: string;
  readonly answerMs: number;
}

async function askOne(
  { source, viewerSecret, clock }: Asking,
  { replica: { origin, pool }, path, answerMs }: Attempt,
): Promise<unknown> {
  const request: Dispatcher.RequestOptions = {
    path,
    method: path === flushPath ? 'POST' : 'GET',
    headers: {
      [wireHeaders.viewer]: signViewer(system, source, viewerSecret, clock.now()),
      [wireHeaders.requestId]: newId('req'),
      [wireHeaders.deadlineMs]: String(answerMs),
    },
    signal: AbortSignal.timeout(answerMs),
  };
  const { statusCode, body } = await pool.request(request);
  const text = await body.text();
  if (statusCode !== 200) throw new ReplicaFailure(origin, `it answered ${statusCode}`);
  return JSON.parse(text);
}

function eventOf(source: string, text: string): PublishedEvent {
  const event = parsePublishedEvent(text);
  if (!event) throw new Error(`${source} tells an event that is not of this version.`);
  return event;
}

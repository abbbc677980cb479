import type { Database } from '../data/database.js';
import type { Log } from '../process/log.js';
import { assignPositions, listPublished, listUnpublished, lockStreamHead, readStreamHead } from './outbox.queries.js';
import type { RelayLease } from './relay-lease.js';
import type { PublishedEvent, PublishingStream } from './stream.js';

const BATCH = 200;
const POLL_MS = 1_000;

/** Publishes a subgraph's committed events: at once when nudged, and every second in case a nudge was lost. */
export interface Relay {
  /** Called after each commit in this process. */
  nudge(): void;
  start(): void;
  /** Publishes what is committed by now, whoever holds the lease, and returns the last published position. */
  flush(): Promise<number>;
  /** Publishes what is committed by now, then rests and lets another process have the lease. */
  stop(): Promise<void>;
}

/** What a relay works with. */
export interface RelayOptions {
  readonly database: Database;
  readonly stream: Pick<PublishingStream, 'publish' | 'repair' | 'nudge' | 'onNudge'>;
  /** Which of several processes with this database publishes; null where there is no other. */
  readonly lease: RelayLease | null;
  readonly log: Log;
}

/** Why a relay looks for events: a commit here, a nudge from another process, its round every second, or a flush. */
type Cause = 'COMMIT' | 'NUDGE' | 'ROUND' | 'FLUSH';

/** Makes the relay of one subgraph in this process. */
export function createRelay(options: RelayOptions): Relay {
  const { database, stream, lease, log } = options;
  const announce = announcer(options);
  const causes = new Set<Cause>();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopHearing = () => {};

  const run = async () => {
    try {
      while (causes.size > 0) {
        const because = new Set(causes);
        causes.clear();
        await look({ ...options, announce }, because);
      }
    } catch (error) {
      log.error({ err: error, subgraph: database.name }, 'the relay could not publish; it tries again');
    } finally {
      // In the same turn as the last look at the causes: one that comes after it starts a new run.
      running = null;
    }
  };
  const because = (cause: Cause) => {
    causes.add(cause);
    running ??= run();
    return running;
  };
  const flush = async () => {
    await because('FLUSH');
    return Number((await readStreamHead(database.em.fork())).lastSeq);
  };
  return {
    nudge: () => void because('COMMIT'),
    flush,
    start: () => {
      stopHearing = stream.onNudge(database.name, () => void because('NUDGE'));
      timer = setInterval(() => void because('ROUND'), POLL_MS);
      timer.unref();
      void because('ROUND');
    },
    stop: async () => {
      stopHearing();
      clearInterval(timer);
      await because('FLUSH');
      await lease?.release();
    },
  };
}

type World = RelayOptions & { readonly announce: (events: readonly PublishedEvent[]) => Promise<void> };

async function look(world: World, because: ReadonlySet<Cause>): Promise<void> {
  const { database, stream, lease } = world;
  const isHolder = lease === null || (await lease.acquire());
  // Two that publish at once do no harm, as the positions are given out under a lock; whoever flushes wants it done now.
  if (isHolder || because.has('FLUSH')) await publishAll(world);
  else if (because.has('COMMIT')) stream.nudge(database.name);
  if (isHolder && because.has('ROUND')) await repair(world);
}

async function publishAll({ database, announce }: World): Promise<void> {
  for (;;) {
    const events = await publishBatch(database);
    if (events.length === 0) return;
    await announce(events);
  }
}

// The events have their positions: what could not be told now is told by `repair`, and readers find it in the outbox.
function announcer({ database, stream, log }: RelayOptions): World['announce'] {
  let isFailing = false;
  return async (events) => {
    try {
      await stream.publish(database.name, events);
      isFailing = false;
    } catch (error) {
      // Once an outage: under load there are many batches.
      if (!isFailing) log.warn({ err: error, subgraph: database.name }, 'published events could not be told yet');
      isFailing = true;
    }
  };
}

async function repair({ database, stream, log }: RelayOptions): Promise<void> {
  const { lastSeq } = await readStreamHead(database.em.fork());
  try {
    await stream.repair(database.name, Number(lastSeq));
  } catch (error) {
    log.debug({ err: error, subgraph: database.name }, 'the stream could not be repaired yet');
  }
}

async function publishBatch(database: Database): Promise<PublishedEvent[]> {
  const em = database.em.fork();
  if ((await listUnpublished(em, 1)).length === 0) return [];
  return em.transactional(async (transaction) => {
    const head = await lockStreamHead(transaction);
    const ids = await listUnpublished(transaction, BATCH);
    if (ids.length === 0) return [];
    const before = Number(head.lastSeq);
    await assignPositions(transaction, ids, before);
    head.lastSeq = before + ids.length;
    await transaction.flush();
    return listPublished(transaction, before, BATCH);
  });
}

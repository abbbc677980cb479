import type { Database } from '../data/database.js';
import type { Log } from '../process/log.js';
import { assignPositions, listPublished, listUnpublished, lockStreamHead } from './outbox.queries.js';
import type { PublishedEvent } from './stream.js';

const BATCH = 200;
const POLL_MS = 1_000;

/** Publishes a subgraph's committed events: at once when nudged, and every second in case a nudge was lost. */
export interface Relay {
  nudge(): void;
  start(): void;
  /** Publishes what is committed by now. */
  flush(): Promise<void>;
  /** Publishes what is committed by now, then rests. */
  stop(): Promise<void>;
}

/** Makes the relay of one subgraph; `announce` is called with each published batch, in order. */
export function createRelay(
  database: Database,
  announce: (events: readonly PublishedEvent[]) => void,
  log: Log,
): Relay {
  let running: Promise<void> | null = null;
  let isNudgedAgain = false;
  let timer: NodeJS.Timeout | undefined;

  const run = async () => {
    try {
      do {
        isNudgedAgain = false;
        await publishAll(database, announce);
      } while (isNudgedAgain);
    } catch (error) {
      log.error({ err: error, subgraph: database.name }, 'the relay could not publish; it tries again');
    } finally {
      // In the same turn as the last look at `isNudgedAgain`: a nudge after it starts a new run.
      running = null;
    }
  };
  const nudge = () => {
    isNudgedAgain = true;
    running ??= run();
  };
  const flush = async () => {
    nudge();
    await running;
  };
  return {
    nudge,
    flush,
    start: () => {
      timer = setInterval(nudge, POLL_MS);
      timer.unref();
      nudge();
    },
    stop: async () => {
      clearInterval(timer);
      await flush();
    },
  };
}

async function publishAll(database: Database, announce: (events: readonly PublishedEvent[]) => void): Promise<void> {
  for (;;) {
    const events = await publishBatch(database);
    if (events.length === 0) return;
    announce(events);
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

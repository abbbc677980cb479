import DataLoader from 'dataloader';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from './context.js';
import type { Vault } from './crypto/vault.js';
import type { Database } from './data/database.js';
import { forkGuarded } from './data/tenant-guard.js';
import { createUnitOfWork, isInsideUnitOfWork } from './data/unit-of-work.js';
import type { Viewer } from './domain/viewer.js';
import type { LiveEvents } from './events/live-events.js';
import type { Jobs } from './jobs/jobs.js';
import type { Limits } from './limits/limits.js';
import type { Ports } from './ports/ports.js';
import type { Clock } from './process/clock.js';
import type { Config } from './process/config.js';
import type { Log } from './process/log.js';

/** What stays the same for every request of one subgraph. */
export interface ContextParts {
  readonly database: Database;
  readonly events: LiveEvents;
  readonly catchUp: () => Promise<void>;
  readonly jobs: Jobs;
  readonly ports: Ports;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly config: Config;
  readonly vault: Vault;
  readonly log: Log;
  /** Called after every commit. */
  readonly onCommitted: () => void;
}

/** What is this request's own. */
export interface RequestFacts {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly idempotencyKey: string | null;
  readonly remoteAddress: string;
  readonly userAgent: string;
}

/** Makes the context of one request, job or event. */
export function createContext(parts: ContextParts, facts: RequestFacts): Context {
  const { database, clock } = parts;
  const loaders = new Map<string, unknown>();
  let em: SqlEntityManager | null = null;
  const forgetReads = () => {
    em = null;
    loaders.clear();
  };
  return {
    ...facts,
    events: parts.events,
    catchUp: async () => {
      await parts.catchUp();
      forgetReads();
    },
    jobs: parts.jobs,
    ports: parts.ports,
    limits: parts.limits,
    config: parts.config,
    vault: parts.vault,
    log: parts.log,
    clock,
    get em() {
      if (isInsideUnitOfWork(database))
        throw new Error('Inside a unit of work use its em: on SQLite another one would wait for ever.');
      return (em ??= forkGuarded(database.em));
    },
    // After a commit the request's own reads must see what it wrote.
    unitOfWork: createUnitOfWork(database, { viewer: facts.viewer, requestId: facts.requestId, clock }, () => {
      forgetReads();
      parts.onCommitted();
    }),
    loader: <Key extends string, Row>(name: string, load: (keys: readonly Key[]) => Promise<(Row | null)[]>) => {
      // The name stands for one kind of key and row within a subgraph.
      const known = loaders.get(name) as Loader<Key, Row> | undefined;
      const loader = known ?? new DataLoader<Key, Row | null>(load, { maxBatchSize: 500 });
      loaders.set(name, loader);
      return loader;
    },
  };
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Vault } from './crypto/vault.js';
import type { UnitOfWork } from './data/unit-of-work.js';
import type { Viewer } from './domain/viewer.js';
import type { LiveEvents } from './events/live-events.js';
import type { Jobs } from './jobs/jobs.js';
import type { Limits } from './limits/limits.js';
import type { Ports } from './ports/ports.js';
import type { Clock } from './process/clock.js';
import type { Config } from './process/config.js';
import type { Log } from './process/log.js';

/** What one request, job or consumed event works with. */
export interface Context {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The client's `Idempotency-Key` header. */
  readonly idempotencyKey: string | null;
  readonly remoteAddress: string;
  /** What program the client says it is, at most 256 printable characters; empty where it says nothing. */
  readonly userAgent: string;
  /** For reads; throws inside a unit of work, which has an em of its own. */
  readonly em: SqlEntityManager;
  readonly unitOfWork: UnitOfWork;
  /** This subgraph's own events as they are published, for subscriptions. */
  readonly events: LiveEvents;
  /** Applies what other subgraphs have committed by now, so that what a client just made elsewhere is known here. */
  catchUp(): Promise<void>;
  readonly jobs: Jobs;
  readonly ports: Ports;
  /** What may be done only so often; asked before any work is done. */
  readonly limits: Limits;
  readonly clock: Clock;
  readonly config: Config;
  /** Seals, opens and finds personal data kept in columns. */
  readonly vault: Vault;
  readonly log: Log;
  /** One batching loader per kind of row and request; made at first use. */
  loader<Key extends string, Row>(
    name: string,
    load: (keys: readonly Key[]) => Promise<(Row | null)[]>,
  ): Loader<Key, Row>;
}

/** What a command of the operator's works with: the database, and nobody who waits for an answer. */
export type CommandContext = Pick<Context, 'viewer' | 'unitOfWork' | 'clock' | 'vault'>;

/** Loads rows by key, many in one statement. */
export interface Loader<Key, Row> {
  load(key: Key): Promise<Row | null>;
}

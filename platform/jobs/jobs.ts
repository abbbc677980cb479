import type { SqlEntityManager } from '@mikro-orm/sql';
import type { InstallationKey, TenantKey } from '../domain/tenant-key.js';

/** Queues jobs wait in; a slow report never holds up a message. */
export const jobFamilies = ['reports', 'notifications', 'maintenance'] as const;
export type JobFamily = (typeof jobFamilies)[number];

/** Written in the same transaction as the job's end; so it happens once. */
export type FinishingEffect = (em: SqlEntityManager) => Promise<void>;

/** A job to be done after the transaction that asks for it has committed. */
export interface JobRequest {
  readonly kind: string;
  readonly payload: unknown;
  /** Two requests with one key are one job; it carries the tenant, so that no two of them share a job. */
  readonly dedupKey?: TenantKey | InstallationKey;
  /** Not before this time; now if absent. */
  readonly runAt?: Date;
}

/** How operations ask for later work. */
export interface Jobs {
  /** Adds the job in the caller's transaction and wakes a worker after its commit; returns the job's id. */
  enqueue(em: SqlEntityManager, request: JobRequest): Promise<string>;
  /** Ends a job that has not finished; a running one stops at its next `save`. */
  cancel(em: SqlEntityManager, jobId: string): Promise<boolean>;
}

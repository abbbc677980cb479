import type { SqlEntityManager } from '@mikro-orm/sql';
import type { z } from 'zod';
import type { Context } from '../context.js';
import type { FinishingEffect, JobFamily } from './jobs.js';

/** A kind of later work. It may run more than once; only `save` and the finishing effect change data, and both are fenced. */
export interface JobHandler<Payload = unknown> {
  /** An imperative such as `render-report`. */
  readonly kind: string;
  readonly family: JobFamily;
  readonly maxAttempts: number;
  readonly payload: z.ZodType<Payload>;
  /** Does the work and returns what to write in the transaction that marks the job done. */
  run(job: RunningJob, payload: Payload): Promise<FinishingEffect>;
  /** What to write in the transaction that gives the job up after its last attempt. */
  giveUp?(em: SqlEntityManager, jobId: string, error: string): Promise<void>;
}

/** A job as its handler sees it. */
export interface RunningJob {
  readonly id: string;
  readonly attempt: number;
  readonly context: Context;
  /** Aborted when the lease is lost or the process shuts down. */
  readonly signal: AbortSignal;
  /** What the last `save` stored; null at the first attempt. */
  readonly checkpoint: unknown;
  /** Stores how far the work is, with an effect in the same transaction; throws when another worker has taken the job over. */
  save(progress: { percent: number; checkpoint: unknown; effect?: FinishingEffect }): Promise<void>;
}

/** A job repeated by the clock of a zone. */
export interface Schedule {
  readonly id: string;
  /** Cron expression of five fields. */
  readonly cron: string;
  readonly timeZone: string;
  readonly kind: string;
  readonly payload: unknown;
}

import { z } from 'zod';
import type { Context } from '../context.js';
import type { Database } from '../data/database.js';
import { plusMs, type Clock } from '../process/clock.js';
import { tellableError } from '../process/log.js';
import type { JobEntity } from './job.entity.js';
import { updateHeldJob, type JobChange } from './job-queries.js';
import type { JobHandler, RunningJob } from './job-handler.js';
import type { FinishingEffect } from './jobs.js';
import type { ReportProgress, WakeOutcome } from './transport.js';

const FIRST_BACK_OFF_MS = 200;
const LONGEST_BACK_OFF_MS = 60_000;
const ERROR_LENGTH = 500;
// A job that ends its worker, as by eating its memory, must not go round for ever.
const TAKE_OVERS_ALLOWED = 10;

/** The job is no longer this worker's: another took it over, or it was cancelled. Nothing of the refused write remains. */
export class JobLost extends Error {
  constructor(jobId: string) {
    super(`Job ${jobId} was taken over or cancelled.`);
    this.name = 'JobLost';
  }
}

/** A job that no further attempt can help; it fails at once. */
class JobHopeless extends Error {}

/** The reason for aborting jobs when the process ends: they are handed back, and the attempt does not count. */
export class WorkerStopping extends Error {}

/** One claimed job and what its attempt needs. */
export interface Attempt {
  readonly database: Database;
  readonly clock: Clock;
  readonly leaseMs: number;
  readonly job: JobEntity;
  readonly handler: JobHandler | undefined;
  readonly context: Context;
  readonly abort: AbortController;
  readonly report: ReportProgress;
  /** Hints at the next attempt, whose number is from 1. */
  again(next: { attempt: number; delayMs: number }): Promise<void>;
}

/** Runs a claimed job to its end, its next attempt or its loss, and writes which; throws what the handler threw, once that is written. */
export async function runAttempt(attempt: Attempt): Promise<WakeOutcome> {
  const heartbeat = setInterval(() => void beat(attempt), attempt.leaseMs / 3).unref();
  try {
    const effect = await work(attempt);
    await write(attempt, { ...ended(attempt), state: 'DONE', progress: 100, error: null }, effect);
    attempt.report(100);
    return 'DONE';
  } catch (error) {
    return await settle(attempt, error);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Milliseconds until a job is tried again that has failed this many times. */
export function backOffMs(failures: number): number {
  return Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** failures);
}

async function work({ job, handler, ...attempt }: Attempt): Promise<FinishingEffect> {
  if (!handler) throw new JobHopeless(`No handler does jobs of kind ${job.kind}.`);
  // A failure counts as an attempt and a lost worker does not: a crash or a deployment costs a long job none of them.
  if (job.fence > job.maxAttempts + TAKE_OVERS_ALLOWED)
    throw new JobHopeless(`It was started ${job.fence - 1} times and never ended.`);
  const payload = handler.payload.safeParse(job.payload);
  if (!payload.success) throw new JobHopeless(`Its payload does not fit: ${z.prettifyError(payload.error)}`);
  return handler.run(runningJob({ job, handler, ...attempt }), payload.data);
}

function runningJob(attempt: Attempt): RunningJob {
  const { job, context, abort, clock, leaseMs } = attempt;
  return {
    id: job.id,
    attempt: job.attempts + 1,
    context,
    signal: abort.signal,
    checkpoint: job.checkpoint,
    save: async ({ percent, checkpoint, effect }) => {
      const progress = Math.min(100, Math.max(0, Math.floor(percent)));
      await write(attempt, { progress, checkpoint, leaseUntil: plusMs(clock.now(), leaseMs) }, effect);
      attempt.report(progress);
    },
  };
}

async function settle(attempt: Attempt, error: unknown): Promise<WakeOutcome> {
  if (error instanceof JobLost) return 'LOST';
  try {
    if (attempt.abort.signal.reason instanceof WorkerStopping) return await handBack(attempt);
    await fail(attempt, error);
  } catch (refused) {
    if (refused instanceof JobLost) return 'LOST';
    throw refused;
  }
  throw error;
}

async function handBack(attempt: Attempt): Promise<WakeOutcome> {
  await write(attempt, { state: 'QUEUED', leaseUntil: null });
  await attempt.again({ attempt: attempt.job.attempts + 1, delayMs: 0 });
  return 'HANDED_BACK';
}

async function fail(attempt: Attempt, reason: unknown): Promise<void> {
  const { job, handler, clock } = attempt;
  const attempts = job.attempts + 1;
  const error = tellableError(reason).message.slice(0, ERROR_LENGTH).toWellFormed();
  if (attempts >= job.maxAttempts || reason instanceof JobHopeless) {
    // A give-up that fails leaves the row to its lease, so it is tried again rather than forgotten.
    await write(attempt, { ...ended(attempt), state: 'FAILED', attempts, error }, async (em) =>
      handler?.giveUp?.(em, job.id, error),
    );
    return;
  }
  const delayMs = backOffMs(attempts);
  await write(attempt, { state: 'QUEUED', leaseUntil: null, attempts, error, runAt: plusMs(clock.now(), delayMs) });
  await attempt.again({ attempt: attempts + 1, delayMs });
}

function ended({ clock }: Attempt): JobChange {
  return { finishedAt: clock.now(), leaseUntil: null };
}

// The row first: it is locked before anything the effect touches, and a refused write ends the transaction before the effect.
async function write({ context, job, abort }: Attempt, change: JobChange, effect?: FinishingEffect): Promise<void> {
  try {
    await context.unitOfWork(async (em) => {
      if (!(await updateHeldJob(em, job, change))) throw new JobLost(job.id);
      await effect?.(em);
    });
  } catch (error) {
    if (error instanceof JobLost) abort.abort(error);
    throw error;
  }
}

async function beat({ database, job, clock, leaseMs, abort, context }: Attempt): Promise<void> {
  try {
    const isHeld = await updateHeldJob(database.em.fork(), job, { leaseUntil: plusMs(clock.now(), leaseMs) });
    if (!isHeld) abort.abort(new JobLost(job.id));
  } catch (error) {
    context.log.warn({ jobId: job.id, err: error }, 'job lease was not prolonged');
  }
}

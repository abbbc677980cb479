import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../context.js';
import type { Database } from '../data/database.js';
import { runAfterCommit, type UnitOfWork } from '../data/unit-of-work.js';
import { newId } from '../domain/id.js';
import { plusMs, type Clock } from '../process/clock.js';
import type { Log } from '../process/log.js';
import { JobLost, runAttempt, WorkerStopping, type Attempt } from './job-attempt.js';
import { JobEntity } from './job.entity.js';
import { cancelUnfinishedJob, claimJob, insertJobOnce, listClaimable, pruneFinished } from './job-queries.js';
import { startSweep } from './job-sweep.js';
import type { JobHandler, Schedule } from './job-handler.js';
import { jobFamilies, type JobRequest, type Jobs } from './jobs.js';
import { fireSchedules, startSchedules } from './schedules.js';
import type { AnswerWake, JobTransport, JobWake, ReportProgress, WakeOutcome } from './transport.js';

const HINTS_A_SWEEP = 100;
const KEPT_MS = 30 * 86_400_000;
const PRUNE_EVERY_MS = 3_600_000;

/** What one subgraph's jobs are run with. */
export interface JobRunnerOptions {
  readonly database: Database;
  /** The system's: schedules are enqueued in it. */
  readonly unitOfWork: UnitOfWork;
  readonly handlers: readonly JobHandler[];
  readonly transport: JobTransport;
  /** What a job works with; its unit of work must be of the same database. */
  readonly contextFor: (jobId: string) => Context;
  readonly clock: Clock;
  readonly log: Log;
  /** How long a worker is believed alive after its last sign; the wait before a killed one's jobs go on. */
  readonly leaseMs?: number;
  readonly sweepMs?: number;
}

/** One subgraph's jobs: asked for with `jobs`, done between `start` and `stop`. */
export interface JobRunner {
  readonly jobs: Jobs;
  /** Works off what is due and orphaned at once, and from then on; throws when the database cannot be reached. */
  start(schedules: readonly Schedule[]): Promise<void>;
  /** Hands the running jobs back, waiting a few seconds for their handlers, and closes the transport. */
  stop(): Promise<void>;
}

interface World extends JobRunnerOptions {
  readonly leaseMs: number;
  readonly byKind: ReadonlyMap<string, JobHandler>;
  readonly running: Set<{ readonly id: string; readonly abort: AbortController }>;
}

/** Makes the runner of one subgraph's job table; nothing runs before its `start`. */
export function createJobRunner(options: JobRunnerOptions): JobRunner {
  const byKind = new Map(options.handlers.map((handler) => [handler.kind, handler]));
  const world: World = { ...options, leaseMs: options.leaseMs ?? 6_000, byKind, running: new Set() };
  const jobs: Jobs = {
    enqueue: (em, request) => enqueue(world, em, request),
    cancel: (em, jobId) => cancel(world, em, jobId),
  };
  let isStopping = false;
  let stopSweep = async () => {};
  const answer: AnswerWake = async (hint, report) => (isStopping ? 'NOTHING_TO_DO' : answerWake(world, hint, report));
  return {
    jobs,
    start: async (schedules) => {
      const scheduling = { ...options, jobs };
      await startSchedules(scheduling, schedules);
      options.transport.onWake(answer);
      const parts = {
        schedules: () => fireSchedules(scheduling, schedules),
        due: () => wakeDue(world),
        prune: pruner(world),
      };
      stopSweep = await startSweep({ everyMs: options.sweepMs ?? 1_500, log: options.log, parts });
    },
    stop: async () => {
      isStopping = true;
      await stopSweep();
      for (const { abort } of world.running) abort.abort(new WorkerStopping('The process is stopping.'));
      await options.transport.close();
    },
  };
}

async function enqueue(world: World, em: SqlEntityManager, request: JobRequest): Promise<string> {
  const handler = world.byKind.get(request.kind);
  if (!handler) throw new Error(`No handler does jobs of kind ${request.kind}.`);
  const now = world.clock.now();
  const { family, maxAttempts, kind } = handler;
  const { payload, dedupKey = null, runAt = now } = request;
  const job = Object.assign(new JobEntity(), {
    id: newId('job'),
    kind,
    family,
    dedupKey,
    payload,
    state: 'QUEUED',
    maxAttempts,
    runAt,
    createdAt: now,
  });
  const id = await insertJobOnce(em, job);
  const delayMs = Math.max(0, runAt.getTime() - now.getTime());
  if (id === job.id) runAfterCommit(em, () => void wake(world, { id, family, kind, fence: 0, attempt: 1 }, delayMs));
  return id;
}

async function cancel({ clock, running }: World, em: SqlEntityManager, jobId: string): Promise<boolean> {
  const isCancelled = await cancelUnfinishedJob(em, jobId, clock.now());
  if (isCancelled) {
    runAfterCommit(em, () => {
      for (const { id, abort } of running) if (id === jobId) abort.abort(new JobLost(jobId));
    });
  }
  return isCancelled;
}

async function answerWake(world: World, hint: JobWake, report: ReportProgress): Promise<WakeOutcome> {
  const { database, clock, leaseMs, running } = world;
  const entry = { id: hint.id, abort: new AbortController() };
  running.add(entry);
  try {
    const now = clock.now();
    const job = await claimJob(database.em.fork(), hint.id, { now, until: plusMs(now, leaseMs) });
    return job ? await runClaimed(world, hint, { job, abort: entry.abort, report }) : 'NOTHING_TO_DO';
  } finally {
    running.delete(entry);
  }
}

type Claimed = Pick<Attempt, 'job' | 'abort' | 'report'>;

async function runClaimed(world: World, hint: JobWake, claimed: Claimed): Promise<WakeOutcome> {
  const { database, clock, leaseMs, log, byKind } = world;
  const { id, kind, attempts, fence } = claimed.job;
  const startMs = performance.now();
  const line = () => ({ jobId: id, kind, attempt: attempts + 1, durationMs: Math.round(performance.now() - startMs) });
  const again: Attempt['again'] = ({ attempt, delayMs }) => wake(world, { ...hint, fence, attempt }, delayMs);
  try {
    const context = world.contextFor(id);
    const outcome = await runAttempt({
      ...claimed,
      database,
      clock,
      leaseMs,
      handler: byKind.get(kind),
      context,
      again,
    });
    log.info({ ...line(), outcome }, 'job');
    return outcome;
  } catch (error) {
    log.warn({ ...line(), outcome: 'FAILED', err: error }, 'job');
    throw error;
  }
}

// A hint that does not get through is not an error: the row waits, and the sweep hints again.
async function wake({ transport, log }: World, hint: JobWake, delayMs: number): Promise<void> {
  try {
    await transport.wake(hint, delayMs);
  } catch (error) {
    log.warn(
      { jobId: hint.id, reason: error instanceof Error ? error.message : String(error) },
      'job queue not reached; the sweep adds it again',
    );
  }
}

// Family by family, so that a thousand waiting reports do not hide one message.
async function wakeDue({ database, transport, clock }: World): Promise<void> {
  const em = database.em.fork();
  for (const family of jobFamilies) {
    const hints = await listClaimable(em, family, { now: clock.now(), limit: HINTS_A_SWEEP });
    const results = await Promise.allSettled(hints.map((hint) => transport.wake(hint, 0)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

function pruner({ database, clock }: World): () => Promise<void> {
  let nextMs = 0;
  return async () => {
    const now = clock.now();
    if (now.getTime() < nextMs) return;
    for (const family of jobFamilies) await pruneFinished(database.em.fork(), family, plusMs(now, -KEPT_MS));
    nextMs = now.getTime() + PRUNE_EVERY_MS;
  };
}

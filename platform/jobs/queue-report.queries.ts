import { raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Database } from '../data/database.js';
import { plusMs } from '../process/clock.js';
import type { Schedule } from './job-handler.js';
import { JobEntity, type JobState } from './job.entity.js';
import { findDueTimes } from './job-queries.js';
import { jobFamilies, type JobFamily } from './jobs.js';

const RECENT_MS = 86_400_000;
const LONGEST_LIST = 50;

/** What one subgraph's tables say of its jobs, whatever Redis knows of them. */
export interface QueueReport {
  readonly subgraph: string;
  readonly families: readonly FamilyCounts[];
  /** The longest running first, at most 50. */
  readonly running: readonly RunningJobLine[];
  /** Given up in the last 24 hours, the latest first, at most 50. */
  readonly failed: readonly FailedJobLine[];
  readonly schedules: readonly ScheduleLine[];
}

/** How many jobs of one family there are. */
export interface FamilyCounts {
  readonly family: JobFamily;
  /** Due and waiting for a worker. */
  readonly queued: number;
  /** Waiting for their time: a later one that was asked for, or the next attempt. */
  readonly delayed: number;
  readonly running: number;
  /** Of the last 24 hours. */
  readonly done: number;
  /** Given up in the last 24 hours. */
  readonly failed: number;
}

/** A job that a worker has. */
export interface RunningJobLine {
  readonly id: string;
  readonly kind: string;
  readonly family: string;
  /** Percent. */
  readonly progress: number;
  /** From 1. */
  readonly attempt: number;
  /** Until when its worker is believed to be alive; past means that another will take it over. */
  readonly leaseUntil: Date | null;
}

/** A job that was given up. */
export interface FailedJobLine {
  readonly id: string;
  readonly kind: string;
  readonly family: string;
  readonly attempts: number;
  readonly reason: string | null;
  readonly failedAt: Date | null;
}

/** A repeated job. */
export interface ScheduleLine {
  readonly id: string;
  readonly kind: string;
  /** Cron expression of five fields. */
  readonly cron: string;
  readonly timeZone: string;
  /** null when no worker has started it yet. */
  readonly nextAt: Date | null;
}

/** Reads the report of one subgraph, changing nothing; rejects when it has no tables. */
export async function readQueueReport(
  { name, em }: Pick<Database, 'name' | 'em'>,
  schedules: readonly Schedule[],
  now: Date,
): Promise<QueueReport> {
  const fork = em.fork();
  const since = plusMs(now, -RECENT_MS);
  return {
    subgraph: name,
    families: await countFamilies(fork, now, since),
    running: await listRunning(fork),
    failed: await listFailed(fork, since),
    schedules: await listSchedules(fork, schedules),
  };
}

async function countFamilies(em: SqlEntityManager, now: Date, since: Date): Promise<FamilyCounts[]> {
  const recently = { finishedAt: { $gte: since } };
  const queued = await countBy(em, { state: 'QUEUED', runAt: { $lte: now } });
  const delayed = await countBy(em, { state: 'QUEUED', runAt: { $gt: now } });
  const running = await countBy(em, { state: 'RUNNING' });
  const done = await countBy(em, { state: 'DONE', ...recently });
  const failed = await countBy(em, { state: 'FAILED', ...recently });
  return jobFamilies.map((family) => {
    const of = (counts: ReadonlyMap<string, number>) => counts.get(family) ?? 0;
    return {
      family,
      queued: of(queued),
      delayed: of(delayed),
      running: of(running),
      done: of(done),
      failed: of(failed),
    };
  });
}

interface Counted {
  readonly state: JobState;
  readonly runAt?: { $lte: Date } | { $gt: Date };
  readonly finishedAt?: { $gte: Date };
}

async function countBy(em: SqlEntityManager, where: Counted): Promise<Map<string, number>> {
  const rows: { family: string; count: number | string }[] = await em
    .createQueryBuilder(JobEntity)
    .select(['family', raw('count(*) as count')])
    .where({ family: { $in: [...jobFamilies] }, ...where })
    .groupBy('family')
    .execute();
  return new Map(rows.map(({ family, count }) => [family, Number(count)]));
}

async function listRunning(em: SqlEntityManager): Promise<RunningJobLine[]> {
  const fields = ['id', 'kind', 'family', 'progress', 'attempts', 'leaseUntil'] as const;
  const where = { family: { $in: [...jobFamilies] }, state: 'RUNNING' as const };
  const rows = await em.find(JobEntity, where, { fields, orderBy: { runAt: 'asc', id: 'asc' }, limit: LONGEST_LIST });
  return rows.map(({ id, kind, family, progress, attempts, leaseUntil }) => ({
    id,
    kind,
    family,
    progress,
    attempt: attempts + 1,
    leaseUntil,
  }));
}

async function listFailed(em: SqlEntityManager, since: Date): Promise<FailedJobLine[]> {
  const fields = ['id', 'kind', 'family', 'attempts', 'error', 'finishedAt'] as const;
  const where = { family: { $in: [...jobFamilies] }, state: 'FAILED' as const, finishedAt: { $gte: since } };
  const orderBy = { finishedAt: 'desc', id: 'desc' } as const;
  const rows = await em.find(JobEntity, where, { fields, orderBy, limit: LONGEST_LIST });
  return rows.map(({ id, kind, family, attempts, error, finishedAt }) => ({
    id,
    kind,
    family,
    attempts,
    reason: error,
    failedAt: finishedAt,
  }));
}

async function listSchedules(em: SqlEntityManager, schedules: readonly Schedule[]): Promise<ScheduleLine[]> {
  const ids = schedules.map(({ id }) => id);
  const dueTimes = ids.length > 0 ? await findDueTimes(em, ids) : new Map<string, Date>();
  return schedules.map(({ id, kind, cron, timeZone }) => ({
    id,
    kind,
    cron,
    timeZone,
    nextAt: dueTimes.get(id) ?? null,
  }));
}

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RunAgain } from '../data/unit-of-work.js';
import { JobEntity, ScheduleEntity, type JobState } from './job.entity.js';
import type { JobFamily } from './jobs.js';
import type { JobWake } from './transport.js';

const PRUNED_AT_ONCE = 1_000;

/** A worker's hold on a job: it may write only as long as the row still has its fence. */
export interface Claim {
  readonly id: string;
  readonly fence: number;
}

/** Inserts the job, unless one with its key exists, and returns the id of the one that counts. */
export async function insertJobOnce(em: SqlEntityManager, job: JobEntity): Promise<string> {
  const earlier =
    job.dedupKey === null
      ? null
      : await em.findOne(JobEntity, { dedupKey: job.dedupKey }, { disableIdentityMap: true });
  if (earlier) return earlier.id;
  try {
    await em.insert(JobEntity, job);
  } catch (error) {
    // Another transaction has just committed the same key: this one starts again and finds it.
    throw error instanceof UniqueConstraintViolationException ? new RunAgain() : error;
  }
  return job.id;
}

/** Takes a due or orphaned job for this worker; null when it is finished, not due, or another's. */
export async function claimJob(
  em: SqlEntityManager,
  id: string,
  lease: { now: Date; until: Date },
): Promise<JobEntity | null> {
  const job = await em.findOne(JobEntity, { id, ...claimable(lease.now) }, { disableIdentityMap: true });
  if (!job) return null;
  // The fence read makes this a compare-and-set: of all who read the same row, one gets it. A save or heartbeat of the
  // last holder in between has moved the lease, so the checkpoint read is the one that counts.
  const fence = job.fence + 1;
  const where = { id, fence: job.fence, ...claimable(lease.now) };
  const taken = await em.nativeUpdate(JobEntity, where, { state: 'RUNNING', fence, leaseUntil: lease.until });
  return taken === 1 ? Object.assign(job, { fence, state: 'RUNNING' as const, leaseUntil: lease.until }) : null;
}

/** What a holder may change about its job. */
export type JobChange = Partial<Omit<JobEntity, 'id' | 'kind' | 'family' | 'fence' | 'payload'>>;

/** Changes a job its holder still has; false when it was taken over, finished or cancelled. */
export async function updateHeldJob(em: SqlEntityManager, { id, fence }: Claim, change: JobChange): Promise<boolean> {
  return (await em.nativeUpdate(JobEntity, { id, fence, state: 'RUNNING' }, change)) === 1;
}

/** Cancels a job that has not finished; false when there is none. */
export async function cancelUnfinishedJob(em: SqlEntityManager, id: string, now: Date): Promise<boolean> {
  const unfinished = { id, state: { $in: ['QUEUED', 'RUNNING'] satisfies JobState[] } };
  return (
    (await em.nativeUpdate(JobEntity, unfinished, { state: 'CANCELLED', finishedAt: now, leaseUntil: null })) === 1
  );
}

/** Hints for the jobs of one family that are due or whose worker is gone, the longest waiting first. */
export async function listClaimable(
  em: SqlEntityManager,
  family: JobFamily,
  at: { now: Date; limit: number },
): Promise<JobWake[]> {
  const fields = ['id', 'kind', 'fence', 'attempts'] as const;
  const rows = await em.find(
    JobEntity,
    { family, ...claimable(at.now) },
    { fields, orderBy: { runAt: 'asc' }, limit: at.limit },
  );
  return rows.map(({ id, kind, fence, attempts }) => ({ id, family, kind, fence, attempt: attempts + 1 }));
}

/** Deletes the jobs of one family that finished before a time and returns how many. */
export async function pruneFinished(em: SqlEntityManager, family: JobFamily, before: Date): Promise<number> {
  const state = { $in: ['DONE', 'FAILED', 'CANCELLED'] satisfies JobState[] };
  // A finished job was due before it finished, mostly; runAt narrows the search to an index.
  const where = { family, state, runAt: { $lt: before }, finishedAt: { $lt: before } };
  for (let pruned = 0; ;) {
    const rows = await em.find(JobEntity, where, { fields: ['id'], limit: PRUNED_AT_ONCE, disableIdentityMap: true });
    if (rows.length > 0) pruned += await em.nativeDelete(JobEntity, { id: { $in: rows.map((row) => row.id) } });
    if (rows.length < PRUNED_AT_ONCE) return pruned;
  }
}

/** When each of these schedules is due next, by id; without those that have never been started. */
export async function findDueTimes(em: SqlEntityManager, ids: readonly string[]): Promise<Map<string, Date>> {
  const rows = await em.find(ScheduleEntity, { id: { $in: [...ids] } }, { disableIdentityMap: true });
  return new Map(rows.map((row) => [row.id, row.nextAt]));
}

/** Adds a schedule; another process may have added it first, which is as good. */
export async function insertSchedule(em: SqlEntityManager, id: string, nextAt: Date): Promise<void> {
  await em.upsert(ScheduleEntity, { id, nextAt }, { onConflictAction: 'ignore', disableIdentityMap: true });
}

/** Moves a schedule on; of all who saw it due at the same time, one succeeds. */
export async function moveSchedule(em: SqlEntityManager, id: string, due: { from: Date; to: Date }): Promise<boolean> {
  return (await em.nativeUpdate(ScheduleEntity, { id, nextAt: due.from }, { nextAt: due.to })) === 1;
}

// Due, and either nobody's or of a worker whose lease is over.
function claimable(now: Date) {
  const state = { $in: ['QUEUED', 'RUNNING'] satisfies JobState[] };
  return { state, runAt: { $lte: now }, $or: [{ leaseUntil: null }, { leaseUntil: { $lt: now } }] };
}

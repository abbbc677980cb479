import { Cron } from 'croner';
import type { Database } from '../data/database.js';
import { installationKey } from '../domain/tenant-key.js';
import type { UnitOfWork } from '../data/unit-of-work.js';
import type { Clock } from '../process/clock.js';
import { findDueTimes, insertSchedule, moveSchedule } from './job-queries.js';
import type { Schedule } from './job-handler.js';
import type { Jobs } from './jobs.js';

/** What repeated jobs need. Their truth is the `schedule` table alone; queues have no schedules of their own. */
export interface ScheduleWorld {
  readonly database: Database;
  readonly unitOfWork: UnitOfWork;
  readonly jobs: Jobs;
  readonly clock: Clock;
}

/** The next time after `after` that the clock on the wall of the schedule's zone shows; throws where there is none. */
export function nextTime(schedule: Schedule, after: Date): Date {
  const next = new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part' }).nextRun(after);
  if (!next) throw new Error(`Schedule ${schedule.id} never comes due: ${schedule.cron}.`);
  return next;
}

/** Adds new schedules, and sets those whose expression has changed since; one that came due meanwhile keeps its time and fires. */
export async function startSchedules(
  { database, clock }: ScheduleWorld,
  schedules: readonly Schedule[],
): Promise<void> {
  const em = database.em.fork();
  const now = clock.now();
  const dueTimes = await findDueTimes(em, idsOf(schedules));
  for (const schedule of schedules) {
    const to = nextTime(schedule, now);
    const from = dueTimes.get(schedule.id);
    if (!from) await insertSchedule(em, schedule.id, to);
    else if (from > now && from.getTime() !== to.getTime()) await moveSchedule(em, schedule.id, { from, to });
  }
}

/** Enqueues the job of every schedule that is due: once over all processes, and once for all the times missed while none ran. */
export async function fireSchedules(world: ScheduleWorld, schedules: readonly Schedule[]): Promise<void> {
  if (schedules.length === 0) return;
  const now = world.clock.now();
  const dueTimes = await findDueTimes(world.database.em.fork(), idsOf(schedules));
  for (const schedule of schedules) {
    const from = dueTimes.get(schedule.id);
    if (from && from <= now) await fire(world, schedule, { from, to: nextTime(schedule, now) });
  }
}

async function fire(
  { unitOfWork, jobs }: ScheduleWorld,
  schedule: Schedule,
  due: { from: Date; to: Date },
): Promise<void> {
  await unitOfWork(async (em) => {
    if (!(await moveSchedule(em, schedule.id, due))) return;
    const { kind, payload } = schedule;
    await jobs.enqueue(em, { kind, payload, dedupKey: installationKey(`${schedule.id}@${due.from.toISOString()}`) });
  });
}

function idsOf(schedules: readonly Schedule[]): string[] {
  return schedules.map((schedule) => schedule.id);
}

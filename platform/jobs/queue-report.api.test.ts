import { makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import type { Database } from '../data/database.js';
import { instant, plusMs } from '../process/clock.js';
import { JobEntity, ScheduleEntity } from './job.entity.js';
import { openJobsDatabase } from './jobs.fixture.js';
import { readQueueReport } from './queue-report.queries.js';

const now = instant('2026-03-14T12:00:00.000Z');
const minutes = (count: number) => plusMs(now, count * 60_000);
const queued: Partial<JobEntity> = {
  kind: 'render',
  family: 'reports',
  state: 'QUEUED',
  maxAttempts: 3,
  runAt: now,
  createdAt: now,
};
const nightly = { id: 'close-day', cron: '0 4 * * *', timeZone: 'Europe/Berlin', kind: 'close', payload: null };

describe('the report of the queues', () => {
  let place: TestPlace;
  let database: Database;

  beforeAll(async () => {
    place = makeTestPlace();
    database = await openJobsDatabase(place.location);
  });
  afterAll(async () => {
    if (place.location.url) await database.orm.schema.dropDatabase();
    await database.close();
    await place.remove();
  });

  const add = (id: string, facts: Partial<JobEntity>) =>
    database.em.fork().insert(JobEntity, Object.assign(new JobEntity(), { id, ...queued, ...facts }));

  it('tells of every family and state, running and failed jobs and schedules in eight statements', async () => {
    await add('due', {});
    await add('due-long-ago', { runAt: minutes(-90) });
    await add('retried', { attempts: 1, runAt: minutes(1), error: 'no paper' });
    await add('of-another-family', { family: 'maintenance' });
    await add('running', { state: 'RUNNING', attempts: 1, fence: 4, progress: 40, leaseUntil: minutes(0.1) });
    await add('running-first', { state: 'RUNNING', runAt: minutes(-5), leaseUntil: minutes(-1) });
    await add('done', { state: 'DONE', finishedAt: minutes(-24 * 60) });
    await add('done-before', { state: 'DONE', finishedAt: minutes(-24 * 60 - 1) });
    await add('cancelled', { state: 'CANCELLED', finishedAt: now });
    const failed = { family: 'notifications', kind: 'send', state: 'FAILED', attempts: 3 } as const;
    await add('failed', { ...failed, error: 'no paper', finishedAt: minutes(-10) });
    await add('failed-last', { ...failed, error: 'no ink', finishedAt: minutes(-1) });
    await add('failed-before', { ...failed, error: 'no pen', finishedAt: minutes(-24 * 60 - 1) });
    await database.em.fork().insert(ScheduleEntity, { id: 'close-day', nextAt: minutes(900) });
    const before = database.statements.total;

    const report = await readQueueReport(database, [nightly, { ...nightly, id: 'new' }], now);

    expect(database.statements.total - before).toBe(8);
    expect(report).toEqual({
      subgraph: 'jobs-test',
      families: [
        { family: 'reports', queued: 2, delayed: 1, running: 2, done: 1, failed: 0 },
        { family: 'notifications', queued: 0, delayed: 0, running: 0, done: 0, failed: 2 },
        { family: 'maintenance', queued: 1, delayed: 0, running: 0, done: 0, failed: 0 },
      ],
      running: [
        { id: 'running-first', kind: 'render', family: 'reports', progress: 0, attempt: 1, leaseUntil: minutes(-1) },
        { id: 'running', kind: 'render', family: 'reports', progress: 40, attempt: 2, leaseUntil: minutes(0.1) },
      ],
      failed: [
        {
          id: 'failed-last',
          kind: 'send',
          family: 'notifications',
          attempts: 3,
          reason: 'no ink',
          failedAt: minutes(-1),
        },
        {
          id: 'failed',
          kind: 'send',
          family: 'notifications',
          attempts: 3,
          reason: 'no paper',
          failedAt: minutes(-10),
        },
      ],
      schedules: [
        { id: 'close-day', kind: 'close', cron: '0 4 * * *', timeZone: 'Europe/Berlin', nextAt: minutes(900) },
        { id: 'new', kind: 'close', cron: '0 4 * * *', timeZone: 'Europe/Berlin', nextAt: null },
      ],
    });
  });
});

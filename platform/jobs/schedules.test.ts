import { setTimeout as sleep } from 'node:timers/promises';
import { instant, ManualClock } from '../process/clock.js';
import { EmbeddedJobs, handler } from './embedded-jobs.fixture.js';
import { JobEntity, ScheduleEntity } from './job.entity.js';
import { effect, effects, until } from './jobs.fixture.js';
import { nextTime } from './schedules.js';

const at = (cron: string, timeZone: string) => ({ id: 'nightly', cron, timeZone, kind: 'close-day', payload: null });

describe('when a schedule is due next', () => {
  it.each([
    // Expression, zone, after, next. In Berlin 2026 has no 02:30 on 29 March and two on 25 October: both days fire once.
    ['0 4 * * *', 'Asia/Kolkata', '2026-03-01T00:00:00Z', '2026-03-01T22:30:00Z'],
    ['0 4 * * *', 'Europe/Berlin', '2026-03-28T03:00:00Z', '2026-03-29T02:00:00Z'],
    ['0 4 * * *', 'Europe/Berlin', '2026-10-24T02:00:00Z', '2026-10-25T03:00:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ['*/15 * * * *', 'Asia/Kathmandu', '2026-05-01T00:00:00Z', '2026-05-01T00:15:00Z'],
    ['0 0 1 * *', 'Pacific/Auckland', '2026-04-15T00:00:00Z', '2026-04-30T12:00:00Z'],
  ])('%s in %s after %s is %s (S28)', (cron, timeZone, after, next) => {
    expect(nextTime(at(cron, timeZone), instant(after)).toISOString()).toBe(instant(next).toISOString());
  });

  it.each([
    ['six fields', '0 0 4 * * *', 'UTC'],
    ['no such zone', '0 4 * * *', 'Mars/Olympus'],
    ['a day that never comes', '0 0 31 2 *', 'UTC'],
  ])('refuses %s', (_, cron, timeZone) => {
    expect(() => nextTime(at(cron, timeZone), instant('2026-01-01T00:00:00Z'))).toThrow();
  });
});

describe('schedules', () => {
  const the = new EmbeddedJobs();
  const nightly = {
    id: 'close-day',
    cron: '0 4 * * *',
    timeZone: 'Europe/Berlin',
    kind: 'render',
    payload: { name: 'day' },
  };

  it('fire once over two workers, on both sides of a change to summer time (F7, S28)', async () => {
    the.clock = new ManualClock('2026-03-28T00:00:00Z');
    const fired = [handler(async (job) => effect(job.context.clock.now().toISOString()))];
    const both = [the.newWorker(fired), the.newWorker(fired)];
    await Promise.all(both.map((worker) => worker.start([nightly])));

    for (const next of ['2026-03-28T03:00:00.000Z', '2026-03-29T02:00:00.000Z', '2026-03-30T02:00:00.000Z']) {
      the.clock.advance(instant(next).getTime() - 1 - the.clock.now().getTime());
      await sleep(60);
      expect(await effects(the.database)).not.toContain(next);
      the.clock.advance(1);
      await until(async () => (await effects(the.database)).includes(next));
    }
    await sleep(60);

    expect(await effects(the.database)).toEqual([
      '2026-03-28T03:00:00.000Z',
      '2026-03-29T02:00:00.000Z',
      '2026-03-30T02:00:00.000Z',
    ]);
    const keys = await the.database.em.fork().findAll(JobEntity, { orderBy: { id: 'asc' } });
    expect(keys.map((job) => job.dedupKey)).toEqual([
      'installation/close-day@2026-03-28T03:00:00.000Z',
      'installation/close-day@2026-03-29T02:00:00.000Z',
      'installation/close-day@2026-03-30T02:00:00.000Z',
    ]);
  });

  it('fire once for all the days nobody ran them', async () => {
    const worker = the.newWorker([handler(async () => effect('fired'))]);
    await worker.start([nightly]);
    await worker.stop();

    the.clock.advance(5 * 86_400_000);
    await the.newWorker([handler(async () => effect('fired'))]).start([nightly]);
    await until(async () => (await effects(the.database)).length > 0);
    await sleep(60);

    expect(await effects(the.database)).toEqual(['fired']);
    expect((await the.database.em.fork().findOneOrFail(ScheduleEntity, { id: 'close-day' })).nextAt).toEqual(
      instant('2026-03-07T03:00:00Z'),
    );
  });

  it('take a changed expression at the next start', async () => {
    await the.newWorker([handler(async () => effect('fired'))]).start([{ ...nightly, cron: '0 4 1 1 *' }]);
    await the.newWorker([handler(async () => effect('fired'))]).start([nightly]);

    expect((await the.database.em.fork().findOneOrFail(ScheduleEntity, { id: 'close-day' })).nextAt).toEqual(
      instant('2026-03-02T03:00:00Z'),
    );
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { plusMs, systemClock } from '../process/clock.js';
import { EmbeddedJobs, gate, handler, LEASE_MS, request } from './embedded-jobs.fixture.js';
import { JobLost } from './job-attempt.js';
import { JobEntity } from './job.entity.js';
import type { JobHandler } from './job-handler.js';
import { ask, effect, effects, jobRow, until, untilState } from './jobs.fixture.js';

const the = new EmbeddedJobs();

describe('a job whose worker is lost', () => {
  it('goes on from its checkpoint at another worker; what the first one writes later is refused (R13)', async () => {
    const [saved, mayGoOn, takenOver, mayFinish] = [gate(), gate(), gate(), gate()];
    const late: unknown[] = [];
    const run: JobHandler['run'] = async (job) => {
      await job.save({ percent: 40, checkpoint: { page: 4 }, effect: effect('pages 1-4') });
      saved.open();
      await mayGoOn.opened;
      await job
        .save({ percent: 50, checkpoint: { page: 5 }, effect: effect('page 5, late') })
        .catch((error: unknown) => late.push(error));
      late.push(job.signal.aborted);
      return effect('finished late');
    };
    // It hangs for the others: no sign of life, no sweep that could take its own job again.
    const first = the.newWorker([handler(run)], { sweepMs: 3_600_000 });
    const second = the.newWorker([
      handler(async (job) => {
        takenOver.open();
        await mayFinish.opened;
        return effect(`from ${JSON.stringify(job.checkpoint)}, attempt ${job.attempt}`);
      }),
    ]);
    await first.start([]);
    const id = await the.askFor(first);
    await saved.opened;
    expect(await jobRow(the.database, id)).toMatchObject({ state: 'RUNNING', progress: 40, checkpoint: { page: 4 } });

    await second.start([]);
    await sleep(60);
    expect((await jobRow(the.database, id)).fence).toBe(1);
    the.clock.advance(LEASE_MS + 1);
    await takenOver.opened;
    mayGoOn.open();
    await until(() => late.length === 2);
    await sleep(20);
    expect(await jobRow(the.database, id)).toMatchObject({ state: 'RUNNING', fence: 2, checkpoint: { page: 4 } });
    mayFinish.open();
    expect(await untilState(the.database, id, 'DONE')).toMatchObject({ fence: 2, attempts: 0 });

    expect(late).toEqual([expect.any(JobLost), true]);
    expect(await effects(the.database)).toEqual(['pages 1-4', 'from {"page":4}, attempt 1']);
  });

  it('keeps its worker as long as that gives signs of life', async () => {
    const runs: number[] = [];
    const slow = handler(async (job) => (runs.push(job.attempt), await sleep(400), effect('done')));
    const living = { clock: systemClock, leaseMs: 90 };
    const [first, second] = [the.newWorker([slow], living), the.newWorker([slow], living)];
    await Promise.all([first.start([]), second.start([])]);

    const id = await ask({ database: the.database, clock: systemClock, jobs: first.jobs }, request);

    expect(await untilState(the.database, id, 'DONE')).toMatchObject({ fence: 1 });
    expect(runs).toEqual([1]);
  });

  it('is given up when it ends its workers again and again', async () => {
    const worker = the.newWorker([
      handler(async () => effect('done'), { giveUp: (em, _id, error) => effect(error)(em) }),
    ]);
    const id = await the.askFor(worker);
    const orphaned = { state: 'RUNNING' as const, leaseUntil: plusMs(the.clock.now(), -1) };
    await the.database.em.fork().nativeUpdate(JobEntity, { id }, { ...orphaned, fence: 13 });

    await worker.start([]);

    expect(await untilState(the.database, id, 'FAILED')).toMatchObject({
      error: 'It was started 13 times and never ended.',
    });
    expect(await effects(the.database)).toEqual(['It was started 13 times and never ended.']);
  });

  it('is handed back at once when its process stops, without costing an attempt', async () => {
    const started = gate();
    const waiting = handler(async (job) => {
      await job.save({ percent: 10, checkpoint: 'one' });
      started.open();
      await sleep(60_000, undefined, { signal: job.signal });
      return effect('never');
    });
    const first = the.newWorker([waiting]);
    await first.start([]);
    const id = await the.askFor(first);
    await started.opened;

    await first.stop();
    expect(await jobRow(the.database, id)).toMatchObject({
      state: 'QUEUED',
      attempts: 0,
      leaseUntil: null,
      checkpoint: 'one',
    });

    await the.newWorker([handler(async (job) => effect(`from ${job.checkpoint}`))]).start([]);
    await untilState(the.database, id, 'DONE');
    expect(await effects(the.database)).toEqual(['from one']);
  });
});

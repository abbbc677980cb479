import { setTimeout as sleep } from 'node:timers/promises';
import { tenantKey } from '../domain/tenant-key.js';
import { instant, plusMs } from '../process/clock.js';
import { EmbeddedJobs, gate, handler, request, START } from './embedded-jobs.fixture.js';
import { backOffMs } from './job-attempt.js';
import { JobEntity } from './job.entity.js';
import { effect, effects, jobRow, unitOfWorkOf, until, untilState } from './jobs.fixture.js';

const the = new EmbeddedJobs();

describe('asking for a job', () => {
  it('runs it once, after the commit, with its effect', async () => {
    const seen: unknown[] = [];
    const worker = the.newWorker([
      handler(async (job, payload) => (seen.push([job.attempt, job.checkpoint, payload]), effect('done'))),
    ]);
    await worker.start([]);

    const id = await unitOfWorkOf(
      the.database,
      the.clock,
    )(async (em) => {
      const asked = await worker.jobs.enqueue(em, request);
      await sleep(60);
      expect(seen).toEqual([]);
      return asked;
    });

    const row = await untilState(the.database, id, 'DONE');
    expect(row).toMatchObject({ attempts: 0, fence: 1, progress: 100, leaseUntil: null, error: null });
    expect(row.finishedAt).toEqual(instant(START));
    await sleep(60);
    expect(seen).toEqual([[1, null, { name: 'evening' }]]);
    expect(await effects(the.database)).toEqual(['done']);
  });

  it('forgets it when the transaction rolls back', async () => {
    const worker = the.newWorker([handler(async () => effect('done'))]);
    await worker.start([]);

    const asked = unitOfWorkOf(
      the.database,
      the.clock,
    )(async (em) => {
      await worker.jobs.enqueue(em, request);
      throw new Error('changed my mind');
    });

    await expect(asked).rejects.toThrow('changed my mind');
    await sleep(60);
    expect(await the.database.em.fork().count(JobEntity)).toBe(0);
    expect(await effects(the.database)).toEqual([]);
  });

  it('makes one job of two requests with one key, also when they race', async () => {
    const worker = the.newWorker([handler(async () => effect('done'))]);
    await worker.start([]);

    const ids = await Promise.all([1, 2, 3].map(() => the.askFor(worker, { dedupKey: tenantKey('brd_1', 'evening') })));
    await untilState(the.database, ids[0] ?? '', 'DONE');
    const later = await the.askFor(worker, { dedupKey: tenantKey('brd_1', 'evening') });

    await sleep(60);
    expect(new Set([...ids, later]).size).toBe(1);
    expect(await effects(the.database)).toEqual(['done']);
  });

  it('keeps it until its time, and refuses a kind nobody does', async () => {
    const worker = the.newWorker([handler(async () => effect('done'))]);
    await worker.start([]);

    const id = await the.askFor(worker, { runAt: plusMs(the.clock.now(), 3_600_000) });
    await sleep(60);
    expect((await jobRow(the.database, id)).state).toBe('QUEUED');

    the.clock.advance(3_600_000);
    await untilState(the.database, id, 'DONE');
    await expect(the.askFor(worker, { kind: 'dance' })).rejects.toThrow('No handler does jobs of kind dance.');
  });
});

describe('a job that fails', () => {
  it.each([
    [1, 400],
    [2, 800],
    [5, 6_400],
    [9, 60_000],
    [50, 60_000],
  ])('waits after %i failures %i ms', (failures, milliseconds) => {
    expect(backOffMs(failures)).toBe(milliseconds);
  });

  it('is tried again after its back-off, and given up after its last attempt', async () => {
    const attempts: number[] = [];
    const failing = handler(
      async (job) => {
        attempts.push(job.attempt);
        throw new Error(`no paper ${job.attempt}`);
      },
      { giveUp: (em, jobId, error) => effect(`${jobId} gave up: ${error}`)(em) },
    );
    const worker = the.newWorker([failing]);
    await worker.start([]);

    const id = await the.askFor(worker);
    await until(async () => (await jobRow(the.database, id)).attempts === 1);
    const row = await jobRow(the.database, id);
    expect(row).toMatchObject({ state: 'QUEUED', error: 'no paper 1', leaseUntil: null });
    expect(row.runAt).toEqual(plusMs(the.clock.now(), 400));
    await sleep(60);
    expect(attempts).toEqual([1]);

    the.clock.advance(400);
    await until(async () => (await jobRow(the.database, id)).attempts === 2);
    the.clock.advance(800);
    expect(await untilState(the.database, id, 'FAILED')).toMatchObject({ attempts: 3, error: 'no paper 3' });
    expect(attempts).toEqual([1, 2, 3]);
    expect(await effects(the.database)).toEqual([`${id} gave up: no paper 3`]);
  });

  it('changes nothing when its finishing effect fails', async () => {
    const worker = the.newWorker([
      handler(async (job) => async (em) => {
        await effect('half')(em);
        if (job.attempt === 1) throw new Error('constraint');
      }),
    ]);
    await worker.start([]);

    const id = await the.askFor(worker);
    await until(async () => (await jobRow(the.database, id)).attempts === 1);
    expect(await effects(the.database)).toEqual([]);

    the.clock.advance(400);
    await untilState(the.database, id, 'DONE');
    expect(await effects(the.database)).toEqual(['half']);
  });

  it('fails at once when its payload does not fit or its kind is unknown', async () => {
    const worker = the.newWorker([
      handler(async () => effect('done'), { giveUp: (em, _id, error) => effect(error)(em) }),
    ]);
    const asker = the.newWorker([
      handler(async () => effect('never'), { kind: 'old-kind' }),
      handler(async () => effect('never')),
    ]);
    const unfit = await the.askFor(asker, { payload: { name: 7 } });
    const unknown = await the.askFor(asker, { kind: 'old-kind' });

    await worker.start([]);

    expect((await untilState(the.database, unfit, 'FAILED')).error).toMatch(/^Its payload does not fit: .*name/s);
    expect((await untilState(the.database, unknown, 'FAILED')).error).toBe('No handler does jobs of kind old-kind.');
    expect(await effects(the.database)).toEqual([expect.stringContaining('Its payload does not fit')]);
  });
});

describe('cancelling a job', () => {
  it('keeps a waiting one from starting, and says that a finished one cannot be', async () => {
    const worker = the.newWorker([handler(async () => effect('done'))]);
    const id = await the.askFor(worker);
    const cancel = () => unitOfWorkOf(the.database, the.clock)((em) => worker.jobs.cancel(em, id));

    expect(await cancel()).toBe(true);
    expect(await cancel()).toBe(false);
    await worker.start([]);
    await sleep(60);

    expect(await jobRow(the.database, id)).toMatchObject({ state: 'CANCELLED', fence: 0, finishedAt: instant(START) });
    expect(await effects(the.database)).toEqual([]);
  });

  it('stops a running one: its signal aborts and its next save throws', async () => {
    const [started, cancelled] = [gate(), gate()];
    const seen: unknown[] = [];
    const worker = the.newWorker([
      handler(async (job) => {
        started.open();
        await cancelled.opened;
        seen.push(job.signal.aborted);
        await job
          .save({ percent: 90, checkpoint: 'late', effect: effect('late') })
          .finally(() => seen.push('saved or not'));
        return effect('done');
      }),
    ]);
    await worker.start([]);
    const id = await the.askFor(worker);
    await started.opened;

    await unitOfWorkOf(the.database, the.clock)((em) => worker.jobs.cancel(em, id));
    cancelled.open();
    await until(() => seen.length === 2);
    await sleep(20);

    expect(seen).toEqual([true, 'saved or not']);
    expect(await jobRow(the.database, id)).toMatchObject({
      state: 'CANCELLED',
      progress: 0,
      checkpoint: null,
      attempts: 0,
    });
    expect(await effects(the.database)).toEqual([]);
  });
});

it('forgets jobs that finished more than thirty days ago, and no others', async () => {
  const worker = the.newWorker([handler(async () => effect('done'))]);
  const [old, recent, waiting] = [
    await the.askFor(worker),
    await the.askFor(worker),
    await the.askFor(worker, { runAt: plusMs(the.clock.now(), 86_400_000) }),
  ];
  const finished = (daysAgo: number) => ({
    state: 'DONE' as const,
    runAt: plusMs(the.clock.now(), -40 * 86_400_000),
    finishedAt: plusMs(the.clock.now(), -daysAgo * 86_400_000),
  });
  await the.database.em.fork().nativeUpdate(JobEntity, { id: old }, finished(31));
  await the.database.em.fork().nativeUpdate(JobEntity, { id: recent }, finished(29));

  await worker.start([]);

  const kept = await the.database.em.fork().findAll(JobEntity, { orderBy: { id: 'asc' } });
  expect(kept.map((job) => job.id)).toEqual([recent, waiting].sort());
});

import { Queue, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { z } from 'zod';
import type { Database } from '../data/database.js';
import { tenantKey } from '../domain/tenant-key.js';
import { ManualClock, plusMs, systemClock, type Clock } from '../process/clock.js';
import { openBullTransport } from './bull-transport.js';
import { JobEntity } from './job.entity.js';
import { claimJob } from './job-queries.js';
import type { JobRunner } from './job-runner.js';
import type { JobHandler } from './job-handler.js';
import { ask, createWorker, effect, effects, openJobsDatabase, until, untilState } from './jobs.fixture.js';
import type { JobRequest } from './jobs.js';
import { createLocalTransport } from './local-transport.js';
import type { JobTransport, JobWake } from './transport.js';

declare const target: string;
const isReal = target === 'mariadb';

const log = pino({ level: 'silent' });
const request = { kind: 'render', payload: null };

function handler(run: JobHandler['run'], rest: Partial<JobHandler> = {}): JobHandler {
  return { kind: 'render', family: 'reports', maxAttempts: 2, payload: z.unknown(), run, ...rest };
}

if (!isReal) {
  it('runs jobs within the process where there is no Redis', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'jobs-api-'));
    const database = await openJobsDatabase({ url: null, dataDir, prefix: '' });
    const handlers = [handler(async () => effect('done'))];
    const worker = createWorker({ database, handlers, transport: createLocalTransport(), clock: systemClock });
    await worker.start([]);

    const id = await ask({ database, clock: systemClock, jobs: worker.jobs }, request);

    expect(await untilState(database, id, 'DONE')).toMatchObject({ fence: 1, progress: 100 });
    expect(await effects(database)).toEqual(['done']);
    await worker.stop();
    await database.close();
    rmSync(dataDir, { recursive: true });
  });
}

if (isReal) {
  const servers = z
    .object({ databaseUrl: z.string(), redisUrl: z.string() })
    .parse(JSON.parse(readFileSync('.cache/test-servers.json', 'utf8')));
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  let database: Database;
  let workers: JobRunner[] = [];
  let redis: Redis;
  let reports: Queue<JobWake>;

  const openTransport = () => openBullTransport({ redisUrl: servers.redisUrl, prefix, subgraph: 'jobs-test', log });

  const newWorker = async (
    handlers: readonly JobHandler[],
    rest: { clock?: Clock; transport?: JobTransport; sweepMs?: number } = {},
  ) => {
    const worker = createWorker({
      database,
      handlers,
      clock: systemClock,
      sweepMs: 200,
      transport: rest.transport ?? (await openTransport()),
      ...rest,
    });
    workers.push(worker);
    return worker;
  };

  const askFor = (worker: JobRunner, rest: Pick<JobRequest, 'dedupKey' | 'runAt'> = {}) =>
    ask({ database, clock: systemClock, jobs: worker.jobs }, { ...request, ...rest });

  /** The BullMQ jobs of a job, one an attempt, as an operator sees them. */
  const attemptsOf = async (id: string): Promise<Job<JobWake>[]> => {
    const all = await reports.getJobs(['completed', 'failed', 'waiting', 'active', 'delayed']);
    return all.filter((job) => job.data.id === id).sort((a, b) => a.data.attempt - b.data.attempt);
  };

  beforeAll(async () => {
    database = await openJobsDatabase({ url: servers.databaseUrl, dataDir: '', prefix });
    redis = new Redis(servers.redisUrl, { maxRetriesPerRequest: null });
    reports = new Queue(`${prefix}jobs-test-reports`, { connection: redis });
  });

  beforeEach(async () => {
    await database.orm.schema.clear();
    await reports.obliterate({ force: true });
  });

  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()));
    workers = [];
  });

  afterAll(async () => {
    await reports.obliterate({ force: true });
    await reports.close();
    redis.disconnect();
    await database.orm.schema.dropDatabase();
    await database.close();
  });

  describe('jobs through BullMQ', () => {
    it('shows kind, attempts, progress and failure in its queue', async () => {
      const worker = await newWorker([
        handler(async (job) => {
          await job.save({ percent: 30 * job.attempt, checkpoint: job.attempt });
          throw new Error(`no paper ${job.attempt}`);
        }),
      ]);
      await worker.start([]);

      const id = await askFor(worker);
      expect(await untilState(database, id, 'FAILED')).toMatchObject({
        attempts: 2,
        error: 'no paper 2',
        progress: 60,
      });
      await until(async () => (await reports.getFailedCount()) === 2);

      const attempts = await attemptsOf(id);
      expect(attempts.map(({ id, name, progress, failedReason }) => ({ id, name, progress, failedReason }))).toEqual([
        { id: `${id}_0`, name: 'render', progress: 30, failedReason: 'no paper 1' },
        { id: `${id}_1`, name: 'render', progress: 60, failedReason: 'no paper 2' },
      ]);
    });

    it('does each of forty jobs once over two workers, whatever is asked twice', async () => {
      const handlers = [handler(async (job) => effect(job.id))];
      const [first, second] = [await newWorker(handlers), await newWorker(handlers)];
      await Promise.all([first.start([]), second.start([])]);

      const ids = await Promise.all(
        Array.from({ length: 80 }, (_, index) =>
          askFor(index % 2 ? first : second, { dedupKey: tenantKey('brd_1', `job${index >> 1}`) }),
        ),
      );
      for (const id of ids) await untilState(database, id, 'DONE');

      expect(new Set(ids).size).toBe(40);
      expect((await effects(database)).sort()).toEqual([...new Set(ids)].sort());
    }, 30_000);

    it('gives a due row to one of eight who claim it at the same time', async () => {
      const asker = await newWorker([handler(async () => effect('never'))], { transport: createLocalTransport() });
      for (let round = 0; round < 10; round += 1) {
        const id = await askFor(asker);
        const lease = { now: systemClock.now(), until: plusMs(systemClock.now(), 60_000) };

        const claims = await Promise.all(Array.from({ length: 8 }, () => claimJob(database.em.fork(), id, lease)));

        expect(claims.flatMap((job) => job?.fence ?? [])).toEqual([1]);
      }
    });

    it('fires a schedule once over three workers', async () => {
      const clock = new ManualClock('2026-03-28T00:00:00Z');
      const handlers = [handler(async () => effect('fired'))];
      const schedule = { id: 'close-day', cron: '0 4 * * *', timeZone: 'Europe/Berlin', ...request };
      for (let count = 0; count < 3; count += 1)
        await (await newWorker(handlers, { clock, sweepMs: 20 })).start([schedule]);

      for (let day = 1; day <= 5; day += 1) {
        clock.advance(86_400_000);
        await until(async () => (await effects(database)).length >= day);
      }

      expect(await effects(database)).toEqual(Array.from({ length: 5 }, () => 'fired'));
      expect(await database.em.fork().count(JobEntity)).toBe(5);
    }, 30_000);
  });

  describe('when something dies', () => {
    it('continues a killed process from its checkpoint within seconds, with each effect once (R13)', async () => {
      const child = fork(fileURLToPath(new URL('./bull-worker.fixture.js', import.meta.url)), [
        JSON.stringify({ ...servers, prefix }),
      ]);
      const asker = await newWorker([handler(async () => effect('never'))], { transport: await openTransport() });
      const id = await askFor(asker);
      await once(child, 'message');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const killedMs = performance.now();

      const worker = await newWorker([
        handler(async (job) => effect(`from ${JSON.stringify(job.checkpoint)}, attempt ${job.attempt}`)),
      ]);
      await worker.start([]);

      expect(await untilState(database, id, 'DONE')).toMatchObject({ attempts: 0, fence: 2 });
      expect(await effects(database)).toEqual(['pages 1-6', 'from {"page":6}, attempt 1']);
      expect(performance.now() - killedMs).toBeLessThan(12_000);
    }, 40_000);

    it('adds again what Redis lost', async () => {
      const handlers = [handler(async () => effect('done'))];
      const asker = await newWorker(handlers);
      const id = await askFor(asker);
      await until(async () => (await attemptsOf(id)).length === 1);
      await reports.obliterate({ force: true });

      await (await newWorker(handlers)).start([]);

      await untilState(database, id, 'DONE');
      expect(await effects(database)).toEqual(['done']);
    });

    it('gives a hint again that came to nothing while its row was not due', async () => {
      const clock = new ManualClock('2026-03-28T00:00:00Z');
      const transport = await openTransport();
      const worker = await newWorker([handler(async () => effect('done'))], { clock, transport });
      await worker.start([]);
      const id = await ask({ database, clock, jobs: worker.jobs }, { ...request, runAt: plusMs(clock.now(), 60_000) });
      await until(async () => (await attemptsOf(id)).length === 1);
      await (await attemptsOf(id))[0]?.promote();
      await until(async () => (await reports.getCompletedCount()) === 1);
      expect((await attemptsOf(id))[0]?.returnvalue).toBe('NOTHING_TO_DO');

      clock.advance(60_000);

      await untilState(database, id, 'DONE');
      await until(async () => (await attemptsOf(id))[0]?.returnvalue === 'DONE');
      expect(await effects(database)).toEqual(['done']);
    });

    it.each([
      ['away', false],
      ['silent', true],
    ])('asks for a job within about a second while Redis is %s, and does it later', async (_, isListening) => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      if (!isListening) server.close();
      const startMs = performance.now();
      const transport = await openBullTransport({
        redisUrl: `redis://127.0.0.1:${port}`,
        prefix,
        subgraph: 'jobs-test',
        log,
      });
      const asker = await newWorker([handler(async () => effect('never'))], { transport });
      const id = await askFor(asker);
      const hint: JobWake = { id, family: 'reports', kind: 'render', fence: 0, attempt: 1 };
      await expect(transport.wake(hint, 0)).rejects.toThrow();
      expect(performance.now() - startMs).toBeLessThan(2_200);

      await (await newWorker([handler(async () => effect('done'))])).start([]);

      await untilState(database, id, 'DONE');
      expect(await effects(database)).toEqual(['done']);
      if (isListening) server.close();
    });
  });
}

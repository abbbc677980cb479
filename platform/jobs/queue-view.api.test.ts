import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { z } from 'zod';
import type { Database } from '../data/database.js';
import { openCuttableWay } from '../events/redis-stream.fixture.js';
import { systemClock } from '../process/clock.js';
import { openBullTransport } from './bull-transport.js';
import type { JobHandler, RunningJob } from './job-handler.js';
import type { JobRunner } from './job-runner.js';
import { ask, createWorker, effect, openJobsDatabase, until } from './jobs.fixture.js';
import { jobFamilies } from './jobs.js';
import { basic, operatorPassword, showQueues, type ShownQueues } from './queue-view.fixture.js';

declare const target: string;
const isReal = target === 'mariadb';
const subgraphs = ['jobs-test', 'other-test'];

if (!isReal) {
  it('answers 503 where Redis cannot be reached, and lives', async () => {
    const view = await showQueues({ redisUrl: 'redis://127.0.0.1:1', prefix: '', subgraphs });

    const answers = [await view.ask(''), await view.ask('/api/queues'), await view.ask('/static/images/logo.svg')];

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(await answers[0]?.text()).toMatch(/^Redis is away, so its queues cannot be shown\./);
    expect((await fetch(`${view.url}/livez`)).status).toBe(200);
    await view.close();
  });
}

if (isReal) {
  const { databaseUrl, redisUrl } = z
    .object({ databaseUrl: z.string(), redisUrl: z.string() })
    .parse(JSON.parse(readFileSync('.cache/test-servers.json', 'utf8')));
  const prefix = `t${randomBytes(4).toString('hex')}_`;
  const reports = `${prefix}jobs-test-reports`;
  const notifications = `${prefix}jobs-test-notifications`;
  const payload = { mail: 'ann@example.com' };
  let database: Database;
  let redis: Redis;
  let worker: JobRunner;
  let view: ShownQueues;

  const untilStopped = (job: RunningJob) =>
    new Promise<never>((_, reject) => job.signal.addEventListener('abort', () => reject(job.signal.reason)));
  const kind = (name: string, run: JobHandler['run'], rest: Partial<JobHandler> = {}): JobHandler => ({
    kind: name,
    family: 'reports',
    maxAttempts: 2,
    payload: z.unknown(),
    run,
    ...rest,
  });
  const handlers = [
    kind('do', async () => effect('done')),
    kind('fail', async (job) => {
      await job.save({ percent: 30 * job.attempt, checkpoint: job.attempt });
      throw new Error(`There is no paper for ${payload.mail}.`);
    }),
    kind('go-on', async (job) => {
      await job.save({ percent: 40, checkpoint: 4 });
      return untilStopped(job);
    }),
    kind('retry', async () => Promise.reject(new Error('Not yet.')), { family: 'notifications', maxAttempts: 9 }),
  ];
  const askFor = (name: string) => ask({ database, clock: systemClock, jobs: worker.jobs }, { kind: name, payload });
  const untilShown = (name: string, state: string, count: number) =>
    until(async () => (await view.jobs(name, state)).length === count, 20_000);

  beforeAll(async () => {
    const log = pino({ level: 'silent' });
    database = await openJobsDatabase({ url: databaseUrl, dataDir: '', prefix });
    redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
    const transport = await openBullTransport({ redisUrl, prefix, subgraph: 'jobs-test', log });
    worker = createWorker({ database, transport, handlers, clock: systemClock, sweepMs: 200 });
    view = await showQueues({ redisUrl, prefix, subgraphs });
    await worker.start([]);
    await askFor('do');
    await askFor('fail');
    await untilShown(reports, 'completed', 1);
    await untilShown(reports, 'failed', 2);
    for (let count = 0; count < 3; count += 1) await askFor('go-on');
    await untilShown(reports, 'active', 2);
    await untilShown(reports, 'waiting', 1);
  });

  afterAll(async () => {
    await view.close();
    await worker.stop();
    for (const family of jobFamilies) {
      const queue = new Queue(`${prefix}jobs-test-${family}`, { connection: redis });
      await queue.obliterate({ force: true });
      await queue.close();
    }
    redis.disconnect();
    await database.orm.schema.dropDatabase();
    await database.close();
  });

  describe('the queues for operators', () => {
    it('shows those of every subgraph and family, without the prefix', async () => {
      expect((await view.queues()).map(({ name, displayName }) => [name, displayName])).toEqual(
        subgraphs.flatMap((subgraph) =>
          jobFamilies.map((family) => [`${prefix}${subgraph}-${family}`, `${subgraph}-${family}`]),
        ),
      );
    });

    it('shows what waits, runs, is done and has failed, by kind and number of the attempt', async () => {
      const [done] = await view.jobs(reports, 'completed');
      expect(done).toMatchObject({ name: 'do, attempt 1', returnValue: 'DONE', progress: 100 });

      const failed = await view.jobs(reports, 'failed');
      expect(failed.map(({ name, failedReason, progress }) => [name, failedReason, progress])).toEqual([
        ['fail, attempt 2', 'There is no paper for [address].', 60],
        ['fail, attempt 1', 'There is no paper for [address].', 30],
      ]);

      await until(async () => (await view.jobs(reports, 'active')).every(({ progress }) => progress === 40));
      expect((await view.jobs(reports, 'active')).map(({ name }) => name)).toEqual(Array(2).fill('go-on, attempt 1'));
      expect((await view.jobs(reports, 'waiting')).map(({ name, progress }) => [name, progress])).toEqual([
        ['go-on, attempt 1', 0],
      ]);
    });

    it('shows what waits for its next attempt, and for how long', async () => {
      await askFor('retry');

      await until(async () => (await view.jobs(notifications, 'delayed'))[0]?.name === 'retry, attempt 3');
      expect(await view.jobs(notifications, 'delayed')).toMatchObject([{ delay: 800 }]);
    });

    it('shows ids and nothing of what the jobs are about', async () => {
      const answers = await Promise.all(
        ['completed', 'failed', 'active', 'waiting'].map(async (state) =>
          view.ask(`/api/queues?activeQueue=${reports}&status=${state}&page=1&jobsPerPage=10`).then((it) => it.text()),
        ),
      );

      expect(answers.join()).not.toContain(payload.mail);
      for (const { data } of await view.jobs(reports, 'failed'))
        expect(Object.keys(data).sort()).toEqual(['attempt', 'family', 'fence', 'id', 'kind']);
    });

    it('is a page of its own files that no search engine, frame or cache may have', async () => {
      const page = await view.ask('');
      const text = await page.text();

      expect(page.status).toBe(200);
      expect(text).toContain('<title>Job queues</title>');
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(page.headers.get('content-security-policy')).not.toContain('http');
      expect(['x-robots-tag', 'cache-control', 'x-frame-options'].map((name) => page.headers.get(name))).toEqual([
        'none',
        'no-store',
        'DENY',
      ]);
      const files = [...text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map((match) => match[1]);
      expect(files.length).toBeGreaterThan(4);
      for (const file of files) expect((await view.ask(`/${file}`)).status).toBe(200);
    });

    it.each([
      ['nobody', null],
      ['a wrong password', basic('operator', `${operatorPassword}.`)],
      ['a wrong name', basic('admin', operatorPassword)],
      ['another scheme', `Bearer ${operatorPassword}`],
    ])('answers 401 to %s and shows nothing', async (_, authorization) => {
      for (const path of ['', '/api/queues', '/static/images/logo.svg', '/nothing']) {
        const answer = await view.ask(path, { authorization });

        expect([answer.status, answer.headers.get('www-authenticate'), await answer.text()]).toEqual([
          401,
          'Basic realm="Job queues"',
          'Unauthorized',
        ]);
      }
    });

    it('changes nothing, whatever it is asked for', async () => {
      const countsOf = async () => (await view.queues()).find(({ name }) => name === reports)?.counts;
      const before = await countsOf();
      const [failed] = await view.jobs(reports, 'failed');
      const job = `${String(failed?.data['id'])}_${String(failed?.data['fence'])}`;
      const changes = [
        ['PUT', `/api/queues/${reports}/${job}/retry`],
        ['PUT', `/api/queues/${reports}/${job}/clean`],
        ['PUT', `/api/queues/${reports}/${job}/promote`],
        ['PATCH', `/api/queues/${reports}/${job}/update-data`],
        ['PUT', `/api/queues/${reports}/retry/failed`],
        ['PUT', `/api/queues/${reports}/clean/failed`],
        ['PUT', `/api/queues/${reports}/promote`],
        ['PUT', `/api/queues/${reports}/pause`],
        ['PUT', `/api/queues/${reports}/obliterate`],
        ['PUT', '/api/queues/pause'],
        ['POST', `/api/queues/${reports}/add`],
        ['DELETE', `/api/queues/${reports}`],
      ] as const;

      for (const [method, path] of changes) {
        const answer = await view.ask(path, { method });
        expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD']);
      }

      expect(await countsOf()).toEqual(before);
      expect(before).toMatchObject({ active: 2, waiting: 1, completed: 1, failed: 2 });
      expect(new Set((await view.queues()).map(({ readOnlyMode, isPaused }) => `${readOnlyMode} ${isPaused}`))).toEqual(
        new Set(['true false']),
      );
    });

    it('answers 503 while Redis is away or silent, lives, and shows the queues again', async () => {
      const way = await openCuttableWay(redisUrl);
      const shown = await showQueues({ redisUrl: way.url, prefix, subgraphs });
      const statusIs = (status: number) => async () => (await shown.ask('/api/queues')).status === status;
      await until(statusIs(200));

      await way.cut();
      await until(statusIs(503));
      expect(await (await shown.ask('')).text()).toMatch(/^Redis is away, so its queues cannot be shown\./);
      await way.mend();
      await until(statusIs(200));
      way.silence();
      const startMs = performance.now();
      expect((await shown.ask('/api/queues')).status).toBe(503);
      expect(performance.now() - startMs).toBeLessThan(2_500);
      await way.mend();
      await until(statusIs(200));

      await shown.close();
      await way.close();
    });
  });
}

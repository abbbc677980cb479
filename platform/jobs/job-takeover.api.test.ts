import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { z } from 'zod';
import { makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import type { Database } from '../data/database.js';
import { systemClock } from '../process/clock.js';
import { openBullTransport } from './bull-transport.js';
import type { JobRunner } from './job-runner.js';
import { ask, createWorker, effect, effects, openJobsDatabase, until, untilState } from './jobs.fixture.js';
import { createLocalTransport } from './local-transport.js';
import type { JobTransport, JobWake } from './transport.js';

const log = pino({ level: 'silent' });
const longMs = 60_000;
const request = { kind: 'render', payload: null };

/** One process that works, and what it has told. */
interface WorkerProcess {
  readonly name: string;
  readonly child: ChildProcess;
  readonly said: { readonly page?: number; readonly refused?: string; readonly isWorking?: true }[];
}

let place: TestPlace;
let database: Database;
let transport: JobTransport;
/** Asks for jobs and does none, as a subgraph's process among many. */
let asker: JobRunner;
let workers: WorkerProcess[] = [];

beforeEach(async () => {
  place = makeTestPlace();
  const { location, redisUrl } = place;
  database = await openJobsDatabase(location);
  transport = redisUrl
    ? await openBullTransport({ redisUrl, prefix: location.prefix, subgraph: 'jobs-test', log })
    : createLocalTransport();
  const render = { kind: 'render', family: 'reports', maxAttempts: 3, payload: z.unknown() } as const;
  const handlers = [{ ...render, run: async () => effect('never') }];
  asker = createWorker({ database, transport, handlers, clock: systemClock });
});

afterEach(async () => {
  for (const { child } of workers) child.kill('SIGKILL');
  workers = [];
  await asker.stop();
  await withReports((queue) => queue.obliterate({ force: true }));
  if (place.location.url) await database.orm.schema.dropDatabase();
  await database.close();
  await place.remove();
});

/** Does something with the queue the job waits in; nothing where there is no Redis. */
async function withReports(use: (queue: Queue<JobWake>) => Promise<unknown>): Promise<void> {
  if (!place.redisUrl) return;
  const connection = new Redis(place.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue<JobWake>(`${place.location.prefix}jobs-test-reports`, { connection });
  await use(queue);
  await queue.close();
  connection.disconnect();
}

async function startWorker(name: string): Promise<WorkerProcess> {
  const { location, redisUrl } = place;
  const script = fileURLToPath(new URL('./paging-worker.fixture.js', import.meta.url));
  const worker: WorkerProcess = { name, child: fork(script, [JSON.stringify({ location, redisUrl, name })]), said: [] };
  worker.child.on('message', (message: WorkerProcess['said'][number]) => worker.said.push(message));
  workers.push(worker);
  await until(() => worker.said.length > 0, longMs);
  return worker;
}

/** Starts two workers, asks for the job and returns the one that has come to its third page, and the other. */
async function startTwo() {
  const [one, two] = await Promise.all([startWorker('one'), startWorker('two')]);
  const id = await ask({ database, clock: systemClock, jobs: asker.jobs }, request);
  const holds = ({ said }: WorkerProcess) => said.some(({ page }) => page === 3);
  await until(() => holds(one) || holds(two), longMs);
  return holds(one) ? { id, holder: one, other: two } : { id, holder: two, other: one };
}

/** Milliseconds until this worker goes on with the job. */
async function untilTakenOver({ said }: WorkerProcess): Promise<number> {
  const startMs = performance.now();
  await until(() => said.some(({ page }) => page !== undefined), longMs);
  return performance.now() - startMs;
}

function pages(from: number, to: number, name: string): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `page ${from + index} by ${name}`);
}

/** What was written must be every page once, in order, the first ones by the holder. */
async function expectEachPageOnce(holder: WorkerProcess, other: WorkerProcess): Promise<void> {
  const written = await effects(database);
  const byHolder = written.filter((what) => what.endsWith(holder.name)).length;
  expect(byHolder).toBeGreaterThanOrEqual(3);
  expect(written).toEqual([
    ...pages(1, byHolder, holder.name),
    ...pages(byHolder + 1, 10, other.name),
    `done by ${other.name}`,
  ]);
}

describe('a job of one of two worker processes', () => {
  it(
    'R13 goes on in the other after a kill -9, from the checkpoint, each page once',
    async () => {
      const { id, holder, other } = await startTwo();

      holder.child.kill('SIGKILL');
      await untilTakenOver(other);

      expect(await untilState(database, id, 'DONE')).toMatchObject({ attempts: 0, fence: 2, progress: 100 });
      await expectEachPageOnce(holder, other);
    },
    2 * longMs,
  );

  it(
    'R13 stays with the other when the first, frozen longer than its lease, wakes up and goes on',
    async () => {
      const { id, holder, other } = await startTwo();

      holder.child.kill('SIGSTOP');
      await untilTakenOver(other);
      holder.child.kill('SIGCONT');
      await until(() => holder.said.some(({ refused }) => refused !== undefined), longMs);

      expect(holder.said.at(-1)).toEqual({ refused: 'JobLost' });
      expect(await untilState(database, id, 'DONE')).toMatchObject({ attempts: 0, fence: 2 });
      await expectEachPageOnce(holder, other);
    },
    2 * longMs,
  );

  it(
    'R13 is not done again when its hints come again after its end',
    async () => {
      const worker = await startWorker('one');
      const id = await ask({ database, clock: systemClock, jobs: asker.jobs }, request);
      await untilState(database, id, 'DONE');

      for (const fence of [0, 1]) {
        await transport.wake({ id, family: 'reports', kind: 'render', fence, attempt: 1 }, 0);
        await withReports((queue) =>
          until(async () => (await queue.getJob(`${id}_${fence}`))?.returnvalue === 'NOTHING_TO_DO'),
        );
      }

      expect(await effects(database)).toEqual([...pages(1, 10, 'one'), 'done by one']);
      expect(worker.said.filter(({ page }) => page !== undefined)).toHaveLength(10);
    },
    2 * longMs,
  );
});

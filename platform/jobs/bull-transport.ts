import { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { tellableError, type Log } from '../process/log.js';
import { openRedis, openWaitingRedis } from '../process/redis-connection.js';
import { briefly } from '../process/waiting.js';
import { jobFamilies, type JobFamily } from './jobs.js';
import type { AnswerWake, JobTransport, JobWake } from './transport.js';

const CONCURRENCY = 2;
const REDIS_ANSWERS_MS = 1_000;
const CLOSE_WAITS_MS = 5_000;
const DAY_S = 86_400;

/** Where the queues are and which of them this process works off. */
export interface BullTransportOptions {
  readonly redisUrl: string;
  /** Put before the queue's name, so that installations can share one Redis. */
  readonly prefix: string;
  readonly subgraph: string;
  readonly log: Log;
  /** Families whose jobs are done here; all if absent. Any family can be hinted at. */
  readonly families?: readonly JobFamily[];
}

type Queues = ReadonlyMap<JobFamily, Queue<JobWake>>;

/**
 * Hints through BullMQ, one queue a family, named `<prefix><subgraph>-<family>`. Each attempt is one BullMQ job, named
 * by its kind, whose progress, outcome and failure its tools show. Redis may be away when this opens and afterwards.
 */
export async function openBullTransport(options: BullTransportOptions): Promise<JobTransport> {
  const { redisUrl, log } = options;
  // Adding fails at once without Redis rather than waiting for it: the sweep adds again.
  const connection = { redisUrl, log, meanwhile: 'jobs wait in the database' };
  const adding = openRedis({ ...connection, answersWithinMs: REDIS_ANSWERS_MS });
  const working = openWaitingRedis(connection);
  const queues: Queues = new Map(jobFamilies.map((family) => [family, openQueue(options, family, adding)]));
  const workers: Worker<JobWake>[] = [];
  await Promise.race([
    Promise.all([...queues.values()].map((queue) => queue.waitUntilReady())),
    briefly(REDIS_ANSWERS_MS),
  ]);
  return {
    wake: (job, delayMs) => wake({ adding, queues }, job, delayMs),
    onWake: (answer) => {
      for (const family of options.families ?? jobFamilies)
        workers.push(openWorker({ ...options, family, answer }, working));
    },
    close: async () => {
      await Promise.race([Promise.allSettled(workers.map((worker) => worker.close())), briefly(CLOSE_WAITS_MS)]);
      await Promise.race([
        Promise.allSettled([...queues.values()].map((queue) => queue.close())),
        briefly(REDIS_ANSWERS_MS),
      ]);
      adding.disconnect();
      working.disconnect();
    },
  };
}

async function wake(
  { adding, queues }: { adding: Redis; queues: Queues },
  job: JobWake,
  delayMs: number,
): Promise<void> {
  const queue = queues.get(job.family);
  if (!queue) throw new Error(`There is no queue ${job.family}.`);
  if (adding.status !== 'ready') throw new Error('Redis is away.');
  const jobId = `${job.id}_${job.fence}`;
  // A finished hint keeps its id for the operators' list. One given again means that it came to nothing then, as
  // when the database was away, so it makes room.
  const known = await queue.getJob(jobId);
  if (known?.finishedOn) await known.remove();
  await queue.add(job.kind, job, { jobId, delay: delayMs });
}

function openQueue(options: BullTransportOptions, family: JobFamily, connection: Redis): Queue<JobWake> {
  const defaultJobOptions = {
    attempts: 1,
    removeOnComplete: { age: DAY_S, count: 1_000 },
    removeOnFail: { age: 7 * DAY_S, count: 1_000 },
  };
  // A Redis that dies while it is asked for its version would leave the queue broken for as long as the process lives.
  const settings = { connection, defaultJobOptions, skipVersionCheck: true };
  const queue = new Queue<JobWake>(queueName(options, family), settings);
  queue.on('error', (error) => options.log.debug({ queue: queue.name, reason: error.message }, 'job queue'));
  return queue;
}

function openWorker(
  options: BullTransportOptions & { family: JobFamily; answer: AnswerWake },
  connection: Redis,
): Worker<JobWake> {
  const { family, answer, log } = options;
  const worker = new Worker<JobWake>(
    queueName(options, family),
    (job) =>
      answer(job.data, (percent) => {
        job
          .updateProgress(percent)
          .catch((error: unknown) => log.debug({ jobId: job.id, err: error }, 'progress was not shown'));
      }).catch((error: unknown) => {
        // Redis keeps what is thrown, for operators to read.
        throw tellableError(error);
      }),
    // Another worker takes a killed one's jobs after 4 s; BullMQ's own defaults would make it a minute.
    { connection, concurrency: CONCURRENCY, lockDuration: 5_000, stalledInterval: 2_000, maxStalledCount: 10 },
  );
  worker.on('error', (error) => log.debug({ queue: worker.name, reason: error.message }, 'job worker'));
  return worker;
}

/** The name of the queue that a subgraph's jobs of one family wait in. */
export function queueName(
  { prefix, subgraph }: Pick<BullTransportOptions, 'prefix' | 'subgraph'>,
  family: JobFamily,
): string {
  return `${prefix}${subgraph}-${family}`;
}

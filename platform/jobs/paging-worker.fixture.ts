// A worker process of its own, for tests that kill or freeze it: its one job has ten pages, each saved with its effect.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { z } from 'zod';
import { openDatabase } from '../data/database.js';
import { systemClock } from '../process/clock.js';
import { openBullTransport } from './bull-transport.js';
import { createWorker, effect, EffectEntity } from './jobs.fixture.js';
import { createLocalTransport } from './local-transport.js';

const PAGES = 10;
const PAGE_TAKES_MS = 150;

const { location, redisUrl, name } = z
  .object({
    location: z.object({ url: z.string().nullable(), dataDir: z.string(), prefix: z.string() }),
    redisUrl: z.string().nullable(),
    name: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const saved = z.object({ page: z.number() }).nullable();

const log = pino({ level: 'silent' });
const database = await openDatabase('jobs-test', location, [EffectEntity]);
const transport = redisUrl
  ? await openBullTransport({ redisUrl, prefix: location.prefix, subgraph: 'jobs-test', log })
  : createLocalTransport();
const worker = createWorker({
  database,
  transport,
  clock: systemClock,
  // As the product does.
  sweepMs: 1_500,
  handlers: [
    {
      kind: 'render',
      family: 'reports',
      maxAttempts: 3,
      payload: z.unknown(),
      run: async (job) => {
        for (let page = (saved.parse(job.checkpoint)?.page ?? 0) + 1; page <= PAGES; page += 1) {
          await sleep(PAGE_TAKES_MS);
          try {
            await job.save({ percent: page * 10, checkpoint: { page }, effect: effect(`page ${page} by ${name}`) });
          } catch (error) {
            process.send?.({ refused: error instanceof Error ? error.name : 'unknown' });
            throw error;
          }
          process.send?.({ page });
        }
        return effect(`done by ${name}`);
      },
    },
  ],
});
// Keeps the process alive, which nothing of a worker does without Redis, and ends it with the test.
process.on('disconnect', () => process.exit());
await worker.start([]);
process.send?.({ isWorking: true });

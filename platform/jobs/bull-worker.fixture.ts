// A worker process of its own, for tests that kill it: it saves one checkpoint, says so, and then works for ever.
import { pino } from 'pino';
import { z } from 'zod';
import { openDatabase } from '../data/database.js';
import { systemClock } from '../process/clock.js';
import { openBullTransport } from './bull-transport.js';
import { createWorker, effect, EffectEntity } from './jobs.fixture.js';

const { databaseUrl, redisUrl, prefix } = z
  .object({ databaseUrl: z.string(), redisUrl: z.string(), prefix: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const database = await openDatabase('jobs-test', { url: databaseUrl, dataDir: '', prefix }, [EffectEntity]);
const transport = await openBullTransport({ redisUrl, prefix, subgraph: 'jobs-test', log: pino({ level: 'silent' }) });
const worker = createWorker({
  database,
  transport,
  clock: systemClock,
  handlers: [
    {
      kind: 'render',
      family: 'reports',
      maxAttempts: 3,
      payload: z.unknown(),
      run: async (job) => {
        await job.save({ percent: 60, checkpoint: { page: 6 }, effect: effect('pages 1-6') });
        process.send?.(job.id);
        return new Promise(() => setInterval(() => undefined, 1_000));
      },
    },
  ],
});
await worker.start([]);

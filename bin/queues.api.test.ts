import { readdirSync } from 'node:fs';
import { openDatabase } from '../platform/data/database.js';
import { ensureSchema } from '../platform/data/schema.js';
import { JobEntity } from '../platform/jobs/job.entity.js';
import { plusMs, systemClock } from '../platform/process/clock.js';
import { runCommand } from '../tests/harness/command.js';
import { environmentOf } from '../tests/harness/process.js';
import { makeTestPlace, type TestPlace } from '../tests/harness/target.js';
import { subgraphs } from './subgraphs.js';

const spawnsMs = 180_000;
const running = (now: Date): Partial<JobEntity> => ({
  id: 'job_1',
  kind: 'send-receipt',
  family: 'notifications',
  state: 'RUNNING',
  progress: 40,
  attempts: 1,
  maxAttempts: 5,
  runAt: now,
  createdAt: now,
  leaseUntil: plusMs(now, 600_000),
});

describe('the command that prints the queues', () => {
  let place: TestPlace;

  beforeEach(() => (place = makeTestPlace()));
  afterEach(() => place.remove());

  const print = (...args: readonly string[]) => runCommand('queues', environmentOf(place), args);

  it(
    'prints what the database knows, without Redis and without changing anything',
    async () => {
      const now = systemClock.now();
      for (const { name, entities, migrations } of subgraphs) {
        const database = await openDatabase(name, place.location, entities);
        await ensureSchema(database, migrations);
        if (name === 'orders') await database.em.fork().insert(JobEntity, Object.assign(new JobEntity(), running(now)));
        await database.close();
      }

      const text = await print();
      const json = await print('--json');

      expect([text.exitCode, json.exitCode, text.errors, json.errors]).toEqual([0, 0, [], []]);
      expect(text.output.filter((line) => !line.startsWith(' '))).toEqual(subgraphs.map(({ name }) => name));
      expect(text.output.filter((line) => line.includes('send-receipt'))).toEqual([
        `    send-receipt job_1 (notifications): 40 %, attempt 2, lease until ${plusMs(now, 600_000).toISOString()}`,
      ]);
      const { at, subgraphs: reports } = JSON.parse(json.output.join('\n'));
      expect(Date.parse(at)).toBeGreaterThanOrEqual(now.getTime());
      expect(reports.map(({ subgraph }: { subgraph: string }) => subgraph)).toEqual(subgraphs.map(({ name }) => name));
      const counts = { queued: 0, delayed: 0, running: 1, done: 0, failed: 0 };
      expect(reports[2].families[1]).toEqual({ family: 'notifications', ...counts });
      expect(await print()).toEqual(text);
    },
    spawnsMs,
  );

  it(
    'says what is missing where nothing was ever started, and makes nothing',
    async () => {
      const env = environmentOf(place);
      const before = readdirSync(place.dataDir);

      const { exitCode, output, errors } = await runCommand('queues', env, []);

      expect([exitCode, output]).toEqual([1, []]);
      expect(errors).toEqual([expect.stringMatching(/^There is no accounts database yet: /)]);
      expect(readdirSync(place.dataDir)).toEqual(before);
    },
    spawnsMs,
  );

  it(
    'refuses an option it does not know',
    async () => {
      expect(await print('--jsno')).toMatchObject({ exitCode: 1, output: [] });
    },
    spawnsMs,
  );
});

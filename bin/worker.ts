import { jobFamilies } from '../platform/jobs/jobs.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { runProcess } from './run-process.js';
import { openWorkerProcess } from './worker-process.js';

await exitOnFailure(async () => {
  const [, , wanted] = process.argv;
  const families = jobFamilies.filter((family) => wanted === undefined || family === wanted);
  if (families.length === 0)
    throw new Error(`Usage: node dist/bin/worker.js [family], the family being one of ${jobFamilies.join(', ')}.`);
  await runProcess({
    title: wanted === undefined ? 'worker' : `worker of ${wanted}`,
    needsDatabase: true,
    open: (options) => openWorkerProcess(families, options),
  });
});

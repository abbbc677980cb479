import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../platform/process/clock.js';
import { loadConfig } from '../platform/process/config.js';
import { createLog } from '../platform/process/log.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { ensureDemo } from './demo/demo.js';
import { openProduct } from './product.js';

const USAGE = 'Usage: node dist/bin/demo.js [--days <days of history, 0 or more>]';

/** Fills an installation that has no brand with the demo, and tells where its sign-ins are; to be run before the other processes start. */
async function main(): Promise<void> {
  const days = readDays();
  const config = loadConfig();
  const product = await openProduct({ config, clock: systemClock, log: createLog(config.logLevel) });
  try {
    await product.serve();
    const demo = await ensureDemo(product, { dataDir: config.dataDir, url: config.publicUrl, ...days });
    process.stdout.write(
      demo
        ? `The demo data is there; its sign-ins are in ${join(config.dataDir, 'demo.json')}\n`
        : 'There are brands already: no demo was made.\n',
    );
  } finally {
    await product.stop();
  }
}

function readDays(): { days?: number } {
  const { values } = parseArgs({ options: { days: { type: 'string' } } });
  if (values.days === undefined) return {};
  if (!/^\d{1,4}$/.test(values.days)) throw new Error(USAGE);
  return { days: Number(values.days) };
}

await exitOnFailure(main);

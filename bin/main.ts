import { systemClock } from '../platform/process/clock.js';
import { loadConfig, type Config } from '../platform/process/config.js';
import { createLog } from '../platform/process/log.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { stopOnSignal } from '../platform/process/shutdown.js';
import { ensureDemo, printDemo } from './demo/demo.js';
import { openProduct, type Product } from './product.js';
import { addressLines } from './ready-lines.js';

/** Runs the whole product in this process until it is told to stop; `--empty` leaves the demo data out. */
export async function main(args: readonly string[]): Promise<void> {
  await exitOnFailure(async () => {
    const config = loadConfig();
    const product = await openProduct({ config, clock: systemClock, log: createLog(config.logLevel) });
    stopOnSignal(() => product.stop());
    const { port } = await product.gateway.listen(config.port, config.host);
    const url = config.publicUrl.replace(/:0$/, `:${port}`);
    await product.begin();
    await prepareData(product, { config, url, isDemoWanted: !args.includes('--empty') });
    process.stdout.write(`TwinEngine is ready at ${url}\n`);
  });
}

async function prepareData(
  product: Product,
  { config, url, isDemoWanted }: { config: Config; url: string; isDemoWanted: boolean },
): Promise<void> {
  const demo = isDemoWanted ? await ensureDemo(product, { dataDir: config.dataDir, url }) : null;
  process.stdout.write(addressLines(url));
  if (demo) printDemo(demo, config.dataDir);
}

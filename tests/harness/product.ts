import { ensureDemo } from '../../bin/demo/demo.js';
import type { Demo } from '../../bin/demo/demo-file.js';
import type { DemoPerson } from '../../bin/demo/brands.js';
import { openProduct, type Product } from '../../bin/product.js';
import type { Clock } from '../../platform/process/clock.js';
import { systemClock } from '../../platform/process/clock.js';
import { loadConfig } from '../../platform/process/config.js';
import { createLog } from '../../platform/process/log.js';
import { newSecrets } from '../../platform/process/secrets.js';
import { clientOf, signIn, type TestClient } from './client.js';
import { makeTestPlace } from './target.js';

/** The whole product with demo brands, on a real port. */
export interface TestProduct {
  readonly product: Product;
  readonly demo: Demo;
  readonly url: string;
  signIn(person: DemoPerson, brandIndex?: number): Promise<TestClient>;
  nobody(): TestClient;
  stop(): Promise<void>;
}

/** Starts the product in an empty place; `days` of history, none unless told. */
export async function startTestProduct({
  days = 0,
  clock = systemClock,
}: { days?: number; clock?: Clock } = {}): Promise<TestProduct> {
  const place = makeTestPlace();
  const { url: databaseUrl, prefix } = place.location;
  const config = {
    ...loadConfig({ DATA_DIR: place.dataDir }),
    databaseUrl,
    redisUrl: place.redisUrl,
    namePrefix: prefix,
    secrets: newSecrets(),
  };
  const product = await openProduct({ config, clock, log: createLog('silent') });
  const { url } = await product.gateway.listen(0, '127.0.0.1');
  await product.begin();
  const demo = await ensureDemo(product, { dataDir: place.dataDir, url, days });
  if (!demo) throw new Error('The test product needs its demo.');
  return {
    product,
    demo,
    url,
    signIn: (person, brandIndex = 0) => signIn(url, demo.brands[brandIndex]?.users[person]),
    nobody: () => clientOf(url, { accessToken: '', refreshToken: '' }),
    stop: async () => {
      await product.stop();
      await place.remove();
    },
  };
}

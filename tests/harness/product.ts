import { ensureDemo } from '../../bin/demo/demo.js';
import type { Demo } from '../../bin/demo/demo-file.js';
import type { DemoPerson } from '../../bin/demo/brands.js';
import type { CompleteConfig, ProcessOptions } from '../../bin/infrastructure.js';
import { openProduct } from '../../bin/product.js';
import { systemClock, type Clock } from '../../platform/process/clock.js';
import { loadConfig, type Config } from '../../platform/process/config.js';
import { createLog } from '../../platform/process/log.js';
import { newSecrets } from '../../platform/process/secrets.js';
import type { RunningSubgraph } from '../../platform/subgraph-server.js';
import { clientOf, signIn, type TestClient } from './client.js';
import { startTestCluster } from './cluster.js';
import { testGenerosity } from './subgraph.js';
import { makeTestPlace, type TestPlace } from './target.js';

/** The whole product with demo brands, on a real port: one process on embedded databases, two of each process on servers. */
export interface TestProduct {
  readonly demo: Demo;
  /** A gateway; where there are two, a client's calls go to one and its subscriptions to the other. */
  readonly url: string;
  /** The gateway that subscriptions go to. */
  readonly subscriptionUrl: string;
  /** What viewers are signed with, for tests that speak to a subgraph as the gateway does. */
  readonly viewerSecret: string;
  /** Every replica of every subgraph. */
  readonly subgraphs: readonly RunningSubgraph[];
  signIn(person: DemoPerson, brandIndex?: number): Promise<TestClient>;
  nobody(): TestClient;
  /** Applies every event that has been committed anywhere, and what follows from it. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the product in an empty place; `days` of history, none unless told; limits a thousand times what they are, and a configuration without changes, unless told. */
export async function startTestProduct({
  days = 0,
  clock = systemClock,
  generosity = testGenerosity,
  changes = {},
}: { days?: number; clock?: Clock; generosity?: number; changes?: Partial<Config> } = {}): Promise<TestProduct> {
  const place = makeTestPlace();
  const options = {
    config: { ...configOf(place), ...changes, secrets: newSecrets() },
    clock,
    log: createLog('silent'),
    generosity,
    // A busy machine's Redis is no absent one: what is counted without it would be let through besides.
    redisAnswersMs: 10_000,
  };
  const { demo, ...running } = await (place.location.url === null ? startOne : startMany)(options, days);
  const [url = '', subscriptionUrl = url] = running.urls;
  return {
    demo,
    url,
    subscriptionUrl,
    viewerSecret: options.config.secrets.viewerSecret,
    subgraphs: running.subgraphs,
    settle: running.settle,
    signIn: (person, brandIndex = 0) => signIn(url, demo.brands[brandIndex]?.users[person], subscriptionUrl),
    nobody: () => clientOf(url, { accessToken: '', refreshToken: '' }, subscriptionUrl),
    stop: async () => {
      await running.stop();
      await place.remove();
    },
  };
}

function configOf(place: TestPlace): Config {
  const { url: databaseUrl, prefix: namePrefix } = place.location;
  // A busy machine may take its time; no test of this product is about a subgraph that does.
  const env = { DATA_DIR: place.dataDir, SUBGRAPH_DEADLINE_MS: '15000' };
  return { ...loadConfig(env), databaseUrl, redisUrl: place.redisUrl, namePrefix };
}

interface Started {
  readonly demo: Demo;
  readonly urls: readonly string[];
  readonly subgraphs: readonly RunningSubgraph[];
  settle(): Promise<void>;
  stop(): Promise<void>;
}

async function startOne(options: ProcessOptions<CompleteConfig>, days: number): Promise<Started> {
  const product = await openProduct(options);
  const { url } = await product.gateway.listen(0, '127.0.0.1');
  await product.begin();
  const demo = await demoOf(product, { options, url, days });
  const { settle, stop } = product;
  return { demo, urls: [url], subgraphs: Object.values(product.subgraphs), settle, stop };
}

async function startMany(options: ProcessOptions<CompleteConfig>, days: number): Promise<Started> {
  const product = await openProduct(options);
  await product.serve();
  const demo = await demoOf(product, { options, url: 'http://localhost', days });
  await product.stop();
  return { demo, ...(await startTestCluster(options)) };
}

async function demoOf(
  product: Parameters<typeof ensureDemo>[0],
  { options, url, days }: { options: ProcessOptions<CompleteConfig>; url: string; days: number },
): Promise<Demo> {
  const demo = await ensureDemo(product, { dataDir: options.config.dataDir, url, days });
  if (!demo) throw new Error('The test product needs its demo.');
  return demo;
}

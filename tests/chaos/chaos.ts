import { setTimeout as sleep } from 'node:timers/promises';
import { startCluster, type Cluster } from '../../bin/cluster/cluster.js';
import { readDemo } from '../../bin/demo/demo-file.js';
import { createRandom } from '../../bin/demo/random.js';
import type { PrivateServer } from '../../bin/servers/start.js';
import { closeBooks } from './audit.js';
import { createCaller } from './caller.js';
import { openHouses } from './house.js';
import { Journal } from './journal.js';
import type { Kill } from './kill-plan.js';
import { runKiller, type KillRecord, type Witness } from './killer.js';
import { createLedger, listUnsettled, readBalance, readOrdersCursor, type Balance, type Ledger } from './ledger.js';
import { playLoad } from './load.js';
import { openBooks } from './opening.js';
import { startSubscriber, type Subscriber } from './subscriber.js';

/** A run: where it is, how much goes on and who dies. */
export interface ChaosOptions {
  /** The whole environment of the cluster's processes. */
  readonly env: NodeJS.ProcessEnv;
  readonly place: {
    readonly databaseUrl: string;
    readonly prefix: string;
    readonly redisUrl: string;
    readonly dataDir: string;
  };
  /** What can be killed beside processes. */
  readonly servers: { readonly database: PrivateServer | null; readonly redis: PrivateServer | null };
  readonly seed: number;
  readonly replicas: number;
  readonly plan: readonly Kill[];
  readonly loadMs: number;
  /** On a busy machine the load goes on until so many orders are acknowledged. */
  readonly leastOrders: number;
  readonly tablesAtOnce: number;
  readonly demoDays: number;
  /** Told every line of every process. */
  readonly write: (line: string) => void;
  readonly witness: Witness;
}

/** What a run came to. */
export interface ChaosResult {
  readonly journal: Journal;
  readonly kills: readonly KillRecord[];
  readonly before: Balance;
  readonly after: Balance;
  readonly subscribers: readonly Subscriber[];
  /** From the end of the load until every event was applied and every report made, in milliseconds. */
  readonly settledAfterMs: number;
}

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 300;

/** Starts a cluster, plays the load while the killer goes round, and closes the books. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { env, replicas, write, demoDays, place } = options;
  const cluster = await startCluster({ env, replicas, port: 0, host: '127.0.0.1', write, demoDays });
  try {
    return await playAndClose(options, cluster, createLedger(place));
  } finally {
    await cluster.stop();
  }
}

async function playAndClose(options: ChaosOptions, cluster: Cluster, ledger: Ledger): Promise<ChaosResult> {
  const { place, servers, seed, plan, loadMs: durationMs, leastOrders, tablesAtOnce, witness } = options;
  const journal = new Journal();
  const run = `chaos-${seed}`;
  const doors = doorsOf(cluster);
  const asking = { doors, random: createRandom(seed), journal };
  const demo = readDemo(place.dataDir);
  if (!demo) throw new Error('The cluster has no demo.');
  const houses = await openHouses({ demo, ...asking });
  await settled(ledger);
  const before = await readBalance(ledger);
  const { cursor, seq } = await readOrdersCursor(ledger);
  const opening = await openBooks(ledger, seq);
  const subscribers = demo.brands.map(({ users, outlets }) => {
    const caller = createCaller({ ...asking, user: users.chef });
    return startSubscriber({ outletId: outlets[0]?.id ?? '', caller, doors, since: cursor });
  });
  try {
    const [kills] = await Promise.all([
      runKiller(plan, { cluster, ...servers, redisUrl: place.redisUrl }, witness),
      playLoad({ houses, journal, seed, run, durationMs, leastOrders, tablesAtOnce }),
    ]);
    const settledAfterMs = await settled(ledger);
    await allHeard(ledger, subscribers, seq);
    await closeBooks({ ledger, journal, run, dataDir: place.dataDir, subscribers, opening });
    return { journal, kills, before, after: await readBalance(ledger), subscribers, settledAfterMs };
  } finally {
    await Promise.all(subscribers.map((subscriber) => subscriber.stop()));
  }
}

/** The one port, and past it each gateway. */
function doorsOf({ url, processes }: Cluster): string[] {
  return [url, ...processes.filter(({ role }) => role === 'gateway').map((gateway) => gateway.url)];
}

/** Waits until nothing is left to publish, to apply and to make; gives up after a minute, and the books will say what is open. */
async function settled(ledger: Ledger): Promise<number> {
  return waitUntil(async () => (await listUnsettled(ledger)).length === 0);
}

async function allHeard(ledger: Ledger, subscribers: readonly Subscriber[], afterSeq: number): Promise<void> {
  const rows = await ledger.select(
    `select outlet_id, count(*) n from {orders}.outbox_event
     where published_seq > ? and type in ('order.placed', 'order.status-changed') group by outlet_id`,
    [afterSeq],
  );
  const told = new Map(rows.map(({ outlet_id, n }) => [outlet_id, Number(n)]));
  await waitUntil(async () => subscribers.every(({ outletId, events }) => events.length >= (told.get(outletId) ?? 0)));
}

async function waitUntil(isTrue: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  const passedMs = () => performance.now() - startedAt;
  while (passedMs() < PATIENCE_MS && !(await isTrue())) await sleep(LOOK_EVERY_MS);
  return Math.round(passedMs());
}

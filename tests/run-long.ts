import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startServers, type Servers } from '../bin/servers/servers.js';
import { findingsOf, logKills, reportLines } from './chaos/chaos-report.js';
import { runChaos, type ChaosResult } from './chaos/chaos.js';
import { books } from './chaos/journal.js';
import { planKills, planText, serverVictims } from './chaos/kill-plan.js';
import { environmentOf } from './harness/process.js';
import { proveLongDisorder } from './long-disorder.js';
import { timeEnumeration } from './long-enumeration.js';

const LOG = '.cache/chaos.log';
const LOAD_MS = 60_000;
const KILL_EVERY_MS = 3_000;
const LARGEST_SEED = 1_000_000;

/** The long set: what times tell of addresses, disordered events, then a minute of load on private servers while a process or server dies every three seconds. */
async function main(args: readonly string[]): Promise<number> {
  const seed = readSeed(args);
  mkdirSync('.cache', { recursive: true });
  writeFileSync(LOG, '');
  // Never servers that were given: these are killed.
  const servers = await startServers({});
  try {
    print(servers.describe);
    const times = await runEnumeration();
    const disorder = await runDisorder(servers);
    const result = await runLong(seed, servers);
    for (const line of reportLines(result)) print(line);
    const failed =
      books.filter((book) => findingsOf(result.journal, book).length > 0).length + disorder.failed + times.failed;
    print(`${books.length + 1 + times.count - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await servers.stop();
  }
}

async function runEnumeration(): Promise<{ count: number; failed: number }> {
  let [count, failed] = [0, 0];
  await timeEnumeration(({ text, isAlike }) => {
    count += 1;
    if (!isAlike) failed += 1;
    print(`${isAlike ? 'ok    ' : 'FAILED'} enumeration by ${text}`);
  });
  return { count, failed };
}

async function runDisorder({ databaseUrl }: Servers): Promise<{ failed: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'twin-disorder-'));
  try {
    const count = await proveLongDisorder(databaseUrl, dataDir);
    print(`ok     disorder: ${count} streams, doubled, late and shuffled, ended as in order`);
    return { failed: 0 };
  } catch (error) {
    print(`FAILED disorder: ${error instanceof Error ? error.message : String(error)}`);
    return { failed: 1 };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function runLong(seed: number, { databaseUrl, redisUrl, own }: Servers): Promise<ChaosResult> {
  const plan = planKills({
    seed,
    roles: ['accounts', 'layout', 'orders', 'inventory', 'insights', 'worker', 'gateway'],
    replicas: 2,
    everyMs: KILL_EVERY_MS,
    count: LOAD_MS / KILL_EVERY_MS - 1,
    servers: serverVictims,
  });
  print(`seed ${seed}: ${planText(plan)}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'twin-chaos-'));
  const location = { url: databaseUrl, dataDir, prefix: '' };
  try {
    return await runChaos({
      env: { ...environmentOf({ location, dataDir, redisUrl }), ACCESS_TOKEN_SECONDS: '20', TRUSTED_PROXIES: '1' },
      place: { databaseUrl, prefix: '', redisUrl, dataDir },
      servers: own,
      seed,
      replicas: 2,
      plan,
      loadMs: LOAD_MS,
      leastOrders: 100,
      tablesAtOnce: 6,
      demoDays: 14,
      write: (line) => appendFileSync(LOG, `${line}\n`),
      witness: logKills(print),
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function readSeed(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { seed: { type: 'string' } } });
  const seed = Number(values.seed ?? Math.floor(Math.random() * LARGEST_SEED));
  if (!Number.isInteger(seed) || seed < 0 || seed > LARGEST_SEED)
    throw new Error(`--seed: must be a whole number from 0 to ${LARGEST_SEED}.`);
  return seed;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
  appendFileSync(LOG, `${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { findBinary, type Program } from './binaries.js';
import { MARIADB } from './mariadb.js';
import { unpackServers } from './packages.js';
import { startPrivate, useGiven, type Running } from './start.js';
import { REDIS } from './redis.js';
import type { ServerKind } from './server-kind.js';
import {
  chooseWay,
  databaseUrlWithoutSchema,
  isDebianLike,
  noServersError,
  redisUrl,
  systemName,
  type Way,
} from './ways.js';

/** Where servers of one's own are named, as the variables of the same names. */
export type TestServersEnv = { TEST_DATABASE_URL?: string | undefined; TEST_REDIS_URL?: string | undefined };

/** Real servers for tests: `databaseUrl` without a schema name, `describe` one line, `stop` ends what was started here. */
export type TestServers = { databaseUrl: string; redisUrl: string; describe: string; stop: () => Promise<void> };

const CACHE = fileURLToPath(new URL('../../../.cache/servers', import.meta.url));
const OS_RELEASE = '/etc/os-release';

/**
 * Brings a real database and a real Redis: the given URLs, else programs on the PATH, else packages unpacked below `cacheDir`.
 * Throws one error that names these ways when none is open. Private servers end with this process, even if it is killed.
 */
export async function startTestServers(env: TestServersEnv, options: { cacheDir?: string } = {}): Promise<TestServers> {
  const ways = openWays([
    [MARIADB, env.TEST_DATABASE_URL && databaseUrlWithoutSchema(env.TEST_DATABASE_URL)],
    [REDIS, env.TEST_REDIS_URL && redisUrl(env.TEST_REDIS_URL)],
  ]);
  const unpacked = await unpack(ways, options.cacheDir ?? CACHE);
  const settled = await Promise.allSettled(ways.map(([kind, way]) => start(kind, way, unpacked)));

  const running = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.all(running.map((server) => server.stop())));
  const [database, redis] = running;
  if (!database || !redis) {
    await stop();
    throw settled.find((outcome) => outcome.status === 'rejected')?.reason;
  }
  return { databaseUrl: database.url, redisUrl: redis.url, describe: `${database.describe}; ${redis.describe}`, stop };
}

type ChosenWays = [ServerKind, Way][];

function openWays(servers: [ServerKind, string | undefined][]): ChosenWays {
  const canUnpack = isDebianLike(osRelease()) && Boolean(findBinary(['apt-get']) && findBinary(['dpkg-deb']));
  const missing: string[] = [];
  const ways = servers.flatMap(([kind, url]): ChosenWays => {
    const way = chooseWay({ url, binary: url ? undefined : findBinary(kind.binaries), canUnpack });
    if (!way) missing.push(kind.name);
    return way ? [[kind, way]] : [];
  });
  if (missing.length > 0) throw noServersError(`this machine has no ${missing.join(' and no ')}`);
  return ways;
}

async function unpack(ways: ChosenWays, cacheDir: string): Promise<Map<ServerKind, Program>> {
  const kinds = ways.flatMap(([kind, way]) => (way.from === 'packages' ? [kind] : []));
  if (kinds.length === 0) return new Map();
  try {
    return await unpackServers(kinds, join(cacheDir, systemName(osRelease(), process.arch)));
  } catch (error) {
    throw noServersError(
      `their packages could not be unpacked (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

function start(kind: ServerKind, way: Way, unpacked: Map<ServerKind, Program>): Promise<Running> {
  if (way.from === 'url') return useGiven(kind, way.url);
  if (way.from === 'path') return startPrivate(kind, { binary: way.binary, loadPath: '' });
  const program = unpacked.get(kind);
  if (!program) throw new Error(`The packages brought no ${kind.name}.`);
  return startPrivate(kind, program);
}

function osRelease(): string {
  return existsSync(OS_RELEASE) ? readFileSync(OS_RELEASE, 'utf8') : '';
}

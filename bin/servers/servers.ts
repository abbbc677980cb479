import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { findBinary, type Program } from './binaries.js';
import { MARIADB } from './mariadb.js';
import { unpackServers } from './packages.js';
import { startPrivate, useGiven, type PrivateServer, type Running } from './start.js';
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

/** Running servers to use instead of private ones; absent or empty means a private one. */
export type ServersEnv = { databaseUrl?: string | undefined; redisUrl?: string | undefined };

/** `variablePrefix` stands before DATABASE_URL and REDIS_URL where errors name them; packages are unpacked below `cacheDir`. */
export type ServersOptions = { variablePrefix?: string; cacheDir?: string };

/** Real servers: `databaseUrl` without a schema name, `describe` one line, `stop` ends what was started here. */
export type Servers = {
  databaseUrl: string;
  redisUrl: string;
  describe: string;
  /** null for a server that was given: it is somebody else's. */
  own: { database: PrivateServer | null; redis: PrivateServer | null };
  stop: () => Promise<void>;
};

const CACHE = fileURLToPath(new URL('../../../.cache/servers', import.meta.url));
const OS_RELEASE = '/etc/os-release';

/**
 * Brings a real database and a real Redis: the given URLs, else programs on the PATH, else packages unpacked below `cacheDir`.
 * Throws one error that names these ways when none is open. Private servers end with this process, even if it is killed.
 */
export async function startServers(env: ServersEnv, options: ServersOptions = {}): Promise<Servers> {
  const { variablePrefix: prefix = '', cacheDir = CACHE } = options;
  const ways = openWays(
    [
      [MARIADB, env.databaseUrl && databaseUrlWithoutSchema(env.databaseUrl, `${prefix}${MARIADB.variable}`)],
      [REDIS, env.redisUrl && redisUrl(env.redisUrl, `${prefix}${REDIS.variable}`)],
    ],
    prefix,
  );
  const unpacked = await unpack(ways, cacheDir, prefix);
  const settled = await Promise.allSettled(ways.map(([kind, way]) => start([kind, way], unpacked, prefix)));

  const running = settled.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async () => void (await Promise.all(running.map((server) => server.stop())));
  const [database, redis] = running;
  if (!database || !redis) {
    await stop();
    throw settled.find((outcome) => outcome.status === 'rejected')?.reason;
  }
  return {
    databaseUrl: database.url,
    redisUrl: redis.url,
    describe: `${database.describe}; ${redis.describe}`,
    own: { database: database.own, redis: redis.own },
    stop,
  };
}

type ChosenWay = [ServerKind, Way];

function openWays(servers: [ServerKind, string | undefined][], prefix: string): ChosenWay[] {
  const canUnpack = isDebianLike(osRelease()) && Boolean(findBinary(['apt-get']) && findBinary(['dpkg-deb']));
  const missing: string[] = [];
  const ways = servers.flatMap(([kind, url]): ChosenWay[] => {
    const way = chooseWay({ url, binary: url ? undefined : findBinary(kind.binaries), canUnpack });
    if (!way) missing.push(kind.name);
    return way ? [[kind, way]] : [];
  });
  if (missing.length > 0) throw noServersError(`this machine has no ${missing.join(' and no ')}`, prefix);
  return ways;
}

async function unpack(ways: ChosenWay[], cacheDir: string, prefix: string): Promise<Map<ServerKind, Program>> {
  const kinds = ways.flatMap(([kind, way]) => (way.from === 'packages' ? [kind] : []));
  if (kinds.length === 0) return new Map();
  try {
    return await unpackServers(kinds, join(cacheDir, systemName(osRelease(), process.arch)));
  } catch (error) {
    throw noServersError(
      `their packages could not be unpacked (${error instanceof Error ? error.message : String(error)})`,
      prefix,
    );
  }
}

function start([kind, way]: ChosenWay, unpacked: Map<ServerKind, Program>, prefix: string): Promise<Running> {
  if (way.from === 'url') return useGiven(kind, way.url, `${prefix}${kind.variable}`);
  if (way.from === 'path') return startPrivate(kind, { binary: way.binary, loadPath: '' });
  const program = unpacked.get(kind);
  if (!program) throw new Error(`The packages brought no ${kind.name}.`);
  return startPrivate(kind, program);
}

function osRelease(): string {
  return existsSync(OS_RELEASE) ? readFileSync(OS_RELEASE, 'utf8') : '';
}

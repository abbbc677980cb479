import { Redis } from 'ioredis';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from '../../bin/cluster/cluster.js';
import type { PrivateServer } from '../../bin/servers/start.js';
import type { Kill } from './kill-plan.js';

/** Whom the killer can reach; servers are null where they are somebody else's. */
export interface Victims {
  readonly cluster: Pick<Cluster, 'processes'>;
  readonly database: PrivateServer | null;
  readonly redis: PrivateServer | null;
  readonly redisUrl: string;
}

/** A kill that happened. */
export interface KillRecord {
  readonly victim: Kill['victim'];
  readonly atMs: number;
  /** Until it answered as ready again. */
  readonly backAfterMs: number;
  /** False for a process that was between two lives, so that there was nobody to kill. */
  readonly hasHit: boolean;
}

// Long enough for everybody to notice, as a server is that has to be started by hand.
const SERVER_AWAY_MS = 1_500;

/** Who hears of kills as they happen; milliseconds since the killer began. */
export interface Witness {
  kills(victim: Kill['victim'], atMs: number): void;
  isBack(record: KillRecord): void;
}

/** Kills by plan with SIGKILL and resolves when all victims are back. */
export async function runKiller(plan: readonly Kill[], victims: Victims, witness: Witness): Promise<KillRecord[]> {
  const startedAt = performance.now();
  const passedMs = () => Math.round(performance.now() - startedAt);
  const kills = plan.map(async ({ atMs: plannedMs, victim }) => {
    await sleep(plannedMs);
    const atMs = passedMs();
    witness.kills(victim, atMs);
    const hasHit = await killAndWait(victim, victims);
    const record = { victim, atMs, backAfterMs: passedMs() - atMs, hasHit };
    witness.isBack(record);
    return record;
  });
  return Promise.all(kills);
}

async function killAndWait(victim: Kill['victim'], { cluster, ...servers }: Victims): Promise<boolean> {
  if (victim === 'redis-data') return emptyRedis(servers.redisUrl);
  if (victim === 'redis' || victim === 'database') return killServer(servers[victim]);
  const process = cluster.processes.find(({ name }) => name === victim);
  if (!process) throw new Error(`There is no ${victim} to kill.`);
  const hasHit = process.pid !== null;
  await process.kill('SIGKILL');
  await process.ready();
  return hasHit;
}

async function killServer(server: PrivateServer | null): Promise<boolean> {
  if (!server) throw new Error('A server that was given is not killed.');
  await server.kill();
  await sleep(SERVER_AWAY_MS);
  await server.again();
  return true;
}

async function emptyRedis(redisUrl: string): Promise<boolean> {
  const redis = new Redis(redisUrl);
  await redis.flushall();
  redis.disconnect();
  return true;
}

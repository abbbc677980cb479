import type { SqlEntityManager } from '@mikro-orm/sql';
import { Redis } from 'ioredis';
import { instant, type Clock } from '../process/clock.js';
import { ConfigError } from '../process/config.js';
import type { Log } from '../process/log.js';
import { openDatabase, type Database, type DatabaseLocation } from './database.js';
import { judgeClock, judgeRedis, judgeSettings, settingNames, type Findings } from './settings.rules.js';

const REDIS_ANSWERS_MS = 1_000;
// Every server has this schema and every user may open it, so the check comes before any table is made.
const ALWAYS_THERE = 'information_schema';
const nothing: Findings = { refusals: [], warnings: [] };

/** Settings of a server with which money would be lost, all of them at once, each with the statement that mends it. */
export class UnsafeSettings extends ConfigError {
  constructor(refusals: readonly string[]) {
    super(refusals);
    this.name = 'UnsafeSettings';
  }
}

/** The servers of an installation and who asks about them. */
export interface CheckedServers {
  readonly location: DatabaseLocation;
  readonly redisUrl: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

/** Looks at the servers once as a process starts: logs what is risky and throws UnsafeSettings for what loses money. */
export async function requireSafeSettings({ location, redisUrl, clock, log }: CheckedServers): Promise<void> {
  const found = await Promise.all([
    location.url === null ? nothing : checkServer(location, clock),
    redisUrl === null ? nothing : checkRedisSettings(redisUrl),
  ]);
  for (const warning of found.flatMap(({ warnings }) => warnings)) log.warn(warning);
  const refusals = found.flatMap((findings) => findings.refusals);
  if (refusals.length > 0) throw new UnsafeSettings(refusals);
}

/** What is wrong with a database server's settings and clock; nothing for an embedded database, which is opened with its own. */
export async function checkDatabaseSettings(database: Database, clock: Clock): Promise<Findings> {
  if (database.isEmbedded) return nothing;
  const em = database.em.fork();
  const settings = judgeSettings(await readSettings(em));
  const warnings = judgeClock(await readClocks(em, clock));
  return { refusals: settings.refusals, warnings: [...settings.warnings, ...warnings] };
}

/** What is risky in a Redis server's settings; it is never refused, because the database can give everything again. */
export async function checkRedisSettings(redisUrl: string): Promise<Findings> {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    enableReadyCheck: false,
    connectTimeout: REDIS_ANSWERS_MS,
    commandTimeout: REDIS_ANSWERS_MS,
    disconnectTimeout: 200,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Says why there is no connection; the question below then fails for want of one.
  const reasons: string[] = [];
  redis.on('error', ({ message }) => reasons.push(message));
  try {
    // CONFIG tells the same, but hosted servers forbid it more often.
    return judgeRedis(await redis.info());
  } catch (error) {
    const reason = reasons[0] ?? String(error);
    return { refusals: [], warnings: [`The settings of Redis could not be checked: ${reason}.`] };
  } finally {
    redis.disconnect();
  }
}

/** What the server says of the settings that matter, as this connection has them. */
export async function readSettings(em: SqlEntityManager): Promise<Record<string, string>> {
  const rows: { Variable_name: string; Value: string }[] = await em.execute(
    `show session variables where variable_name in (${settingNames.map(() => '?').join(', ')})`,
    [...settingNames],
  );
  return Object.fromEntries(rows.map(({ Variable_name: name, Value: value }) => [name.toLowerCase(), value]));
}

async function checkServer(location: DatabaseLocation, clock: Clock): Promise<Findings> {
  const database = await openDatabase(ALWAYS_THERE, { ...location, prefix: '' }, []);
  try {
    return await checkDatabaseSettings(database, clock);
  } finally {
    await database.close();
  }
}

async function readClocks(em: SqlEntityManager, clock: Clock): Promise<{ before: Date; server: Date; after: Date }> {
  const before = clock.now();
  const [row]: { now: string }[] = await em.execute('select cast(utc_timestamp(3) as char) as now');
  return { before, server: instant(`${row?.now.replace(' ', 'T')}Z`), after: clock.now() };
}

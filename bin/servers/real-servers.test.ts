import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';

import { startServers, type Servers } from './servers.js';

const A_FIRST_DOWNLOAD_MS = 300_000;

describe('private servers', () => {
  it(
    'answer with the settings the product relies on, and are gone after stop',
    async () => {
      const servers = await startServers({});
      try {
        const settings = await databaseSettings(servers.databaseUrl);
        expect(settings[0]).toEqual({
          version: expect.stringMatching(/^\d+\.\d+\.\d+/),
          charset: 'utf8mb4',
          flush: 1,
          strict: expect.stringContaining('STRICT_TRANS_TABLES'),
          connections: 300,
        });
        expect(settings[1]).toMatchObject({ Value: 'READ-COMMITTED' });
        expect(await redisAnswers(servers.redisUrl)).toEqual(['PONG', 'OK', 'soup', 'yes', 'noeviction', 'NOAUTH']);
        expect(servers.describe).toMatch(/^(MariaDB|MySQL) .+; Redis .+$/);
      } finally {
        await servers.stop();
      }

      expect(await openPorts(servers)).toEqual([]);
    },
    A_FIRST_DOWNLOAD_MS,
  );

  it('F2 F3 keep what they confirmed when they are killed, and come back on the same port', async () => {
    const { databaseUrl, redisUrl, own, stop } = await startServers({});
    try {
      await writeTo({ databaseUrl, redisUrl });

      await Promise.all([own.database?.kill(), own.redis?.kill()]);
      const openWhileKilled = await openPorts({ databaseUrl, redisUrl });
      await Promise.all([own.database?.again(), own.redis?.again()]);

      expect(openWhileKilled).toEqual([]);
      expect(await readFrom({ databaseUrl, redisUrl })).toEqual(['soup', 'bread']);
    } finally {
      await stop();
    }
  }, 60_000);

  it('are not started where running ones are given, and not stopped', async () => {
    const owned = await startServers({});
    try {
      const borrowed = await startServers({
        databaseUrl: `${owned.databaseUrl}/some_schema`,
        redisUrl: owned.redisUrl,
      });
      await borrowed.stop();

      expect(borrowed).toMatchObject({ databaseUrl: owned.databaseUrl, redisUrl: owned.redisUrl });
      expect(borrowed.own).toEqual({ database: null, redis: null });
      expect(borrowed.describe).toMatch(/^MariaDB at .+ as given; Redis at .+ as given$/);
      expect(await openPorts(owned)).toHaveLength(2);
    } finally {
      await owned.stop();
    }
  }, 30_000);

  it.each(['ready', 'starting'])(
    'end with their data when the run is killed while they are %s',
    async (moment) => {
      const temporary = mkdtempSync('/tmp/run-');
      const run = spawnRun(temporary);
      try {
        await once(run, 'spawn');
        const servers = moment === 'ready' ? await readyServers(run) : null;
        if (!servers) await until(() => readdirSync(temporary).length > 0);
        expect(readdirSync(temporary)).not.toEqual([]);

        run.kill('SIGKILL');
        await once(run, 'exit');

        await until(() => readdirSync(temporary).length === 0);
        expect(servers && (await openPorts(servers))).toEqual(servers && []);
      } finally {
        run.kill('SIGKILL');
        rmSync(temporary, { recursive: true, force: true });
      }
    },
    30_000,
  );
});

type Urls = Pick<Servers, 'databaseUrl' | 'redisUrl'>;

async function writeTo({ databaseUrl, redisUrl }: Urls): Promise<void> {
  const connection = await createConnection({ uri: databaseUrl, multipleStatements: true });
  await connection.query(
    "create database kept; create table kept.dish (name varchar(9)); insert into kept.dish values ('soup')",
  );
  await connection.end();
  const redis = new Redis(redisUrl);
  await redis.set('starter', 'bread');
  redis.disconnect();
}

async function readFrom({ databaseUrl, redisUrl }: Urls): Promise<unknown[]> {
  const connection = await createConnection(databaseUrl);
  const [rows] = await connection.query('select name from kept.dish');
  await connection.end();
  const redis = new Redis(redisUrl);
  const starter = await redis.get('starter');
  redis.disconnect();
  return [...(Array.isArray(rows) ? rows.map((row) => 'name' in row && row.name) : []), starter];
}

async function databaseSettings(url: string) {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query(
      `select version() version, @@character_set_server charset,
        @@innodb_flush_log_at_trx_commit flush, @@sql_mode strict, @@max_connections connections`,
    );
    // Its name differs between MariaDB and MySQL; some versions know both.
    const [isolation] = await connection.query(
      "show variables where variable_name in ('tx_isolation', 'transaction_isolation')",
    );
    return [rows, isolation].map((result) => Array.isArray(result) && result[0]);
  } finally {
    await connection.end();
  }
}

async function redisAnswers(url: string): Promise<unknown[]> {
  const redis = new Redis(url, { lazyConnect: true });
  try {
    const answers = [await redis.ping(), await redis.set('starter', 'soup'), await redis.get('starter')];
    const [, appendOnly] = await redis.config('GET', 'appendonly');
    const [, policy] = await redis.config('GET', 'maxmemory-policy');
    return [...answers, appendOnly, policy, await strangerAnswer(Number(new URL(url).port))];
  } finally {
    redis.disconnect();
  }
}

/** What Redis says to a client without the password. */
async function strangerAnswer(port: number): Promise<string | undefined> {
  const socket = connect(port, '127.0.0.1');
  socket.write('PING\r\n');
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return /^-(\w+)/.exec(String(answer))?.[1];
}

async function openPorts({ databaseUrl, redisUrl }: Urls): Promise<number[]> {
  const ports = [databaseUrl, redisUrl].map((url) => Number(new URL(url).port));
  const open = await Promise.all(ports.map(isOpen));
  return ports.filter((_, place) => open[place]);
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const outcome = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return outcome;
}

/** A run of its own whose private servers keep their data in `temporary`. */
function spawnRun(temporary: string): ChildProcess {
  const servers = new URL('./servers.js', import.meta.url).href;
  const script = `import { startServers } from ${JSON.stringify(servers)};
    console.log(JSON.stringify(await startServers({})));
    setInterval(() => undefined, 1e6);`;
  const args = [`TMPDIR=${temporary}`, process.execPath, '--input-type=module', '--eval', script];
  return spawn('env', args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function readyServers(run: ChildProcess): Promise<Urls> {
  if (!run.stdout) throw new Error('The run has no output.');
  for await (const line of createInterface(run.stdout)) return JSON.parse(line);
  throw new Error('The run ended before its servers were ready.');
}

async function until(isTrue: () => boolean): Promise<void> {
  const startedAt = performance.now();
  while (!isTrue()) {
    if (performance.now() - startedAt > 10_000) throw new Error('It did not come true in 10 s.');
    await sleep(20);
  }
}

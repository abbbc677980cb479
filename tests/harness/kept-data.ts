import { readFileSync, readdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createConnection } from 'mysql2/promise';
import type { SubgraphName } from '../../platform/events/catalogue.js';
import type { TestPlace } from './target.js';

/** A database behind the product's back. */
export interface KeptData {
  /** Runs statements in the database of one subgraph. */
  run(subgraph: SubgraphName, ...statements: string[]): Promise<void>;
  /** The rows of a table as text. */
  textOf(subgraph: SubgraphName, table: string): Promise<string>;
  /** All there is: the bytes of embedded files, or every row of every table. */
  all(subgraph: SubgraphName): Promise<string>;
}

/** The databases of a place. */
export function keptDataOf(place: TestPlace): KeptData {
  return place.location.url === null ? embedded(place.dataDir) : served(place.location.url, place.location.prefix);
}

/** Every key of a place in Redis with all that it holds; nothing where there is no Redis. */
export async function redisTextOf({ redisUrl, location: { prefix } }: TestPlace): Promise<string> {
  if (redisUrl === null) return '';
  const redis = new Redis(redisUrl);
  const keys = (await redis.keys('*')).filter((key) => key.includes(prefix));
  const reads = {
    string: (key: string) => redis.get(key),
    hash: (key: string) => redis.hgetall(key),
    list: (key: string) => redis.lrange(key, 0, -1),
    set: (key: string) => redis.smembers(key),
    zset: (key: string) => redis.zrange(key, '0', '-1'),
    stream: (key: string) => redis.xrange(key, '-', '+'),
  };
  const texts: string[] = [];
  for (const key of keys) {
    const kind = await redis.type(key);
    const read = Object.entries(reads).find(([name]) => name === kind)?.[1];
    texts.push(`${key} ${JSON.stringify(await read?.(key))}`);
  }
  redis.disconnect();
  return texts.join('\n');
}

function embedded(dataDir: string): KeptData {
  const withDatabase = <T>(subgraph: string, work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(join(dataDir, `${subgraph}.sqlite`), { timeout: 5_000 });
    try {
      return work(database);
    } finally {
      database.close();
    }
  };
  return {
    run: async (subgraph, ...statements) =>
      withDatabase(subgraph, (database) => statements.forEach((statement) => database.exec(statement))),
    textOf: async (subgraph, table) =>
      withDatabase(subgraph, (database) => JSON.stringify(database.prepare(`select * from "${table}"`).all())),
    all: async (subgraph) =>
      readdirSync(dataDir)
        .filter((file) => file.startsWith(`${subgraph}.sqlite`))
        .map((file) => readFileSync(join(dataDir, file), 'latin1'))
        .join('\n'),
  };
}

function served(url: string, prefix: string): KeptData {
  const withConnection = async <T>(
    subgraph: string,
    work: (query: (sql: string) => Promise<unknown>) => Promise<T>,
  ) => {
    const connection = await createConnection({ uri: url, database: `${prefix}${subgraph}`, jsonStrings: true });
    try {
      return await work(async (sql) => (await connection.query(sql))[0]);
    } finally {
      await connection.end();
    }
  };
  const textOf: KeptData['textOf'] = (subgraph, table) =>
    withConnection(subgraph, async (query) => JSON.stringify(await query(`select * from \`${table}\``)));
  return {
    run: (subgraph, ...statements) =>
      withConnection(subgraph, async (query) => {
        for (const statement of statements) await query(statement);
      }),
    textOf,
    all: (subgraph) =>
      withConnection(subgraph, async (query) => {
        const tables = Object.values(Object(await query('show tables'))).map((row) =>
          String(Object.values(Object(row))[0]),
        );
        return (await Promise.all(tables.map((table) => textOf(subgraph, table)))).join('\n');
      }),
  };
}

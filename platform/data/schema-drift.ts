import { randomBytes } from 'node:crypto';
import { openDatabase, type Database, type EntityClass } from './database.js';
import { migrate } from './migrate.js';
import type { Migration } from './migration.js';
import { foldIntoCreate, splitStatements } from './statements.js';

/** What a subgraph's entities and migrations say of its tables. */
export interface DescribedTables {
  readonly name: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly Migration[];
}

/** The statements that bring migrated tables to what the entities say; none when they agree. Works in a schema of its own on the server, and drops it. */
export function listDrift(tables: DescribedTables, serverUrl: string): Promise<string[]> {
  return inMigratedSchema(tables, serverUrl, async (database) => {
    unquoteBigintDefaults(database);
    return foldIntoCreate(splitStatements(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })));
  });
}

/** Opens a schema to which nothing but the migrations was applied, and drops it after the work. */
export async function inMigratedSchema<Result>(
  { name, entities, migrations }: DescribedTables,
  serverUrl: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const prefix = `drift${randomBytes(4).toString('hex')}_`;
  const url = await urlForComparison(serverUrl);
  const database = await openDatabase(name, { url, dataDir: '', prefix }, entities);
  try {
    await migrate(database, migrations);
    return await work(database);
  } finally {
    await database.orm.schema.dropDatabase();
    await database.close();
  }
}

// MikroORM writes the default of a bigint as a text, servers tell it as a number, and the comparison takes the two for different.
function unquoteBigintDefaults({ orm }: Database): void {
  for (const { props } of orm.getMetadata().getAll().values())
    for (const prop of props.filter(({ columnTypes }) => columnTypes?.includes('bigint')))
      if (prop.defaultRaw) prop.defaultRaw = prop.defaultRaw.replace(/^'(-?\d+)'$/, '$1');
}

// Read as if it were MySQL, MariaDB's tables never equal the entities: it writes types and defaults otherwise.
async function urlForComparison(serverUrl: string): Promise<string> {
  const database = await openDatabase('information_schema', { url: serverUrl, dataDir: '', prefix: '' }, []);
  try {
    const [row]: { version: string }[] = await database.em.fork().execute('select version() as version');
    return serverUrl.replace(/^\w+:/, /mariadb/i.test(row?.version ?? '') ? 'mariadb:' : 'mysql:');
  } finally {
    await database.close();
  }
}

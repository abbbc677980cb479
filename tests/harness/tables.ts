import { openDatabase, type Database } from '../../platform/data/database.js';
import type { Migration } from '../../platform/data/migration.js';
import { ensureSchema } from '../../platform/data/schema.js';
import { foldIntoCreate, splitStatements } from '../../platform/data/statements.js';
import type { Subgraph } from '../../platform/subgraph.js';
import type { TestPlace } from './target.js';

/** Makes the tables of entities that only tests have, and for which no migration is kept. */
export async function makeTables(database: Database): Promise<boolean> {
  return ensureSchema(database, database.isEmbedded ? [] : [await madeUpMigration(database)]);
}

/** The subgraph with migrations: its own, or for one that only tests have, one made from its entities. */
export async function withMigrations(subgraph: Subgraph, { location }: TestPlace): Promise<Subgraph> {
  if (subgraph.migrations.length > 0 || location.url === null) return subgraph;
  const database = await openDatabase(subgraph.name, location, subgraph.entities);
  const migration = await madeUpMigration(database);
  await database.close();
  return { ...subgraph, migrations: [migration] };
}

async function madeUpMigration({ orm }: Database): Promise<Migration> {
  const script = await orm.schema.getCreateSchemaSQL({ wrap: false });
  return { name: '20260101000000-test', statements: foldIntoCreate(splitStatements(script)) };
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import { ensureStreamHead } from '../events/outbox.queries.js';
import type { Database } from './database.js';
import { migrate, requireMigrations } from './migrate.js';
import { SchemaMismatch, type Migration } from './migration.js';
import { SchemaFingerprintEntity } from './schema.entity.js';
import { splitStatements } from './statements.js';

const ONLY = 1;

/** Brings a server's tables to this version, or makes or checks an embedded database's; returns whether it was empty before. */
export async function ensureSchema(database: Database, migrations: readonly Migration[]): Promise<boolean> {
  if (database.isEmbedded) return ensureEmbeddedSchema(database);
  return migrate(database, migrations);
}

/** Throws unless a server's tables are at this version, and changes nothing there; embedded databases have nobody else to make them. */
export async function requireSchema(database: Database, migrations: readonly Migration[]): Promise<boolean> {
  if (database.isEmbedded) return ensureEmbeddedSchema(database);
  await requireMigrations(database, migrations);
  return false;
}

// All tables or none: SQLite takes back a `create table` with its transaction.
async function ensureEmbeddedSchema(database: Database): Promise<boolean> {
  const sql = await database.orm.schema.getCreateSchemaSQL();
  const fingerprint = createHash('sha256').update(sql).digest('hex');
  return database.em.fork().transactional(async (em) => {
    const tables = await listEmbeddedTables(em);
    if (tables.length === 0) {
      await makeTables(em, { sql, fingerprint });
      return true;
    }
    const made = tables.includes('schema_fingerprint') ? await em.findOne(SchemaFingerprintEntity, { id: ONLY }) : null;
    if (made?.fingerprint !== fingerprint) throw new SchemaMismatch(database.name);
    return false;
  });
}

async function listEmbeddedTables(em: SqlEntityManager): Promise<string[]> {
  const rows: { name: string }[] = await em.execute("select name from sqlite_master where type = 'table'");
  return rows.map(({ name }) => name);
}

async function makeTables(
  em: SqlEntityManager,
  { sql, fingerprint }: { sql: string; fingerprint: string },
): Promise<void> {
  for (const statement of splitStatements(sql)) await em.execute(statement);
  await ensureStreamHead(em);
  await em.insert(SchemaFingerprintEntity, { id: ONLY, fingerprint });
}

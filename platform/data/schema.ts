import type { SqlEntityManager } from '@mikro-orm/sql';
import { createHash } from 'node:crypto';
import type { Database } from './database.js';
import { SchemaFingerprintEntity } from './schema.entity.js';
import { ensureStreamHead } from '../events/outbox.queries.js';

const ONLY = 1;
const DATABASE_EXISTS = 1007;
const LONGEST_WAIT_SECONDS = 60;

/** The data was made by another version of the product, or not made to the end; it is left as it is. */
export class SchemaMismatch extends Error {
  constructor(database: string) {
    super(
      `The ${database} data was made by another version of TwinEngine, or making it was interrupted; it is left untouched. Start that version, or choose another DATA_DIR or DATABASE_URL.`,
    );
    this.name = 'SchemaMismatch';
  }
}

/** Makes the tables of an empty database, or checks that existing ones are this version's; returns whether they were made now. */
export async function ensureSchema(database: Database): Promise<boolean> {
  if (!database.isEmbedded) {
    await ensureDatabase(database);
    await requireSafeMode(database.em.fork());
  }
  const sql = await database.orm.schema.getCreateSchemaSQL();
  const fingerprint = createHash('sha256').update(sql).digest('hex');
  return oneAtATime(database, async (em) => {
    const tables = await listTables(database, em);
    if (tables.length === 0) {
      await makeTables(em, { sql, fingerprint });
      return true;
    }
    const made = tables.includes('schema_fingerprint') ? await em.findOne(SchemaFingerprintEntity, { id: ONLY }) : null;
    if (made?.fingerprint !== fingerprint) throw new SchemaMismatch(database.name);
    return false;
  });
}

async function ensureDatabase({ orm, em }: Database): Promise<void> {
  const dbName = em.config.get('dbName');
  try {
    await orm.schema.ensureDatabase();
  } catch (error) {
    const wasMadeMeanwhile = error instanceof Error && 'errno' in error && error.errno === DATABASE_EXISTS;
    if (!wasMadeMeanwhile) throw error;
    // The attempt left the connection at the server's own schema.
    await orm.reconnect({ dbName });
  }
}

// Without strictness a server cuts what does not fit. Values are written into the statements with backslashes before quotes,
// so a server that takes backslashes literally would let them end the text.
async function requireSafeMode(em: SqlEntityManager): Promise<void> {
  const [row]: { mode: string }[] = await em.execute('select @@sql_mode as mode');
  const modes = row?.mode.split(',') ?? [];
  const isStrict = modes.includes('STRICT_TRANS_TABLES') || modes.includes('STRICT_ALL_TABLES');
  if (isStrict && !modes.includes('NO_BACKSLASH_ESCAPES')) return;
  throw new Error(
    "The database server's sql_mode must have STRICT_TRANS_TABLES and must not have NO_BACKSLASH_ESCAPES.",
  );
}

// SQLite makes all tables or none. A server commits each table at once, so there processes that start together take turns.
async function oneAtATime<Result>(
  database: Database,
  work: (em: SqlEntityManager) => Promise<Result>,
): Promise<Result> {
  const fork = database.em.fork();
  if (database.isEmbedded) return fork.transactional(work);
  return fork.transactional(async (em) => {
    const name = "concat('schema of ', left(database(), 50))";
    const [lock]: { isMine: number | null }[] = await em.execute(
      `select get_lock(${name}, ${LONGEST_WAIT_SECONDS}) as isMine`,
    );
    if (Number(lock?.isMine) !== 1)
      throw new Error(`Another process has been making the ${database.name} tables for too long.`);
    try {
      return await work(em);
    } finally {
      await em.execute(`select release_lock(${name})`);
    }
  });
}

async function listTables(database: Database, em: SqlEntityManager): Promise<string[]> {
  const rows: { name: string }[] = await em.execute(
    database.isEmbedded
      ? "select name from sqlite_master where type = 'table'"
      : 'select table_name as name from information_schema.tables where table_schema = database()',
  );
  return rows.map(({ name }) => name);
}

async function makeTables(
  em: SqlEntityManager,
  { sql, fingerprint }: { sql: string; fingerprint: string },
): Promise<void> {
  for (const statement of sql.split(/;\n+/).filter((part) => part.trim() !== '')) await em.execute(statement);
  await ensureStreamHead(em);
  await em.insert(SchemaFingerprintEntity, { id: ONLY, fingerprint });
}

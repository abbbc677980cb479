import { sql, type Kysely } from 'kysely';
import { ensureStreamHead } from '../events/outbox.queries.js';
import type { Database } from './database.js';
import {
  checksumOf,
  compareMigrations,
  foreignProblems,
  MIGRATION_TABLE,
  MigrationFailed,
  MigrationMismatch,
  SchemaMismatch,
  pendingProblems,
  startProblems,
  type Migration,
  type MigrationFindings,
  type MigrationRecord,
} from './migration.js';
import { requireSafeMode } from './sql-mode.js';

const LONGEST_WAIT_SECONDS = 60;
const DATABASE_EXISTS = 1007;
const UNKNOWN_DATABASE = 1049;
const UNKNOWN_TABLE = 1146;
// Table, column, key or constraint is there already, or gone already; the last three are MySQL's.
const DONE_BEFORE = [1050, 1060, 1061, 1826, 1051, 1091, 3821, 3822, 3940];
// What MariaDB says of a foreign key that is there already.
const CANNOT_CREATE = 1005;
const DUPLICATE_KEY = /errno: 121\b/;

/** One connection: the lock and the statements must not be on two, or a lost lock would not stop the statements. */
type Connection = Kysely<unknown>;

/** Applies what is pending, in order, while no other process does; returns whether the database was empty before. */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  tell: (name: string) => void = () => undefined,
): Promise<boolean> {
  await ensureDatabase(database);
  await requireSafeMode(database.em.fork());
  return alone(database, async (connection) => {
    await ensureMigrationTable(connection, database.name);
    const records = await readRecords(connection);
    const findings = compareMigrations(migrations, records);
    const problems = foreignProblems(database.name, findings);
    if (problems.length > 0) throw new MigrationMismatch(problems);
    for (const migration of findings.pending) {
      const record = records.find(({ name }) => name === migration.name);
      await apply(connection, { subgraph: database.name, migration, record });
      tell(migration.name);
    }
    // A subgraph that has its first migration still to be made has no tables either.
    if (migrations.length > 0) await ensureStreamHead(database.em.fork());
    return records.length === 0;
  });
}

/** Throws a MigrationMismatch unless exactly this version's migrations are applied; changes nothing. */
export async function requireMigrations(database: Database, migrations: readonly Migration[]): Promise<void> {
  const problems = await listMigrationProblems(database, migrations);
  if (problems.length > 0) throw new MigrationMismatch(problems);
  await requireSafeMode(database.em.fork());
}

/** Why this version must not work on the database, one sentence a finding; nothing when it may. */
export async function listMigrationProblems(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  return startProblems(database.name, await compareWith(database, migrations));
}

/** What the database of a running process lacks. A newer version's migrations do not matter: the old one runs on until it is replaced. */
export async function listLackingMigrations(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  return pendingProblems(database.name, await compareWith(database, migrations));
}

async function compareWith(database: Database, migrations: readonly Migration[]): Promise<MigrationFindings> {
  const records = await connectionOf(database)
    .then(readRecords)
    .catch((error: unknown) => {
      if (hasNumber(error, [UNKNOWN_DATABASE, UNKNOWN_TABLE])) return [];
      throw error;
    });
  return compareMigrations(migrations, records);
}

async function ensureDatabase({ orm, em }: Database): Promise<void> {
  const dbName = em.config.get('dbName');
  try {
    await orm.schema.ensureDatabase();
  } catch (error) {
    const wasMadeMeanwhile = hasNumber(error, [DATABASE_EXISTS]);
    if (!wasMadeMeanwhile) throw error;
    // The attempt left the connection at the server's own schema.
    await orm.reconnect({ dbName });
  }
}

async function connectionOf({ em }: Database): Promise<Connection> {
  await em.getConnection().ensureConnection();
  return em.getKysely<unknown>();
}

async function alone<Result>(database: Database, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const name = sql`concat('schema of ', left(database(), 50))`;
  const connections = await connectionOf(database);
  return connections.connection().execute(async (connection) => {
    const { rows } = await sql<{
      isMine: number | null;
    }>`select get_lock(${name}, ${LONGEST_WAIT_SECONDS}) as isMine`.execute(connection);
    if (Number(rows[0]?.isMine) !== 1)
      throw new Error(
        `Another process has been migrating the ${database.name} database for ${LONGEST_WAIT_SECONDS} s: wait for it, or end it.`,
      );
    try {
      return await work(connection);
    } finally {
      // A connection that was lost has given the lock back itself.
      await Promise.allSettled([sql`select release_lock(${name})`.execute(connection)]);
    }
  });
}

async function ensureMigrationTable(connection: Connection, subgraph: string): Promise<void> {
  const { rows } = await sql<{
    name: string;
  }>`select table_name as name from information_schema.tables where table_schema = database()`.execute(connection);
  if (rows.some(({ name }) => name === MIGRATION_TABLE)) return;
  if (rows.length > 0) throw new SchemaMismatch(subgraph);
  await sql`create table ${sql.table(MIGRATION_TABLE)} (
    name varchar(100) not null, statements_done int not null, checksum char(64) null, applied_at datetime(3) null,
    primary key (name)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB`.execute(connection);
}

async function readRecords(connection: Connection): Promise<readonly MigrationRecord[]> {
  const { rows } = await sql<MigrationRecord>`
    select name, statements_done as statementsDone, checksum from ${sql.table(MIGRATION_TABLE)}`.execute(connection);
  return rows;
}

interface Application {
  readonly subgraph: string;
  readonly migration: Migration;
  /** What is left of an interrupted run. */
  readonly record: MigrationRecord | undefined;
}

async function apply(connection: Connection, { subgraph, migration, record }: Application): Promise<void> {
  const { name, statements } = migration;
  const table = sql.table(MIGRATION_TABLE);
  const first = record?.statementsDone ?? 0;
  if (!record) await sql`insert into ${table} (name, statements_done) values (${name}, 0)`.execute(connection);
  for (const [index, statement] of statements.entries()) {
    if (index < first) continue;
    const isResumed = record !== undefined && index === first;
    try {
      // Rows change together with the note of it; a change of tables commits by itself, and the note follows.
      await connection.transaction().execute(async (transaction) => {
        await run(transaction, { statement, isResumed });
        await sql`update ${table} set statements_done = ${index + 1} where name = ${name}`.execute(transaction);
      });
    } catch (error) {
      throw new MigrationFailed({ subgraph, migration, index }, error);
    }
  }
  await sql`update ${table} set checksum = ${checksumOf(migration)}, applied_at = utc_timestamp(3) where name = ${name}`.execute(
    connection,
  );
}

// An interrupted run may have done its last statement without noting it.
async function run(
  transaction: Connection,
  { statement, isResumed }: { statement: string; isResumed: boolean },
): Promise<void> {
  try {
    await sql.raw(statement).execute(transaction);
  } catch (error) {
    if (!isResumed || !isDoneBefore(error)) throw error;
  }
}

function isDoneBefore(error: unknown): boolean {
  if (hasNumber(error, [CANNOT_CREATE])) return error instanceof Error && DUPLICATE_KEY.test(error.message);
  return hasNumber(error, DONE_BEFORE);
}

function hasNumber(error: unknown, numbers: readonly number[]): boolean {
  return error instanceof Error && 'errno' in error && numbers.includes(Number(error.errno));
}

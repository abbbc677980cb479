import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompiledQuery,
  SqliteDialect,
  type DatabaseConnection,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';

const CACHED_STATEMENTS = 500;
const LONGEST_CACHED_SQL = 4_000;
const YIELD_EVERY_MS = 10;
const RETRY_BEGIN_MS = 20;
const SQLITE_BUSY = 5;

/** SQLite through node:sqlite: write-ahead log, an fsync at every commit, and prepared statements kept. */
export class EmbeddedDialect extends SqliteDialect {
  readonly #longestWaitMs: number;

  /** `longestWaitMs` is how long a transaction waits for another process's, such as a command's, to end. */
  constructor(file: string, longestWaitMs = 5_000) {
    super({ database: async () => openFile(file), onCreateConnection: async (connection) => yieldBetween(connection) });
    this.#longestWaitMs = longestWaitMs;
  }

  /** A transaction takes the file's one write lock when it begins: taken later, it is refused if another process, such as a command, wrote in between. */
  override createDriver(): ReturnType<SqliteDialect['createDriver']> {
    const driver = super.createDriver();
    driver.beginTransaction = (connection) => beginWithLock(connection, this.#longestWaitMs);
    return driver;
  }
}

// Waits by the timer, not within SQLite, which would stop the whole process. It must not fail for want of the lock: kysely never gives
// back the connection of a transaction that did not begin. Without the lock it begins all the same, and its first write is refused.
async function beginWithLock(connection: DatabaseConnection, longestWaitMs: number): Promise<void> {
  const giveUpMs = performance.now() + longestWaitMs;
  while (performance.now() < giveUpMs) {
    try {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
      return;
    } catch (error) {
      if (!isBusy(error)) throw error;
      await sleep(RETRY_BEGIN_MS);
    }
  }
  await connection.executeQuery(CompiledQuery.raw('begin'));
}

// The high bits only tell how it is busy.
function isBusy(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY
  );
}

/** node:sqlite is synchronous, so give the event loop a turn every 10 ms, within a long transaction too: HTTP and timers stay alive. */
function yieldBetween(connection: DatabaseConnection): void {
  const execute = connection.executeQuery.bind(connection);
  let lastYield = performance.now();
  connection.executeQuery = async (query, options) => {
    if (performance.now() - lastYield > YIELD_EVERY_MS) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      lastYield = performance.now();
    }
    return execute(query, options);
  };
}

function openFile(file: string): SqliteDatabase {
  const database = new DatabaseSync(file, { timeout: 5_000, enableForeignKeyConstraints: true });
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'temp_store = memory', 'cache_size = -32768']) {
    database.exec(`pragma ${pragma}`);
  }
  database.exec('pragma busy_timeout = 50');
  const statements = new Map<string, StatementSync>();
  return {
    prepare: (sql) => adapt(prepareOnce(database, statements, wholeStatement(sql))),
    close: () => {
      statements.clear();
      database.close();
    },
  };
}

// Values stand in the statement as quoted texts, and to SQLite a NUL in one of them is the end of the statement.
function wholeStatement(sql: string): string {
  return sql.replaceAll('\0', "'||char(0)||'");
}

function prepareOnce(database: DatabaseSync, statements: Map<string, StatementSync>, sql: string): StatementSync {
  const known = statements.get(sql);
  if (known) return known;
  const statement = database.prepare(sql);
  if (sql.length > LONGEST_CACHED_SQL) return statement;
  const oldest = statements.size >= CACHED_STATEMENTS ? statements.keys().next().value : undefined;
  if (oldest !== undefined) statements.delete(oldest);
  statements.set(sql, statement);
  return statement;
}

function adapt(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(toInput)),
    run: (parameters) => statement.run(...parameters.map(toInput)),
    iterate: (parameters) => statement.iterate(...parameters.map(toInput)),
  };
}

function toInput(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (!isInput(value)) throw new Error(`A value of type ${typeof value} cannot be stored.`);
  return value;
}

// Not a number and infinity would be stored as NULL and as text no server knows.
function isInput(value: unknown): value is SQLInputValue {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'bigint' || typeof value === 'string' || value instanceof Uint8Array;
}

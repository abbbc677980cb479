import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
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

/** SQLite through node:sqlite: write-ahead log, an fsync at every commit, and prepared statements kept. */
export class EmbeddedDialect extends SqliteDialect {
  constructor(file: string) {
    super({ database: async () => openFile(file), onCreateConnection: async (connection) => yieldBetween(connection) });
  }

  /** A transaction takes the file's one write lock when it begins: taken later, it is refused if another process, such as a command, wrote in between. */
  override createDriver(): ReturnType<SqliteDialect['createDriver']> {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    };
    return driver;
  }
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
  const statements = new Map<string, StatementSync>();
  return {
    prepare: (sql) => adapt(prepareOnce(database, statements, sql)),
    close: () => {
      statements.clear();
      database.close();
    },
  };
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

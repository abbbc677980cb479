import { MikroORM, type Options } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MariaDbDriver } from '@mikro-orm/mariadb';
import { MySqlDriver } from '@mikro-orm/mysql';
import { SqliteDriver, type SqlEntityManager } from '@mikro-orm/sql';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddedDialect } from './embedded-dialect.js';
import { IdempotencyKeyEntity } from './idempotency.entity.js';
import { ConsumedEventEntity, OutboxEventEntity, StreamCursorEntity, StreamHeadEntity } from './outbox.entity.js';
import { JobEntity, ScheduleEntity } from '../jobs/job.entity.js';
import { MIGRATION_TABLE } from './migration.js';
import { RelayLeaseEntity } from './relay-lease.entity.js';
import { SchemaFingerprintEntity } from './schema.entity.js';
import { StatementCounter } from './statement-counter.js';

/** One subgraph's database. */
export interface Database {
  readonly name: string;
  readonly orm: Orm;
  readonly em: SqlEntityManager;
  readonly isEmbedded: boolean;
  readonly statements: StatementCounter;
  close(): Promise<void>;
}

/** Where a database is: a server's URL without a schema name, or a folder for SQLite files. */
export interface DatabaseLocation {
  readonly url: string | null;
  readonly dataDir: string;
  /** Put before the schema's name on a server, so that installations can share one. */
  readonly prefix: string;
}

/** The tables every subgraph has besides its own: outbox, cursors, jobs and idempotency keys. */
export const platformEntities = [
  OutboxEventEntity,
  StreamHeadEntity,
  StreamCursorEntity,
  ConsumedEventEntity,
  IdempotencyKeyEntity,
  JobEntity,
  ScheduleEntity,
  RelayLeaseEntity,
] as const;

/** A class with `@Entity`. */
export type EntityClass = new () => object;
type Orm = MikroORM<SqliteDriver> | MikroORM<MariaDbDriver> | MikroORM<MySqlDriver>;
type SharedOptions = Pick<
  Options,
  'metadataProvider' | 'forceUtcTimezone' | 'propagationOnPrototype' | 'debug' | 'onQuery'
> & {
  entities: EntityClass[];
};

/** The file of one subgraph's embedded database. */
export function embeddedFileOf(name: string, { dataDir }: Pick<DatabaseLocation, 'dataDir'>): string {
  return join(dataDir, `${name}.sqlite`);
}

/** Opens one subgraph's database: a schema of its own on the server, or a SQLite file of its own. */
export async function openDatabase(
  name: string,
  location: DatabaseLocation,
  entities: readonly EntityClass[],
): Promise<Database> {
  const statements = new StatementCounter();
  const shared = {
    // A server remembers its migrations instead.
    entities: [...platformEntities, ...(location.url === null ? [SchemaFingerprintEntity] : []), ...entities],
    metadataProvider: ReflectMetadataProvider,
    forceUtcTimezone: true,
    // It keeps both sides of a relation in step; no entity has one, and without it a request costs a fifth less CPU.
    propagationOnPrototype: false,
    // The library would print statements with their values where its own variable of the environment said so.
    debug: false,
    onQuery: (sql: string) => statements.count(sql),
  };
  const orm = await connect(name, location, shared);
  return { name, orm, em: orm.em, isEmbedded: location.url === null, statements, close: () => orm.close(true) };
}

function connect(name: string, { url, dataDir, prefix }: DatabaseLocation, shared: SharedOptions): Promise<Orm> {
  if (url === null) {
    mkdirSync(dataDir, { recursive: true });
    const file = embeddedFileOf(name, { dataDir });
    return MikroORM.init<SqliteDriver>({
      ...shared,
      driver: SqliteDriver,
      dbName: file,
      driverOptions: new EmbeddedDialect(file),
    });
  }
  const server = {
    ...shared,
    dbName: `${prefix}${name}`,
    // Connections that nothing needs end after a minute, so that a rush does not hold them for ever.
    pool: { min: 0, max: 10, idleTimeoutMillis: 60_000 },
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    // Migrating makes it; a process that only uses it must not.
    ensureDatabase: false,
    schemaGenerator: { skipTables: [MIGRATION_TABLE] },
  };
  return url.startsWith('mariadb:')
    ? MikroORM.init<MariaDbDriver>({ ...server, driver: MariaDbDriver, clientUrl: url.replace(/^mariadb:/, 'mysql:') })
    : MikroORM.init<MySqlDriver>({ ...server, driver: MySqlDriver, clientUrl: url });
}

import { createHash } from 'node:crypto';

/** The table that remembers migrations; it belongs to no entity. */
export const MIGRATION_TABLE = 'schema_migration';

/** One step of a server's tables from version to version, in plain SQL: forward only, and never edited once merged. */
export interface Migration {
  /** When it was made and what for, such as `20261121140000-initial`; unique within a subgraph. */
  readonly name: string;
  readonly statements: readonly string[];
}

/** What a database remembers of a migration. */
export interface MigrationRecord {
  readonly name: string;
  /** How many of its statements are done, from the first on. */
  readonly statementsDone: number;
  /** Checksum of the migration as it was applied; null until its last statement is done. */
  readonly checksum: string | null;
}

/** How the migrations of this version and those of a database differ. */
export interface MigrationFindings {
  /** Still to be applied, in order; one that was interrupted is among them. */
  readonly pending: readonly Migration[];
  /** Names the database has and this version does not know. */
  readonly unknown: readonly string[];
  /** Names whose statements are not those that were applied. */
  readonly changed: readonly string[];
}

/** The database is not at this version; the message says which migrations tell so and how to mend it. */
export class MigrationMismatch extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join(' '));
    this.name = 'MigrationMismatch';
  }
}

/** The data was made by another version of the product, or not made to the end; it is left as it is. */
export class SchemaMismatch extends Error {
  constructor(database: string) {
    super(
      `The ${database} data was made by another version of TwinEngine, or making it was interrupted; it is left untouched. Start that version, or choose another DATA_DIR or DATABASE_URL.`,
    );
    this.name = 'SchemaMismatch';
  }
}

/** A statement was refused; what came before it is done, and the next run continues with it. */
export class MigrationFailed extends Error {
  constructor(place: { subgraph: string; migration: Migration; index: number }, reason: unknown) {
    const { subgraph, migration, index } = place;
    const why = reason instanceof Error ? reason.message : String(reason);
    super(
      `The migration ${migration.name} of ${subgraph} failed at statement ${index + 1} of ${migration.statements.length}: ${why}. What came before it is done. Mend the cause and run "npm run migrate" again; it continues there.`,
    );
    this.name = 'MigrationFailed';
  }
}

/** SHA-256 of a migration's statements, in hexadecimal. */
export function checksumOf({ statements }: Migration): string {
  return createHash('sha256').update(JSON.stringify(statements)).digest('hex');
}

/** Compares what this version knows with what a database remembers. */
export function compareMigrations(known: readonly Migration[], records: readonly MigrationRecord[]): MigrationFindings {
  const recordOf = new Map(records.map((record) => [record.name, record]));
  const isFinished = ({ name }: Migration) => typeof recordOf.get(name)?.checksum === 'string';
  const isAsApplied = (migration: Migration) => recordOf.get(migration.name)?.checksum === checksumOf(migration);
  return {
    pending: known.filter((migration) => !isFinished(migration)),
    unknown: records.flatMap(({ name }) => (known.some((migration) => migration.name === name) ? [] : [name])),
    changed: known.filter((migration) => isFinished(migration) && !isAsApplied(migration)).map(({ name }) => name),
  };
}

/** What no migrating mends, one sentence a finding: the database belongs to another version. */
export function foreignProblems(subgraph: string, { unknown, changed }: MigrationFindings): readonly string[] {
  const newer = unknown.map(
    (name) =>
      `The ${subgraph} database has the migration ${name}, which this version of TwinEngine does not know: start the newer version that made it, or choose another DATABASE_URL.`,
  );
  const edited = changed.map(
    (name) =>
      `The migration ${name} was applied to the ${subgraph} database with other statements than this version has: start the version that applied it.`,
  );
  return [...newer, ...edited];
}

/** What keeps a process from starting on the database, one sentence a finding, each with the way to mend it. */
export function startProblems(subgraph: string, findings: MigrationFindings): readonly string[] {
  return [...foreignProblems(subgraph, findings), ...pendingProblems(subgraph, findings)];
}

/** What the database lacks, one sentence a migration, each with the way to mend it. */
export function pendingProblems(subgraph: string, { pending }: MigrationFindings): readonly string[] {
  return pending.map(
    ({ name }) => `The ${subgraph} database lacks the migration ${name}: run "npm run migrate", then start again.`,
  );
}

import {
  checksumOf,
  compareMigrations,
  foreignProblems,
  MigrationFailed,
  startProblems,
  type Migration,
  type MigrationRecord,
} from './migration.js';

const first: Migration = { name: '20260101000000-first', statements: ['create table a (id int)'] };
const second: Migration = { name: '20260201000000-second', statements: ['create table b (id int)', 'drop table a'] };
const known = [first, second];
const done = (migration: Migration): MigrationRecord => ({
  name: migration.name,
  statementsDone: migration.statements.length,
  checksum: checksumOf(migration),
});
const allDone = known.map(done);

describe('migrations of this version and of a database', () => {
  it.each([
    ['agree', allDone, { pending: [], unknown: [], changed: [] }],
    ['agree in any order of the rows', allDone.toReversed(), { pending: [], unknown: [], changed: [] }],
    ['are all pending on an empty database', [], { pending: known, unknown: [], changed: [] }],
    ['are pending after those that are done', [done(first)], { pending: [second], unknown: [], changed: [] }],
    [
      'are pending before those that are done, where two were made beside each other',
      [done(second)],
      { pending: [first], unknown: [], changed: [] },
    ],
    [
      'are pending until the last statement is done',
      [done(first), { name: second.name, statementsDone: 1, checksum: null }],
      { pending: [second], unknown: [], changed: [] },
    ],
    [
      'differ where the database knows more, finished or not',
      [...allDone, { ...done(first), name: 'x' }, { name: 'y', statementsDone: 0, checksum: null }],
      { pending: [], unknown: ['x', 'y'], changed: [] },
    ],
    [
      'differ where one was edited after it was applied',
      [done(first), { ...done(second), checksum: checksumOf(first) }],
      { pending: [], unknown: [], changed: [second.name] },
    ],
  ])('%s', (_what, records, findings) => {
    expect(compareMigrations(known, records)).toEqual(findings);
  });

  it('keep a process from starting, each named with the way to mend it', () => {
    const findings = { pending: [first], unknown: ['x'], changed: [second.name] };

    expect(startProblems('orders', findings)).toEqual([
      'The orders database has the migration x, which this version of TwinEngine does not know: start the newer version that made it, or choose another DATABASE_URL.',
      'The migration 20260201000000-second was applied to the orders database with other statements than this version has: start the version that applied it.',
      'The orders database lacks the migration 20260101000000-first: run "npm run migrate", then start again.',
    ]);
    expect(foreignProblems('orders', findings)).toHaveLength(2);
    expect(startProblems('orders', compareMigrations(known, allDone))).toEqual([]);
  });

  it('tell where one failed and why', () => {
    const failed = new MigrationFailed({ subgraph: 'orders', migration: second, index: 1 }, new Error('Unknown table'));

    expect(failed.message).toMatch(
      /^The migration 20260201000000-second of orders failed at statement 2 of 2: Unknown table\. .*"npm run migrate" again/,
    );
  });

  it('have a checksum of their statements only, and of each', () => {
    expect(checksumOf({ ...second, name: 'renamed' })).toBe(checksumOf(second));
    expect(checksumOf({ ...second, statements: ['create table b (id int)drop table a'] })).not.toBe(checksumOf(second));
  });
});

import { isRealServers, makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import { openDatabase, type Database } from './database.js';
import { listMigrationProblems, migrate } from './migrate.js';
import { MigrationFailed, MigrationMismatch, type Migration } from './migration.js';
import { requireSchema } from './schema.js';

const head: Migration = {
  name: '20260101000000-head',
  statements: [
    'create table `stream_head` (`id` int unsigned not null, `epoch` varchar(32) not null, `last_seq` bigint not null, primary key (`id`))',
  ],
};
const cup: Migration = {
  name: '20260102000000-cup',
  statements: [
    'create table `cup` (`id` int not null)',
    'insert into `cup` values (1), (1)',
    'alter table `cup` add unique `cup_id_unique` (`id`)',
  ],
};
const plate: Migration = { name: '20260103000000-plate', statements: ['create table `plate` (`id` int not null)'] };
const spoon: Migration = {
  name: '20260104000000-spoon',
  statements: [
    'create table `spoon` (`id` int not null)',
    'insert into `spoon` values (1), (2)',
    'delete from `spoon` where `id` = 1',
  ],
};

let place: TestPlace;
let opened: Database[];

beforeEach(() => {
  place = makeTestPlace();
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((database) => database.close()));
  await place.remove();
});

async function open(): Promise<Database> {
  const database = await openDatabase('orders', place.location, []);
  opened.push(database);
  return database;
}

const tablesOf = async ({ em }: Database) => {
  const rows: { name: string }[] = await em
    .fork()
    .execute('select table_name as name from information_schema.tables where table_schema = database()');
  return rows.map(({ name }) => name).toSorted();
};

/** What one run applied, and how it ended. */
async function run(database: Database, migrations: readonly Migration[]) {
  const applied: string[] = [];
  const failure = await migrate(database, migrations, (name) => applied.push(name)).then(
    () => null,
    (error: unknown) => error,
  );
  return { applied, failure };
}

if (isRealServers()) {
  describe('migrating', () => {
    it('stops at a statement that fails: what came before is done, what comes after is not', async () => {
      const database = await open();

      const { applied, failure } = await run(database, [head, cup, plate]);

      expect(applied).toEqual([head.name]);
      expect(failure).toBeInstanceOf(MigrationFailed);
      expect(failure).toMatchObject({
        message: expect.stringMatching(
          /^The migration 20260102000000-cup of orders failed at statement 3 of 3: .*Duplicate entry '1'/,
        ),
      });
      expect(await tablesOf(database)).toEqual(['cup', 'schema_migration', 'stream_head']);
      expect(await listMigrationProblems(database, [head, cup, plate])).toEqual([
        expect.stringContaining(`lacks the migration ${cup.name}`),
        expect.stringContaining(`lacks the migration ${plate.name}`),
      ]);
    });

    it('continues where it stopped once the cause is mended, and does nothing twice', async () => {
      const database = await open();
      await run(database, [head, cup, plate]);
      await database.em.fork().execute('delete from cup limit 1');

      const { applied, failure } = await run(await open(), [head, cup, plate]);

      expect([applied, failure]).toEqual([[cup.name, plate.name], null]);
      expect(await database.em.fork().execute('select id from cup')).toEqual([{ id: 1 }]);
      expect(await listMigrationProblems(database, [head, cup, plate])).toEqual([]);
    });

    it.each([
      ['before its first statement', 0, []],
      ['after its first statement, which it did not note', 0, spoon.statements.slice(0, 1)],
      ['after its first statement', 1, spoon.statements.slice(0, 1)],
      ['after its second statement', 2, spoon.statements.slice(0, 2)],
    ])('ends what a process killed %s left', async (_when, statementsDone, done) => {
      const database = await open();
      await run(database, [head]);
      const em = database.em.fork();
      for (const statement of done) await em.execute(statement);
      await em.execute('insert into schema_migration (name, statements_done) values (?, ?)', [
        spoon.name,
        statementsDone,
      ]);

      const { applied, failure } = await run(database, [head, spoon]);

      expect([applied, failure]).toEqual([[spoon.name], null]);
      expect(await em.execute('select id from spoon')).toEqual([{ id: 2 }]);
    });

    it.each([
      ['a table', 'create table `fork` (`id` int not null)'],
      ['a column', 'alter table `spoon` add `size` int null'],
      ['an index', 'alter table `spoon` add index `spoon_bowl_index` (`bowl`)'],
      ['a unique key', 'alter table `spoon` add unique `spoon_bowl_unique` (`bowl`)'],
      ['a check', 'alter table `spoon` add constraint `spoon_check` check (bowl > 0)'],
      [
        'a foreign key',
        'alter table `spoon` add constraint `spoon_of` foreign key (`of`) references `stream_head` (`id`)',
      ],
      ['another type', 'alter table `spoon` modify `bowl` bigint null'],
      ['no column', 'alter table `spoon` drop column `bowl`'],
      ['no table', 'drop table `spoon`'],
    ])('knows again what it made and did not note: %s', async (_what, statement) => {
      const database = await open();
      const spoons: Migration = {
        name: '20260106000000-spoons',
        statements: ['create table `spoon` (`bowl` int null, `of` int unsigned null)', statement, ...plate.statements],
      };
      await run(database, [head, { ...spoons, statements: spoons.statements.slice(0, 2) }]);
      const em = database.em.fork();
      await em.execute(
        'update schema_migration set statements_done = 1, checksum = null, applied_at = null where name = ?',
        [spoons.name],
      );

      const { applied, failure } = await run(database, [head, spoons]);

      expect([applied, failure]).toEqual([[spoons.name], null]);
      expect(await tablesOf(database)).toContain('plate');
    });

    it('does not take a table that is there for its own where nothing was interrupted', async () => {
      const database = await open();
      await run(database, [head]);
      await database.em.fork().execute('create table plate (id int not null, mine int not null)');

      const { failure } = await run(database, [head, plate]);

      expect(failure).toMatchObject({ message: expect.stringMatching(/statement 1 of 1: .*already exists/) });
    });

    it('changes rows and notes it in one transaction', async () => {
      const database = await open();
      const half: Migration = {
        name: '20260105000000-half',
        statements: [...plate.statements, 'insert into `plate` values (1), (2), (null)'],
      };

      const { failure } = await run(database, [head, half]);

      expect(failure).toMatchObject({ message: expect.stringContaining('statement 2 of 2') });
      expect(await database.em.fork().execute('select id from plate')).toEqual([]);
    });

    it('leaves an edited migration and a newer database alone', async () => {
      const database = await open();
      await run(database, [head, plate]);
      const before = await tablesOf(database);

      const edited = await run(database, [head, { ...plate, statements: spoon.statements }, spoon]);
      const older = await run(database, [head]);

      expect([edited.failure, older.failure]).toEqual([expect.any(MigrationMismatch), expect.any(MigrationMismatch)]);
      expect(edited.failure).toMatchObject({ message: expect.stringContaining('with other statements') });
      expect(older.failure).toMatchObject({ message: expect.stringContaining(`has the migration ${plate.name}`) });
      expect(await tablesOf(database)).toEqual(before);
    });

    it('waits for another process that is at it, and gives the lock back', async () => {
      const databases = await Promise.all([open(), open(), open(), open()]);

      const runs = await Promise.all(databases.map((database) => run(database, [head, plate, spoon])));

      expect(runs.map(({ failure }) => failure)).toEqual([null, null, null, null]);
      expect(runs.flatMap(({ applied }) => applied)).toEqual([head.name, plate.name, spoon.name]);
      const lock = "select is_free_lock(concat('schema of ', left(database(), 50))) as isFree";
      expect(await databases[0]?.em.fork().execute(lock)).toEqual([{ isFree: 1 }]);
    });
  });
} else {
  describe('migrating', () => {
    it('is not for embedded databases: each process may make those, from the entities', async () => {
      const database = await open();

      expect(await requireSchema(database, [head, cup])).toBe(true);
      expect(await database.em.fork().execute("select name from sqlite_master where name = 'cup'")).toEqual([]);
    });
  });
}

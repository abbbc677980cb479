import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { subgraphs } from '../bin/subgraphs.js';
import { openDatabase, type Database } from '../platform/data/database.js';
import { inMigratedSchema, listDrift } from '../platform/data/schema-drift.js';
import { ensureSchema, requireSchema } from '../platform/data/schema.js';
import type { Subgraph } from '../platform/subgraph.js';
import { runCommand } from './harness/command.js';
import { environmentOf, startProcess } from './harness/process.js';
import { isRealServers, makeTestPlace, testServers, type TestPlace } from './harness/target.js';

const each = subgraphs.map((subgraph): [string, Subgraph] => [subgraph.name, subgraph]);
const spawnsMs = 180_000;
let places: TestPlace[];

beforeEach(() => (places = []));
afterEach(async () => {
  for (const place of places) await place.remove();
});

function newPlace(): TestPlace {
  const place = makeTestPlace();
  places.push(place);
  return place;
}

async function withDatabase<Result>(
  { name, entities }: Subgraph,
  location: TestPlace['location'],
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase(name, location, entities);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** `table.column` of everything the entities make in an embedded database. */
function embeddedColumns(subgraph: Subgraph): Promise<string[]> {
  return withDatabase(subgraph, { ...newPlace().location, url: null }, async (database) => {
    await ensureSchema(database, subgraph.migrations);
    const columns = `select t.name || '.' || c.name as name from sqlite_master t join pragma_table_info(t.name) c
      where t.type = 'table' and t.name not in ('schema_fingerprint', 'sqlite_sequence')`;
    const rows: { name: string }[] = await database.em.fork().execute(columns);
    return rows.map(({ name }) => name).toSorted();
  });
}

describe.each(each)('the migrations of %s', (name, subgraph) => {
  it('are those of its folder, in the order they were made', () => {
    const files = globSync(`subgraphs/${name}/migrations/*.ts`).map((file) => basename(file, '.ts'));
    const names = subgraph.migrations.map((migration) => migration.name);

    expect(names).toEqual(files.toSorted());
    expect(names.filter((each) => !/^\d{14}-[a-z][a-z0-9-]*$/.test(each))).toEqual([]);
  });

  it('make the tables that an embedded database has', async () => {
    const tables = new Set<string>();
    for (const statement of subgraph.migrations.flatMap(({ statements }) => statements)) {
      const [, verb, table = ''] = /^(create|drop) table (?:if exists )?`(\w+)`/.exec(statement) ?? [];
      if (verb === 'create') tables.add(table);
      if (verb === 'drop') tables.delete(table);
    }
    const embedded = (await embeddedColumns(subgraph)).map((column) => column.split('.')[0]);

    expect([...tables].toSorted()).toEqual([...new Set(embedded)]);
  });

  if (isRealServers()) {
    it('make what the entities say, to the last index, and the columns that an embedded database has', async () => {
      const { databaseUrl } = testServers();
      const columns = `select concat(table_name, '.', column_name) as name from information_schema.columns
        where table_schema = database() and table_name <> 'schema_migration'`;

      const collations = `select distinct collation_name as name from information_schema.columns
        where table_schema = database() and collation_name is not null`;
      const read = (rows: { name: string }[]) => rows.map((row) => row.name).toSorted();

      const migrated = await inMigratedSchema(subgraph, databaseUrl, async ({ em }) => ({
        columns: read(await em.fork().execute(columns)),
        collations: read(await em.fork().execute(collations)),
      }));

      expect(migrated).toEqual({ columns: await embeddedColumns(subgraph), collations: ['utf8mb4_bin'] });
      expect(await listDrift(subgraph, databaseUrl)).toEqual([]);
    });
  }
});

if (isRealServers()) {
  describe('npm run migrate', () => {
    const lines = subgraphs.flatMap(({ name, migrations }) =>
      migrations.map((migration) => `${name}: applied ${migration.name}`),
    );
    const last = 'The tables of all subgraphs are at this version.';

    it(
      'applies each migration once where several run at once, nothing when it runs again, and lets processes start',
      async () => {
        const place = newPlace();
        const env = environmentOf(place);

        const ended = await Promise.all([
          runCommand('migrate', env),
          runCommand('migrate', env),
          runCommand('migrate', env),
        ]);
        const again = await runCommand('migrate', env);

        expect(ended.map(({ exitCode, errors }) => [exitCode, errors])).toEqual(Array(3).fill([0, []]));
        expect(ended.flatMap(({ output }) => output.filter((line) => line !== last)).toSorted()).toEqual(
          lines.toSorted(),
        );
        expect(again).toEqual({ exitCode: 0, output: [last], errors: [] });
        for (const subgraph of subgraphs)
          await withDatabase(subgraph, place.location, (database) => requireSchema(database, subgraph.migrations));
      },
      spawnsMs,
    );

    it(
      'refuses the database of a newer version, as every start does, and leaves it alone',
      async () => {
        const place = newPlace();
        const env = environmentOf(place);
        await runCommand('migrate', env);
        const [accounts] = subgraphs;
        if (!accounts) throw new Error('There are no subgraphs.');
        await withDatabase(accounts, place.location, ({ em }) =>
          em.fork().execute("insert into schema_migration (name, statements_done) values ('29990101000000-later', 1)"),
        );

        const refused = await runCommand('migrate', env);

        const line =
          'The accounts database has the migration 29990101000000-later, which this version of TwinEngine does not know: start the newer version that made it, or choose another DATABASE_URL.';
        expect(refused).toEqual({ exitCode: 1, output: [], errors: [line] });
        await expect(startProcess(env, ['--empty'])).rejects.toThrow(`It ended with 1: ${line}`);
        const admin = ['--email', 'root@example.com', '--name', 'Root'];
        expect(await runCommand('bootstrap-admin', env, admin)).toMatchObject({ exitCode: 1, errors: [line] });
      },
      spawnsMs,
    );

    it(
      'is what a command asks for that finds no tables; the whole product in one process migrates by itself',
      async () => {
        const place = newPlace();
        const env = environmentOf(place);
        const admin = ['--email', 'root@example.com', '--name', 'Root'];

        const before = await runCommand('bootstrap-admin', env, admin);
        const product = await startProcess(env, ['--empty']);
        await product.kill('SIGTERM');
        const after = await runCommand('bootstrap-admin', env, admin);

        expect(before).toMatchObject({ exitCode: 1, output: [] });
        expect(before.errors).toEqual([
          expect.stringMatching(/^The accounts database lacks the migration \d{14}-initial: run "npm run migrate"/),
        ]);
        expect(after).toMatchObject({ exitCode: 0, errors: [] });
        expect((await runCommand('migrate', env)).output).toEqual([last]);
      },
      spawnsMs,
    );
  });
} else {
  describe('npm run migrate', () => {
    it('says that embedded databases need none', async () => {
      const place = newPlace();

      expect(await runCommand('migrate', { DATA_DIR: place.dataDir })).toEqual({
        exitCode: 1,
        output: [],
        errors: ['DATABASE_URL: is required; embedded databases are made at the first start.'],
      });
    });
  });
}

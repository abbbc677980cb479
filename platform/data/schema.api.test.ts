import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { makeTables } from '../../tests/harness/tables.js';
import { isRealServers, makeTestPlace, type TestPlace } from '../../tests/harness/target.js';
import { readStreamHead } from '../events/outbox.queries.js';
import { openDatabase, type Database, type EntityClass } from './database.js';
import { MigrationMismatch, SchemaMismatch } from './migration.js';
import { newNote, NoteEntity } from './note.fixture.js';
import { SchemaFingerprintEntity } from './schema.entity.js';
import { requireSchema } from './schema.js';

/** A table that only another version of the product has. */
@Entity({ tableName: 'later' })
class LaterEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'integer' })
  count!: number;
}

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

async function open(entities: readonly EntityClass[] = [NoteEntity]): Promise<Database> {
  const database = await openDatabase('orders', place.location, entities);
  opened.push(database);
  return database;
}

async function makeOne(): Promise<Database> {
  const database = await open();
  await makeTables(database);
  await database.em.fork().insert(NoteEntity, newNote({ title: 'kept' }));
  return database;
}

const titles = async (database: Database) => (await database.em.fork().find(NoteEntity, {})).map(({ title }) => title);

describe('the schema', () => {
  it('is made once, and known at the next start', async () => {
    const first = await open();
    expect(await makeTables(first)).toBe(true);
    const { epoch, lastSeq } = await readStreamHead(first.em.fork());

    const second = await open();
    expect(await makeTables(second)).toBe(false);
    expect(await readStreamHead(second.em.fork())).toMatchObject({ epoch, lastSeq });
    expect(epoch).toMatch(/^ep_[0-9A-Z]{26}$/);
  });

  it('refuses data that lacks a table of this version, and does not add it', async () => {
    const made = await makeOne();
    const later = await open([NoteEntity, LaterEntity]);

    await expect(makeTables(later)).rejects.toBeInstanceOf(isRealServers() ? MigrationMismatch : SchemaMismatch);
    await expect(later.em.fork().count(LaterEntity)).rejects.toMatchObject({ name: 'TableNotFoundException' });
    expect(await titles(made)).toEqual(['kept']);
  });
});

if (isRealServers()) {
  describe('the schema on a server', () => {
    it.each(["''", "'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'"])('is not used where sql_mode is %s', async (mode) => {
      await makeOne();
      const database = await open();
      await database.em.fork().execute(`set session sql_mode = ${mode}`);

      await expect(makeTables(database)).rejects.toThrow('sql_mode must have STRICT_TRANS_TABLES');
    });

    it('is not used where tables were made without migrations', async () => {
      const made = await makeOne();
      await made.em.fork().execute('drop table schema_migration');

      await expect(makeTables(await open())).rejects.toBeInstanceOf(SchemaMismatch);
      expect(await titles(made)).toEqual(['kept']);
    });

    it('is not made by a process that is one of many: it says which migration is missing and how to mend it', async () => {
      const database = await open();
      const missing = { name: '20260101000000-first', statements: ['create table `a` (`id` int)'] };

      await expect(requireSchema(database, [missing])).rejects.toThrow(
        'The orders database lacks the migration 20260101000000-first: run "npm run migrate", then start again.',
      );
      await expect(database.em.fork().execute('select 1')).rejects.toThrow('Unknown database');
    });

    it('is made by one of four processes that start together', async () => {
      const databases = await Promise.all([open(), open(), open(), open()]);

      const made = await Promise.all(databases.map(makeTables));

      expect(made.toSorted()).toEqual([false, false, false, true]);
      for (const database of databases) expect(await titles(database)).toEqual([]);
      const epochs = await Promise.all(databases.map(async ({ em }) => (await readStreamHead(em.fork())).epoch));
      expect(new Set(epochs).size).toBe(1);
    });
  });
} else {
  describe('the schema on SQLite', () => {
    it('refuses data of another version and leaves it as it is', async () => {
      const made = await makeOne();
      await made.em.fork().nativeUpdate(SchemaFingerprintEntity, { id: 1 }, { fingerprint: 'another' });

      await expect(makeTables(await open())).rejects.toBeInstanceOf(SchemaMismatch);
      expect(await titles(made)).toEqual(['kept']);
      expect(await made.em.fork().find(SchemaFingerprintEntity, {})).toMatchObject([{ fingerprint: 'another' }]);
    });

    it('refuses data that was not made to the end, and whatever else has tables', async () => {
      const made = await makeOne();
      await made.em.fork().execute('drop table schema_fingerprint');

      await expect(makeTables(await open())).rejects.toThrow('making it was interrupted');
      expect(await titles(made)).toEqual(['kept']);
    });

    it('is made wholly or not at all', async () => {
      const database = await open();
      const clash = await open([NoteEntity, LaterEntity]);
      await database.em.fork().execute('create view schedule as select 1 as id');

      await expect(makeTables(clash)).rejects.toThrow('already');
      expect(await clash.em.fork().execute("select name from sqlite_master where type = 'table'")).toEqual([]);
    });

    it('survives the loss of power: a log written ahead, an fsync a commit', async () => {
      const { em } = await makeOne();

      expect(await em.fork().execute('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      expect(await em.fork().execute('pragma synchronous')).toEqual([{ synchronous: 2 }]);
    });
  });
}

import { Kysely, sql } from 'kysely';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { mock } from 'node:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase } from './database.js';
import { EmbeddedDialect } from './embedded-dialect.js';
import { NoteEntity } from './note.fixture.js';

let dataDir: string;
let database: Kysely<unknown>;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'embedded-'));
  database = new Kysely({ dialect: new EmbeddedDialect(join(dataDir, 'test.sqlite')) });
});
afterEach(async () => {
  mock.restoreAll();
  await database.destroy();
  rmSync(dataDir, { recursive: true });
});

async function storeAndRead(value: unknown): Promise<unknown> {
  const { rows } = await sql<{ v: unknown }>`select ${value} as v`.execute(database);
  return rows[0]?.v;
}

describe('a parameter of the embedded database', () => {
  it.each([
    ['text', 'ä🍕', 'ä🍕'],
    ['the largest exact number', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['a fraction', 0.1, 0.1],
    ['a bigint', 12n, 12],
    ['true', true, 1],
    ['false', false, 0],
    ['null', null, null],
    ['bytes', new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ])('may be %s', async (_what, value, read) => {
    expect(await storeAndRead(value)).toEqual(read);
  });

  it.each([
    ['nothing', undefined],
    ['an object', { $gt: 1 }],
    ['a list', [1]],
    ['a symbol', Symbol('x')],
    ['not a number', NaN],
    ['infinity', Infinity],
  ])('is refused when it is %s', async (_what, value) => {
    await expect(storeAndRead(value)).rejects.toThrow('cannot be stored');
  });
});

describe('the embedded database', () => {
  it('S27 takes a text with a NUL that stands in the statement itself', async () => {
    const { rows } = await sql.raw<{ v: string }>("select 'a\0b' as v where 'a\0b' in ('x', 'a\0b')").execute(database);

    expect(rows[0]?.v).toBe('a\0b');
  });

  it('keeps prepared the last 500 statements, and no long ones', async () => {
    const prepare = mock.method(DatabaseSync.prototype, 'prepare');
    const run = async (text: string) => {
      const before = prepare.mock.callCount();
      await sql.raw(text).execute(database);
      return prepare.mock.callCount() - before;
    };
    const long = `select '${'x'.repeat(4_000)}'`;

    for (let n = 0; n < 600; n += 1) expect(await run(`select ${n}`)).toBe(1);

    expect(await run('select 599')).toBe(0);
    expect(await run('select 100')).toBe(0);
    expect(await run('select 99')).toBe(1);
    expect([await run(long), await run(long)]).toEqual([1, 1]);
  });

  it.each([
    ['one by one', (work: (to: Kysely<unknown>) => Promise<void>) => work(database)],
    ['in one transaction', (work: (to: Kysely<unknown>) => Promise<void>) => database.transaction().execute(work)],
  ])('lets timers fire during 2,000 inserts %s', async (_how, within) => {
    await sql`create table t (n integer)`.execute(database);
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const text = 'x'.repeat(20_000);

    await within(async (to) => {
      for (let n = 0; n < 2_000; n += 1) await sql`insert into t values (${n} + length(${text}))`.execute(to);
    });
    clearInterval(timer);

    expect(turns).toBeGreaterThan(0);
  });

  it('refuses a write after waiting in vain for another process, and goes on when that one has ended', async () => {
    const file = join(dataDir, 'test.sqlite');
    const impatient = new Kysely<unknown>({ dialect: new EmbeddedDialect(file, 60) });
    await sql`create table t (n integer)`.execute(impatient);
    const insert = async () => {
      const transaction = await impatient.startTransaction().execute();
      try {
        await sql`insert into t values (1)`.execute(transaction);
        await transaction.commit().execute();
      } catch (error) {
        await transaction.rollback().execute();
        throw error;
      }
    };
    const other = new DatabaseSync(file);
    other.exec('begin immediate');

    await expect(insert()).rejects.toThrow('database is locked');
    await expect(insert()).rejects.toThrow('database is locked');
    expect((await sql`select * from t`.execute(impatient)).rows).toEqual([]);
    other.exec('commit');
    await insert();

    expect((await sql`select * from t`.execute(impatient)).rows).toEqual([{ n: 1 }]);
    other.close();
    await impatient.destroy();
  });

  it('I20 keeps what was committed before a kill -9, and nothing of what was open', async () => {
    const script = fileURLToPath(new URL('crash.fixture.js', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [said] = await once(child.stdout, 'data');
    child.kill('SIGKILL');
    const [, signal] = await exited;

    const reopened = await openDatabase('orders', { url: null, dataDir, prefix: '' }, [NoteEntity]);
    const notes = await reopened.em.fork().find(NoteEntity, {});
    await reopened.close();

    expect([String(said), signal]).toEqual(['committed one\n', 'SIGKILL']);
    expect(notes).toMatchObject([{ title: 'committed' }]);
  });
});

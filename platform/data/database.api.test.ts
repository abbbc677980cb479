import { isRealServers } from '../../tests/harness/target.js';
import { instant } from '../process/clock.js';
import { newNote, NoteBook, NoteEntity, storedNotes } from './note.fixture.js';

const book = new NoteBook();
const letters = ['A', 'a', 'ä', 'ą', '٣', '🍕🍷👩‍👩‍👧', 'é', 'e\u0301', "x'; drop table note; --", '\\', '%', '_'];

describe('a database', () => {
  it('S27 tells every letter from every other and gives it back as it was', async () => {
    for (const title of letters) await book.database.em.fork().insert(NoteEntity, newNote({ title }));

    expect(new Set((await storedNotes(book.database)).map(({ title }) => title))).toEqual(new Set(letters));
    for (const title of letters) expect(await book.database.em.fork().count(NoteEntity, { title })).toBe(1);
  });

  it('refuses the same key twice', async () => {
    const em = book.database.em.fork();
    await em.insert(NoteEntity, newNote({ title: '🍕' }));

    await expect(em.insert(NoteEntity, newNote({ title: '🍕' }))).rejects.toMatchObject({
      name: 'UniqueConstraintViolationException',
    });
  });

  it('sorts letters by their code, as every other database of the product does', async () => {
    for (const title of letters) await book.database.em.fork().insert(NoteEntity, newNote({ title }));

    const bytes = (text: string) => Buffer.from(text, 'utf8');
    expect((await storedNotes(book.database)).map(({ title }) => title)).toEqual(
      letters.toSorted((a, b) => bytes(a).compare(bytes(b))),
    );
  });

  it('keeps a time to the millisecond', async () => {
    const em = book.database.em.fork();
    const writtenAt = instant('2026-03-29T01:30:00.987Z');
    const justAround = { $gt: instant('2026-03-29T01:30:00.986Z'), $lt: instant('2026-03-29T01:30:00.988Z') };

    await em.insert(NoteEntity, newNote({ writtenAt }));

    expect((await storedNotes(book.database)).map((note) => note.writtenAt.toISOString())).toEqual([
      '2026-03-29T01:30:00.987Z',
    ]);
    expect(await em.count(NoteEntity, { writtenAt: justAround })).toBe(1);
  });

  it('counts its statements, and tells them when asked to', async () => {
    const { statements, em } = book.database;
    const before = statements.total;

    statements.record();
    await em.fork().count(NoteEntity);

    expect(statements.total - before).toBe(1);
    expect(statements.recorded).toEqual([expect.stringContaining('count(*)')]);
  });
});

if (isRealServers()) {
  describe('a server', () => {
    it('S27 is used in utf8mb4 with keys compared as they are stored, in every table', async () => {
      const em = book.database.em.fork();
      const columns =
        'select distinct character_set_name as s, collation_name as c from information_schema.columns where table_schema = database() and collation_name is not null';

      expect(await em.execute(columns)).toEqual([{ s: 'utf8mb4', c: 'utf8mb4_bin' }]);
      expect(await em.execute('select @@character_set_connection as s')).toEqual([{ s: 'utf8mb4' }]);
    });

    it('stores times in UTC, whatever its own zone', async () => {
      const em = book.database.em.fork();
      await em.insert(NoteEntity, newNote({ writtenAt: instant('2026-03-29T01:30:00.987Z') }));

      expect(await em.execute('select cast(written_at as char) as t from note')).toEqual([
        { t: '2026-03-29 01:30:00.987' },
      ]);
    });
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isRealServers } from '../../tests/harness/target.js';
import type { Database } from './database.js';
import { DomainError } from '../domain/errors.js';
import {
  meetingOf,
  newNote,
  NoteBook,
  NoteEntity,
  noteEvent,
  storedEvents,
  storedNotes,
  unitOfWorkOf,
} from './note.fixture.js';
import { record } from './outbox.js';
import { executeWithin } from './tenant-guard.js';
import { placeScope, unscoped } from './tenant-scope.js';
import { ConflictRetry, isInsideUnitOfWork, RunAgain, runAfterCommit } from './unit-of-work.js';

const book = new NoteBook();
const everything = unscoped('what is told apart here is not tenants');

/** An error as a server's driver throws it. */
function serverError(errno: number): Error {
  return Object.assign(new Error('as the server says'), { errno });
}

describe('a unit of work', () => {
  it('I15 commits a row together with its event, and then tells once', async () => {
    const told: boolean[] = [];
    const unitOfWork = unitOfWorkOf(book.database, {}, () => told.push(isInsideUnitOfWork(book.database)));

    const answer = await unitOfWork(async (em) => {
      const note = em.create(NoteEntity, newNote({ title: 'kept' }));
      record(em, noteEvent(note));
      return note.title;
    });

    expect(answer).toBe('kept');
    expect(await storedNotes(book.database)).toMatchObject([{ title: 'kept' }]);
    expect(await storedEvents(book.database)).toHaveLength(1);
    expect(told).toEqual([false]);
  });

  it('rolls rows, events and effects back, and tells nobody', async () => {
    const happened: string[] = [];
    const failure = new DomainError('INVALID_STATE', 'No.');
    const work = unitOfWorkOf(book.database, {}, () => happened.push('told'))(async (em) => {
      const note = newNote();
      await em.insert(NoteEntity, note);
      record(em, noteEvent(note));
      runAfterCommit(em, () => happened.push('effect'));
      throw failure;
    });

    await expect(work).rejects.toBe(failure);
    expect(await storedNotes(book.database)).toEqual([]);
    expect(await storedEvents(book.database)).toEqual([]);
    expect(happened).toEqual([]);
  });

  it('is not left behind by a commit that the database refuses', async () => {
    const unitOfWork = unitOfWorkOf(book.database);
    const write = () => unitOfWork(async (em) => void em.create(NoteEntity, newNote({ title: 'same' })));

    await write();

    await expect(write()).rejects.toMatchObject({ name: 'UniqueConstraintViolationException' });
    expect(await storedNotes(book.database)).toHaveLength(1);
  });

  it('does not nest', async () => {
    const unitOfWork = unitOfWorkOf(book.database);

    await expect(unitOfWork(() => unitOfWork(async () => {}))).rejects.toThrow('already open');
    await expect(unitOfWork(async () => 'the next one works')).resolves.toBe('the next one works');
  });

  it('has effects after the commit only, in order, outside of the transaction', async () => {
    const unitOfWork = unitOfWorkOf(book.database);
    const seen: Promise<number>[] = [];
    const countNotes = () => void seen.push(unitOfWork((em) => em.count(NoteEntity, placeScope({ brandId: 'brd_1' }))));

    await unitOfWork(async (em) => {
      runAfterCommit(em, countNotes);
      runAfterCommit(em, countNotes);
      await em.insert(NoteEntity, newNote());
      expect(seen).toEqual([]);
    });

    expect(await Promise.all(seen)).toEqual([1, 1]);
  });

  it('refuses an effect for an em that is not its own', () => {
    expect(() => runAfterCommit(book.database.em.fork(), () => {})).toThrow('needs the em of a unit of work');
  });
});

describe('a unit of work that loses', () => {
  it.each([
    ['a deadlock', 1213],
    ['a lock wait', 1205],
    ['a row changed since it was read', 1020],
  ])('F9 runs again from the start after %s, with one effect', async (_what, errno) => {
    const effects: number[] = [];
    let attempts = 0;

    await unitOfWorkOf(book.database)(async (em) => {
      attempts += 1;
      const note = newNote({ rank: attempts });
      await em.insert(NoteEntity, note);
      record(em, noteEvent(note));
      runAfterCommit(em, () => effects.push(note.rank));
      if (attempts < 3) throw serverError(errno);
    });

    expect(await storedNotes(book.database)).toMatchObject([{ rank: 3 }]);
    expect(await storedEvents(book.database)).toMatchObject([{ payload: { remaining: 3 } }]);
    expect(effects).toEqual([3]);
  });

  it('F9 gives up after five attempts with CONFLICT_RETRY, keeping the cause', async () => {
    const last = serverError(1213);
    let attempts = 0;
    const work = unitOfWorkOf(book.database)(async (em) => {
      attempts += 1;
      await em.insert(NoteEntity, newNote());
      throw last;
    });

    await expect(work).rejects.toMatchObject({ name: 'ConflictRetry', cause: last });
    await expect(work).rejects.toBeInstanceOf(ConflictRetry);
    expect(attempts).toBe(5);
    expect(await storedNotes(book.database)).toEqual([]);
  });

  it('starts again with a fresh em when the work asks for it', async () => {
    const ems = new Set<object>();

    await unitOfWorkOf(book.database)(async (em) => {
      ems.add(em);
      if (ems.size < 2) throw new RunAgain();
    });

    expect(ems.size).toBe(2);
  });

  it('runs every other failure once', async () => {
    let attempts = 0;
    const work = unitOfWorkOf(book.database)(async () => {
      attempts += 1;
      throw serverError(1062);
    });

    await expect(work).rejects.toMatchObject({ errno: 1062 });
    expect(attempts).toBe(1);
  });
});

if (isRealServers()) {
  describe('a unit of work on a server', () => {
    it('F9 ends a real deadlock with both transactions done, each once', async () => {
      const [one, two] = [newNote({ title: 'one' }), newNote({ title: 'two' })];
      await unitOfWorkOf(book.database)(async (em) => void (await em.insertMany(NoteEntity, [one, two])));
      const meet = meetingOf(2);
      let attempts = 0;
      const raiseBoth = (ids: readonly string[]) =>
        unitOfWorkOf(book.database)(async (em) => {
          attempts += 1;
          for (const id of ids) {
            const raise = 'update note set `rank` = `rank` + 1 where :scope and id = ?';
            await executeWithin(em, { brandId: one.brandId }, { sql: raise, parameters: [id] });
            await meet();
          }
          record(em, noteEvent(one));
        });

      await Promise.all([raiseBoth([one.id, two.id]), raiseBoth([two.id, one.id])]);

      expect(attempts).toBe(3);
      expect(await storedNotes(book.database)).toMatchObject([{ rank: 2 }, { rank: 2 }]);
      expect(await storedEvents(book.database)).toHaveLength(2);
    });

    it('reads what others have committed, whatever the server does by default', async () => {
      const own = await book.open();
      const strict = 'set session transaction isolation level repeatable read';
      // The pool of this database has made one connection only: the one the transactions below will use.
      await own.em.fork().execute(strict);
      const readTwice = async (em: typeof own.em) => {
        const before = await em.count(NoteEntity, everything);
        await unitOfWorkOf(book.database)(async (other) => void (await other.insert(NoteEntity, newNote())));
        return (await em.count(NoteEntity, everything)) - before;
      };

      expect(await own.em.fork().transactional((em) => readTwice(em))).toBe(0);
      expect(await unitOfWorkOf(own)((em) => readTwice(em))).toBe(1);
    });

    it('gives the connections back that break within a transaction', async () => {
      const killer = await book.open();
      const broken = await Promise.allSettled(
        Array.from({ length: 12 }, () =>
          unitOfWorkOf(book.database)(async (em) => {
            const own = em.getTransactionContext();
            const [row] = await em.getConnection().execute('select connection_id() as id', [], 'all', own);
            await killer.em.fork().execute(`kill ${row?.id}`);
            await sleep(5);
            await em.insert(NoteEntity, newNote());
          }),
        ),
      );

      expect(broken.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'rejected'));
      expect(await unitOfWorkOf(book.database)((em) => em.count(NoteEntity, everything))).toBe(0);
    });

    it('gives the connections back that broke before a transaction began', async () => {
      const [own, killer] = [await book.open(), await book.open()];
      const connectionId = async () => {
        const [row]: { id: number }[] = await own.em.fork().execute('select connection_id() as id');
        return row?.id;
      };
      const ids = new Set<unknown>();

      for (let round = 0; round < 12; round += 1) {
        const id = await connectionId();
        ids.add(id);
        await killer.em.fork().execute(`kill ${id}`);
        await Promise.allSettled([unitOfWorkOf(own)((em) => em.count(NoteEntity, everything))]);
      }

      expect(ids.size).toBe(12);
      expect(await unitOfWorkOf(own)((em) => em.count(NoteEntity, everything))).toBe(0);
    });
  });
} else {
  describe('a unit of work on SQLite', () => {
    it('waits for the transaction of another process, without stopping this one', async () => {
      const note = newNote();
      await unitOfWorkOf(book.database)(async (em) => void (await em.insert(NoteEntity, note)));
      const other = await book.open();
      const raise = (database: Database, holdMs: number) =>
        unitOfWorkOf(database)(async (em) => {
          const where = { $and: [placeScope(note), { id: note.id }] };
          const { rank } = await em.findOneOrFail(NoteEntity, where);
          await sleep(holdMs);
          await em.nativeUpdate(NoteEntity, where, { rank: rank + 1 });
        });

      await Promise.all([raise(other, 150), raise(book.database, 0), raise(other, 0), raise(book.database, 50)]);

      expect(await storedNotes(book.database)).toMatchObject([{ rank: 4 }]);
    });
  });
}

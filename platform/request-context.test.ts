import type { Context } from './context.js';
import { clock, newNote, NoteBook, NoteEntity, storedEvents, noteEvent } from './data/note.fixture.js';
import { record } from './data/outbox.js';
import { inOrderOf } from './data/rows.js';
import { unscoped } from './data/tenant-scope.js';
import { viewerWith } from '../tests/harness/viewers.js';
import { createContext, type ContextParts } from './request-context.js';

const everything = unscoped('what is told apart here is not tenants');
const book = new NoteBook();
const viewer = viewerWith({ slugs: [], brandId: 'brd_1', id: 'usr_ann' });
let loads: string[][];

beforeEach(() => {
  loads = [];
});

/** A context as a request has it, with only what these tests use behind it. */
function newContext(parts: Partial<ContextParts> = {}): Context {
  const all = { database: book.database, clock, catchUp: async () => {}, onCommitted: () => {}, ...parts };
  return createContext(all as ContextParts, {
    viewer,
    requestId: 'req_1',
    idempotencyKey: 'k',
    remoteAddress: '::1',
    userAgent: 'test',
  });
}

function titleOf(context: Context, id: string): Promise<string | null> {
  const loader = context.loader<string, NoteEntity>('note', async (ids) => {
    loads.push([...ids]);
    const rows = await context.em.find(NoteEntity, { $and: [everything, { id: { $in: [...ids] } }] });
    return inOrderOf(ids, rows, (row) => row.id);
  });
  return loader.load(id).then((note) => note?.title ?? null);
}

describe('the context of a request', () => {
  it('reads with one em, which refuses to work inside a transaction', async () => {
    const context = newContext();

    expect(context.em).toBe(context.em);
    await expect(context.unitOfWork(async () => context.em.count(NoteEntity, everything))).rejects.toThrow(
      'Inside a unit of work use its em',
    );
    expect(await context.em.count(NoteEntity, everything)).toBe(0);
  });

  it('lets another request read while a transaction is open', async () => {
    const other = newContext();
    let otherReads = Promise.resolve(-1);
    const outside = new Promise<void>((resolve) =>
      setImmediate(() => resolve(void (otherReads = other.em.count(NoteEntity, everything)))),
    );

    await newContext().unitOfWork(async (em) => {
      await em.insert(NoteEntity, newNote());
      await outside;
    });

    expect(await otherReads).toBe(1);
  });

  it('I20 reads what it wrote, in rows and in loaders', async () => {
    const context = newContext();
    const note = newNote({ title: 'before' });
    await context.unitOfWork(async (em) => void (await em.insert(NoteEntity, note)));
    expect([
      await titleOf(context, note.id),
      (await context.em.findOneOrFail(NoteEntity, { $and: [everything, { id: note.id }] })).title,
    ]).toEqual(['before', 'before']);

    await context.unitOfWork(
      async (em) =>
        void (await em.nativeUpdate(NoteEntity, { $and: [everything, { id: note.id }] }, { title: 'after' })),
    );

    expect([
      await titleOf(context, note.id),
      (await context.em.findOneOrFail(NoteEntity, { $and: [everything, { id: note.id }] })).title,
    ]).toEqual(['after', 'after']);
  });

  it('looks again for what it missed once it has caught up', async () => {
    const note = newNote({ title: 'arrived' });
    const context = newContext({ catchUp: async () => void (await book.database.em.fork().insert(NoteEntity, note)) });
    expect(await titleOf(context, note.id)).toBeNull();

    await context.catchUp();

    expect(await titleOf(context, note.id)).toBe('arrived');
  });

  it('loads rows of one kind together, each once', async () => {
    const context = newContext();
    const [one, two] = [newNote({ title: 'one' }), newNote({ title: 'two' })];
    await context.em.insertMany(NoteEntity, [one, two]);

    const titles = await Promise.all([one.id, two.id, 'not_missing', one.id].map((id) => titleOf(context, id)));

    expect(titles).toEqual(['one', 'two', null, 'one']);
    expect(loads).toEqual([[one.id, two.id, 'not_missing']]);
  });

  it('records whose request an event came from, and tells of every commit', async () => {
    let commits = 0;
    const context = newContext({ onCommitted: () => void (commits += 1) });

    await context.unitOfWork(async (em) => record(em, noteEvent(newNote())));

    expect(await storedEvents(book.database)).toMatchObject([
      { viewerKind: 'USER', viewerId: 'usr_ann', requestId: 'req_1' },
    ]);
    expect(commits).toBe(1);
  });
});

import { anonymous, system, type Grant, type Viewer } from '../domain/viewer.js';
import { newNote, NoteBook, NoteEntity } from './note.fixture.js';
import { tenantScope } from './tenant-scope.js';

const book = new NoteBook();
const grant = (brandId: string | null, outletId: string | null, slugs = ['notes.read']): Grant => ({
  role: 'TEST',
  brandId,
  outletId,
  slugs,
});
const user = (...grants: Grant[]): Viewer => ({ kind: 'USER', id: 'usr_1', sessionId: null, version: 1, grants });
const rows = [
  ['a of nowhere', 'brd_a', null],
  ['a1', 'brd_a', 'out_a1'],
  ['a2', 'brd_a', 'out_a2'],
  ['b1', 'brd_b', 'out_b1'],
] as const;

describe('what a viewer can see', () => {
  it.each<[string, Viewer, string[]]>([
    ['nobody', anonymous, []],
    ['a user without rights', user(), []],
    ['one with another permission', user(grant('brd_a', null, ['other.thing'])), []],
    ['one of a brand', user(grant('brd_a', null)), ['a of nowhere', 'a1', 'a2']],
    ['one of an outlet', user(grant('brd_a', 'out_a2')), ['a2']],
    ['one of two places', user(grant('brd_a', 'out_a1'), grant('brd_b', null)), ['a1', 'b1']],
    ['one with all in a brand', user(grant('brd_b', null, ['all'])), ['b1']],
    ['one of the installation', user(grant(null, null)), ['a of nowhere', 'a1', 'a2', 'b1']],
    ['the product', system, ['a of nowhere', 'a1', 'a2', 'b1']],
  ])('is for %s', async (_who, viewer, titles) => {
    const em = book.database.em.fork();
    await em.insertMany(
      NoteEntity,
      rows.map(([title, brandId, outletId]) => newNote({ title, brandId, outletId })),
    );

    const seen = await em.find(
      NoteEntity,
      { $and: [tenantScope(viewer, 'notes.read')] },
      { orderBy: { title: 'asc' } },
    );

    expect(seen.map(({ title }) => title)).toEqual(titles);
  });

  it('of rows that belong to brands only is nothing for one of an outlet', async () => {
    const em = book.database.em.fork();
    await em.insert(NoteEntity, newNote({ brandId: 'brd_a', outletId: 'out_a1' }));
    const brands = { brand: 'brandId', outlet: null };

    const count = (viewer: Viewer) => em.count(NoteEntity, { $and: [tenantScope(viewer, 'notes.read', brands)] });

    expect(await count(user(grant('brd_a', 'out_a1')))).toBe(0);
    expect(await count(user(grant('brd_a', null)))).toBe(1);
  });
});

import { Entity, PrimaryKey } from '@mikro-orm/decorators/legacy';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { JobEntity } from '../jobs/job.entity.js';
import { system } from '../domain/viewer.js';
import { createContext } from '../request-context.js';
import { loadConfig } from '../process/config.js';
import { clock, newNote, NoteBook, NoteEntity, storedNotes, unitOfWorkOf } from './note.fixture.js';
import { executeWithin, forkGuarded, insertMissing, IsTenant, selectWithin, UnscopedQuery } from './tenant-guard.js';
import {
  anyOf,
  brandScope,
  narrowed,
  outletsScope,
  placeScope,
  tenantItself,
  tenantScope,
  unscoped,
} from './tenant-scope.js';

@IsTenant()
@Entity({ tableName: 'tenant' })
class TenantEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;
}

const book = new NoteBook([TenantEntity]);
const guarded = () => forkGuarded(book.database.em);
const ours = placeScope({ brandId: 'brd_1' });

async function writeNotes(): Promise<void> {
  const notes = ['brd_1', 'brd_1', 'brd_2'].map((brandId, rank) =>
    newNote({ brandId, rank, title: `note ${rank}`, outletId: `out_${rank}` }),
  );
  await book.database.em.fork().insertMany(NoteEntity, notes);
}

const forgotten: readonly (readonly [string, (em: SqlEntityManager) => unknown])[] = [
  ['find', (em) => em.find(NoteEntity, { rank: 1 })],
  ['find with nothing', (em) => em.find(NoteEntity, {})],
  ['find by a list of ids', (em) => em.find(NoteEntity, { id: { $in: ['not_1'] } })],
  ['find by a brand that somebody sent', (em) => em.find(NoteEntity, { brandId: 'brd_2' })],
  ['find within a copy of a scope', (em) => em.find(NoteEntity, { ...ours, rank: 1 })],
  ['find within a scope or beside it', (em) => em.find(NoteEntity, { $or: [ours, { rank: 2 }] })],
  ['find within a list of conditions', (em) => em.find(NoteEntity, { $and: [{ rank: 1 }] })],
  ['findOne by key', (em) => em.findOne(NoteEntity, 'not_1')],
  ['findOneOrFail', (em) => em.findOneOrFail(NoteEntity, { id: 'not_1' })],
  ['findAll', (em) => em.findAll(NoteEntity)],
  ['findAndCount', (em) => em.findAndCount(NoteEntity, { rank: 1 })],
  ['findByCursor', (em) => em.findByCursor(NoteEntity, { first: 1, orderBy: { id: 'asc' } })],
  ['count', (em) => em.count(NoteEntity)],
  ['countBy', (em) => em.countBy(NoteEntity, 'brandId')],
  ['stream', (em) => em.stream(NoteEntity, { where: { rank: 1 } }).next()],
  ['clone', (em) => em.clone(NoteEntity, { id: 'not_1' })],
  ['nativeUpdate', (em) => em.nativeUpdate(NoteEntity, { rank: 1 }, { rank: 9 })],
  ['nativeDelete', (em) => em.nativeDelete(NoteEntity, { rank: 1 })],
  ['createQueryBuilder', (em) => em.createQueryBuilder(NoteEntity)],
  ['qb', (em) => em.qb(NoteEntity)],
  ['a repository', (em) => em.getRepository(NoteEntity).find({ rank: 1 })],
  ['execute', (em) => em.execute('select * from note')],
  ['getKysely', (em) => em.getKysely()],
  ['a fork', (em) => em.fork().find(NoteEntity, { rank: 1 })],
  ['a tenant itself', (em) => em.find(TenantEntity, { id: 'brd_2' })],
];

/** What a call throws, at once or later. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return null;
  } catch (error) {
    return error;
  }
}

describe('a query that forgets its tenant', () => {
  it.each(forgotten)('LES-07 throws before it is sent: %s', async (_way, query) => {
    await writeNotes();
    const before = book.database.statements.total;

    const failure = await failureOf(() => query(guarded()));

    expect(failure).toBeInstanceOf(UnscopedQuery);
    expect(book.database.statements.total).toBe(before);
    expect((await storedNotes(book.database)).map(({ rank }) => rank)).toEqual([0, 1, 2]);
  });

  it.each(forgotten.filter(([way]) => way !== 'a fork'))(
    'LES-07 throws in a unit of work too: %s',
    async (_way, query) => {
      expect(await failureOf(() => unitOfWorkOf(book.database)(async (em) => void (await query(em))))).toBeInstanceOf(
        UnscopedQuery,
      );
    },
  );

  it('throws for whoever asks, the product itself included', async () => {
    const parts = { database: book.database, clock, config: loadConfig({ DATA_DIR: '/tmp' }) };
    const context = Reflect.apply(createContext, null, [parts, { viewer: system, requestId: 'req_1' }]);

    expect(await failureOf(() => context.em.find(NoteEntity, {}))).toBeInstanceOf(UnscopedQuery);
  });

  it('is told from one of what no tenant owns', async () => {
    await expect(guarded().find(JobEntity, {})).resolves.toEqual([]);
  });
});

describe('a query within a scope', () => {
  const one = { kind: 'USER' as const, id: 'usr_1', sessionId: null, version: 1 };
  const ofBrand = { ...one, grants: [{ role: 'TEST', brandId: 'brd_1', outletId: null, slugs: ['notes.read'] }] };
  const ofOutlet = { ...one, grants: [{ role: 'TEST', brandId: 'brd_2', outletId: 'out_2', slugs: ['notes.read'] }] };

  it.each([
    ['of a permission', tenantScope(ofBrand, 'notes.read'), [0, 1]],
    ['of a permission in one outlet', tenantScope(ofOutlet, 'notes.read'), [2]],
    ['of a permission nobody gave', tenantScope(ofBrand, 'notes.write'), []],
    ['of the brands a permission touches', brandScope(ofOutlet, 'notes.read'), [2]],
    ['of the product', tenantScope(system, 'notes.read'), [0, 1, 2]],
    ['of a brand', placeScope({ brandId: 'brd_1' }), [0, 1]],
    ['of an outlet', placeScope({ outletId: 'out_1' }), [1]],
    ['of an outlet of another brand', placeScope({ brandId: 'brd_1', outletId: 'out_2' }), []],
    ['of outlets', outletsScope(['out_0', 'out_2']), [0, 2]],
    [
      'of two scopes',
      anyOf(placeScope({ outletId: 'out_0' }), narrowed(placeScope({ brandId: 'brd_2' }), { rank: 2 })),
      [0, 2],
    ],
    ['of no tenant, with a reason', unscoped('a test of all rows'), [0, 1, 2]],
  ])('finds the rows %s', async (_what, scope, ranks) => {
    await writeNotes();

    const alone = await guarded().find(NoteEntity, scope, { orderBy: { rank: 'asc' } });
    const narrow = await guarded().count(NoteEntity, { $and: [scope, { rank: { $gte: 1 } }] });

    expect(alone.map(({ rank }) => rank)).toEqual(ranks);
    expect(narrow).toBe(ranks.filter((rank) => rank >= 1).length);
  });

  it.each([
    ['a brand without an id', () => placeScope({ brandId: '' })],
    ['an outlet without an id', () => placeScope({ brandId: 'brd_1', outletId: '' })],
    ['a tenant without an id', () => tenantItself('')],
    ['no reason', () => unscoped(' ')],
  ])('cannot be made of %s', (_what, make) => {
    expect(make).toThrow(/needs a/);
  });

  it('can be part of another query, a statement by hand, and an insert that leaves what is there', async () => {
    await writeNotes();
    const em = guarded();
    const [first] = await em.find(NoteEntity, ours, { orderBy: { rank: 'asc' } });
    const ids = selectWithin(em, NoteEntity, { column: 'id', where: [ours, { rank: 1 }] });
    const sql = 'select title from note where :scope and note.rank >= ? order by note.rank';

    const found = await em.find(NoteEntity, { $and: [ours, { id: { $in: ids } }] });
    const byHand = await executeWithin(em, { brandId: 'brd_1' }, { sql, parameters: [1] });
    await insertMissing(em, NoteEntity, [
      { ...newNote({ id: first?.id ?? '' }), title: 'another' },
      newNote({ title: 'new' }),
    ]);

    expect(found.map(({ rank }) => rank)).toEqual([1]);
    expect(byHand).toEqual([{ title: 'note 1' }]);
    expect((await storedNotes(book.database)).map(({ title }) => title)).toEqual(['new', 'note 0', 'note 1', 'note 2']);
  });

  it.each([
    ['names no place', 'select title from note'],
    ['names it twice', 'select title from note where :scope or :scope'],
    ['has a parameter before it', 'select title from note where note.rank = ? and :scope'],
  ])('by hand is refused where it %s', async (_what, sql) => {
    const run = () => executeWithin(guarded(), { brandId: 'brd_1' }, { sql, parameters: [] });

    expect(await failureOf(run)).toBeInstanceOf(UnscopedQuery);
  });
});

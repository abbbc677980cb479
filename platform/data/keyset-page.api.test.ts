import fc from 'fast-check';
import { encodeCursor, type Page } from '../domain/page.js';
import { fetchPage, type KeysetSort } from './keyset-page.js';
import { newNote, NoteBook, NoteEntity, unitOfWorkOf } from './note.fixture.js';
import { placeScope, type ScopedConditions } from './tenant-scope.js';

const book = new NoteBook();
const byRank: KeysetSort<NoteEntity> = [
  ['rank', 'desc'],
  ['title', 'asc'],
  ['id', 'desc'],
];

function page(
  brandId: string,
  { first = 3, after = null, sort = byRank }: { first?: number; after?: string | null; sort?: KeysetSort<NoteEntity> },
) {
  const where: ScopedConditions = [placeScope({ brandId })];
  return fetchPage(book.database.em.fork(), NoteEntity, { where, sort, page: { first, after } });
}

async function writeNotes(brandId: string, facts: readonly (readonly [string, number])[]): Promise<string[]> {
  const notes = facts.map(([title, rank], index) => newNote({ brandId, title: `${title}${index}`, rank }));
  await unitOfWorkOf(book.database)(async (em) => void (notes.length > 0 && (await em.insertMany(NoteEntity, notes))));
  return notes.map(({ id }) => id);
}

/** Reads a list to its end, doing something between the pages. */
async function readAll(
  brandId: string,
  { first, sort = byRank }: { first: number; sort?: KeysetSort<NoteEntity> },
  between = async (_page: Page<NoteEntity>) => {},
) {
  const rows: NoteEntity[] = [];
  for (let after: string | null = null; ;) {
    const { edges, pageInfo }: Page<NoteEntity> = await page(brandId, { first, after, sort });
    rows.push(...edges.map(({ node }) => node));
    if (!pageInfo.hasNextPage) return rows;
    await between({ edges, pageInfo });
    after = pageInfo.endCursor;
  }
}

let brands = 0;
const nextBrand = () => `brd_page${(brands += 1)}`;
const facts = fc.array(
  fc.tuple(fc.constantFrom('a', 'A', 'b', 'ä', 'z ', '🍕', '￼', 'Zz'), fc.integer({ min: -2, max: 2 })),
  { maxLength: 25 },
);
const sorts = fc.constantFrom<KeysetSort<NoteEntity>>(
  byRank,
  [
    ['title', 'desc'],
    ['id', 'asc'],
  ],
  [
    ['rank', 'asc'],
    ['id', 'asc'],
  ],
  [['id', 'desc']],
);

describe('a page of a list', () => {
  it('says where it begins and ends', async () => {
    const brandId = nextBrand();
    await writeNotes(brandId, [
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ]);

    const start = await page(brandId, { first: 2 });
    const rest = await page(brandId, { first: 2, after: start.pageInfo.endCursor });

    expect(start.edges.map(({ node }) => node.title)).toEqual(['c2', 'a0']);
    expect(start.pageInfo).toMatchObject({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: start.edges[0]?.cursor,
    });
    expect(rest.edges.map(({ node }) => node.title)).toEqual(['b1']);
    expect(rest.pageInfo).toMatchObject({
      hasNextPage: false,
      hasPreviousPage: true,
      endCursor: rest.edges[0]?.cursor,
    });
  });

  it('may be empty, and may be full to the last row', async () => {
    const brandId = nextBrand();
    expect(await page(brandId, {})).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    await writeNotes(brandId, [
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
    expect((await page(brandId, { first: 3 })).pageInfo.hasNextPage).toBe(false);
  });

  it('takes one statement, however many rows there are and wherever it begins', async () => {
    const brandId = nextBrand();
    await writeNotes(
      brandId,
      Array.from({ length: 120 }, (_, rank) => ['n', rank % 5] as const),
    );
    let after: string | null = null;

    for (const first of [1, 20, 99]) {
      const before = book.database.statements.total;
      const { pageInfo } = await page(brandId, { first, after });
      expect(book.database.statements.total - before).toBe(1);
      after = pageInfo.endCursor;
    }
  });

  it('has every row once and in the order of the database, with ties, both directions and any text', async () => {
    await fc.assert(
      fc.asyncProperty(facts, sorts, fc.integer({ min: 1, max: 7 }), async (notes, sort, first) => {
        const brandId = nextBrand();
        await writeNotes(brandId, notes);
        const orderBy = sort.map(([column, direction]) => ({ [column]: direction }));
        const all = await book.database.em.fork().find(NoteEntity, { brandId }, { orderBy });

        const read = await readAll(brandId, { first, sort });

        expect(read.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  it('misses and repeats no row while others are inserted', async () => {
    await fc.assert(
      fc.asyncProperty(facts, facts, fc.integer({ min: 1, max: 5 }), async (notes, more, first) => {
        const brandId = nextBrand();
        const there = await writeNotes(brandId, notes);
        const coming = more.slice(0, 6).map(([title, rank]) => [`${title}+${brandId}`, rank] as const);

        const read = await readAll(brandId, { first }, async () => {
          const [next] = coming.splice(0, 1);
          if (next) await writeNotes(brandId, [[`${next[0]}${coming.length}`, next[1]]]);
        });

        const ids = read.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => there.includes(id)).toSorted()).toEqual(there.toSorted());
      }),
      { numRuns: 15 },
    );
  });

  it.each([
    ['text that is no cursor', 'nonsense'],
    ['no text at all', ' '],
    ['a cursor of a list with another order', encodeCursor(['a'])],
    ['a longer one', encodeCursor([1, 'a', 'b', 'c'])],
    ['an object for a value', Buffer.from('[{"$gt":1},"a","b"]').toString('base64url')],
    ['nothing for a value', Buffer.from('[null,"a","b"]').toString('base64url')],
    ['a number beyond all numbers', Buffer.from('[1e999,"a","b"]').toString('base64url')],
  ])('refuses %s', async (_what, after) => {
    await expect(page('brd_1', { after })).rejects.toMatchObject({ name: 'BadUserInput', field: ['after'] });
  });

  it.each([
    ['text for a number', encodeCursor(['soup', 'a', 'b'])],
    ['numbers for texts', encodeCursor([1, 2, 3])],
    ['more than fits', encodeCursor([1e300, 'a', 'b'])],
    ['what looks like SQL', encodeCursor([1, "'; drop table note; --", 'b'])],
    ['half a character', encodeCursor([1, '\ud83c', 'b'])],
  ])('answers some page, and no failure, for a forged cursor with %s', async (_what, after) => {
    expect((await page(nextBrand(), { after })).edges).toEqual([]);
  });

  it('is not sorted by a column that has no text or number', async () => {
    const brandId = nextBrand();
    await writeNotes(brandId, [['a', 1]]);

    await expect(
      page(brandId, {
        sort: [
          ['writtenAt', 'asc'],
          ['id', 'asc'],
        ],
      }),
    ).rejects.toThrow('text or number');
  });
});

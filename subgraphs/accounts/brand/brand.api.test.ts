import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';

const BRAND = 'query ($id: ID!) { brand(id: $id) { id name isActive } }';
const BRANDS = `query ($first: Int! = 25, $after: String) {
  brands(first: $first, after: $after) { edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage endCursor } }
}`;
const REFERENCES = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on Brand { id name } } }`;

describe('brands', () => {
  let company: Company;
  let owner: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const names = async (viewer: Viewer, variables = {}) => {
    const { data } = await company.subgraph.run(viewer, BRANDS, variables);
    return data?.['brands'].edges.map(({ node }: { node: { name: string } }) => node.name);
  };

  it('ACC-27 are made by an administrator of the installation and told once', async () => {
    const { brand } = await company.make('createBrand', { name: '  Trattoria  ' });

    expect(brand).toEqual({ id: expect.stringMatching(/^brd_/), name: 'Trattoria', isActive: true });
    expect(await company.eventsOf('brand.saved', brand.id)).toEqual([
      {
        aggregateId: brand.id,
        aggregateVersion: 1,
        brandId: brand.id,
        outletId: null,
        payload: { name: 'Trattoria', isActive: true },
      },
    ]);
    const read = await company.subgraph.run(administrator, BRAND, { id: brand.id });
    expect(read).toEqual({ data: { brand } });
  });

  it.each([
    ['an empty name', '   '],
    ['a name of 121 characters', 'x'.repeat(121)],
    ['a name with a hidden character', 'Tratt\u200boria'],
  ])('refuse %s', async (_what, name) => {
    const before = await company.rows();

    const answer = await company.send(administrator, 'createBrand', { name });

    expect(answer.data?.['createBrand']).toMatchObject({
      brand: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['name'] }],
    });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 are made by nobody else', async () => {
    const before = await company.rows();
    const askers = [
      anonymous,
      holderOf('MANAGER', { brandId: company.ours }),
      owner,
      holderOf('ADMIN', { brandId: company.ours }),
    ];

    const codes: unknown[] = [];
    for (const viewer of askers) codes.push(errorCode(await company.send(viewer, 'createBrand', { name: 'Mine' })));

    expect(codes).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-28 are seen by their own people only, those of one outlet included', async () => {
    const waiter = holderOf('WAITER', { brandId: company.ours, outletId: company.cafe });
    const customer = holderOf('CUSTOMER', { brandId: company.ours });

    const seen = [await names(owner), await names(waiter)];
    const theirs = await company.subgraph.run(owner, BRAND, { id: company.theirs });
    const missing = await company.subgraph.run(owner, BRAND, { id: 'brd_missing' });
    const byCustomer = await company.subgraph.run(customer, BRAND, { id: company.ours });

    expect(seen).toEqual([['Ours'], ['Ours']]);
    expect([theirs, missing].map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(theirs.errors?.[0]?.message).toBe(missing.errors?.[0]?.message);
    expect(errorCode(byCustomer)).toBe('FORBIDDEN');
  });

  it('are pages by name, and a page outside 1..100 or a foreign cursor is refused', async () => {
    for (const name of ['Beta', 'Alpha', 'Beta']) await company.make('createBrand', { name });

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await company.subgraph.run(administrator, BRANDS, { first: 2, after });
      seen.push(...data?.['brands'].edges.map(({ node }: { node: { name: string } }) => node.name));
      after = data?.['brands'].pageInfo.hasNextPage ? data?.['brands'].pageInfo.endCursor : null;
    } while (after !== null);
    const refused = [{ first: 101 }, { first: 0 }, { after: 'bm90IG91cnM' }].map((page) =>
      company.subgraph.run(administrator, BRANDS, page),
    );

    expect(seen).toEqual(['Alpha', 'Beta', 'Beta', 'Ours', 'Theirs', 'Trattoria']);
    expect((await Promise.all(refused)).map(errorCode)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT', 'BAD_USER_INPUT']);
  });

  it('are resolved as references in the order asked, unseen ones as null', async () => {
    const references = [company.theirs, 'brd_missing', company.ours].map((id) => ({ __typename: 'Brand', id }));

    const answer = await company.subgraph.run(owner, REFERENCES, { references });

    expect(answer.data?.['_entities']).toEqual([null, null, { id: company.ours, name: 'Ours' }]);
  });
});

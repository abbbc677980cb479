import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { detailsOf } from '../../../platform/replicas/outlet-details.js';
import { errorCode, holderOf, manyRowsMs, openCompany, outletFacts, type Company } from '../accounts.fixture.js';

const OUTLET = 'query ($id: ID!) { outlet(id: $id) { id name version brand { name } } }';
const OUTLETS = `query ($brandId: ID, $first: Int! = 25, $after: String) {
  outlets(brandId: $brandId, first: $first, after: $after) {
    edges { node { id name brand { id name } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;
const REFERENCES = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on Outlet { id name } } }`;

describe('outlets', () => {
  let company: Company;
  let owner: Viewer;
  let manager: Viewer;
  let stranger: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    manager = holderOf('MANAGER', { brandId: company.ours, outletId: company.cafe });
    stranger = holderOf('OWNER', { brandId: company.theirs });
  });
  afterAll(() => company.subgraph.stop());

  const named = (answer: Awaited<ReturnType<Company['send']>>) =>
    answer.data?.['outlets'].edges.map(({ node }: { node: { name: string } }) => node.name);

  it('ACC-27 are opened by the owner of their brand', async () => {
    const input = {
      brandId: company.ours,
      name: ' Pier 7 ',
      city: 'Lisbon',
      currency: 'EUR',
      timeZone: 'Europe/Lisbon',
      cutOff: '03:30',
    };

    const { outlet } = await company.make('createOutlet', input, owner);

    const { brandId: _brandId, ...facts } = input;
    const expected = {
      ...facts,
      id: outlet.id,
      name: 'Pier 7',
      isActive: true,
      version: 1,
      brand: { id: company.ours },
    };
    expect(outlet).toEqual(expected);
    expect(outlet.id).toMatch(/^out_/);
  });

  it('tell every change once, with the version it made', async () => {
    const id = await company.addOutlet(company.ours, 'Told');

    await company.make('updateOutlet', { id, name: 'Told again' }, owner);
    await company.make('updateOutlet', { id, cutOff: '05:00', timeZone: 'Asia/Dubai' }, owner);
    const unchanged = await company.make('updateOutlet', { id, name: 'Told again' }, owner);
    await company.make('updateOutlet', { id, isActive: false }, owner);

    const details = detailsOf({ details: null });
    const said = {
      name: 'Told again',
      currency: 'INR',
      timeZone: 'Asia/Dubai',
      cutOff: '05:00',
      isActive: true,
      details,
    };
    const told = (aggregateVersion: number, payload: object) => ({
      aggregateId: id,
      aggregateVersion,
      brandId: company.ours,
      outletId: null,
      payload,
    });
    expect(unchanged.outlet.version).toBe(3);
    expect(await company.eventsOf('outlet.saved', id)).toEqual([
      told(1, { ...outletFacts, name: 'Told', isActive: true, details }),
      told(2, { ...outletFacts, name: 'Told again', isActive: true, details }),
      told(3, said),
      told(4, { ...said, isActive: false }),
    ]);
  });

  it('change only what is given', async () => {
    const input = { brandId: company.ours, name: 'Kept', city: 'Pune', ...outletFacts };
    const { outlet } = await company.make('createOutlet', input, owner);

    const renamed = await company.make('updateOutlet', { id: outlet.id, expectedVersion: 1, name: 'Renamed' }, owner);

    const { brand: _brand, ...before } = outlet;
    expect(renamed.outlet).toEqual({ ...before, name: 'Renamed', version: 2 });
  });

  it.each([
    ['an empty name', 'createOutlet', { name: ' ' }, 'INVALID_INPUT', ['name']],
    ['a name of 121 characters', 'createOutlet', { name: 'x'.repeat(121) }, 'INVALID_INPUT', ['name']],
    ['a city of 121 characters', 'createOutlet', { city: 'x'.repeat(121) }, 'INVALID_INPUT', ['city']],
    ['a zone nobody knows', 'createOutlet', { timeZone: 'Asia/Mumbai' }, 'INVALID_INPUT', ['timeZone']],
    ["the server's own zone", 'createOutlet', { timeZone: 'local' }, 'INVALID_INPUT', ['timeZone']],
    ['a day that ends at noon', 'createOutlet', { cutOff: '12:00' }, 'INVALID_INPUT', ['cutOff']],
    ['an emptied name', 'updateOutlet', { name: '' }, 'INVALID_INPUT', ['name']],
    ['an emptied zone', 'updateOutlet', { timeZone: '' }, 'INVALID_INPUT', ['timeZone']],
    ['a day that ends in the evening', 'updateOutlet', { cutOff: '20:00' }, 'INVALID_INPUT', ['cutOff']],
    ['an old version', 'updateOutlet', { expectedVersion: 9, name: 'x' }, 'VERSION_CONFLICT', ['expectedVersion']],
  ])('refuse %s', async (_what, mutation, facts, code, field) => {
    const before = await company.rows();
    const required =
      mutation === 'createOutlet' ? { brandId: company.ours, name: 'x', ...outletFacts } : { id: company.cafe };

    const answer = await company.send(owner, mutation, { ...required, ...facts });

    expect(answer.data?.[mutation]).toMatchObject({ outlet: null, userErrors: [{ code, field }] });
    expect(await company.rows()).toEqual(before);
  });

  it('refuse a currency that is none before anything else', async () => {
    const answer = await company.send(owner, 'createOutlet', {
      brandId: company.ours,
      name: 'x',
      ...outletFacts,
      currency: 'XYZ',
    });

    expect(errorCode(answer)).toBe('BAD_USER_INPUT');
  });

  it('ACC-28 ACC-29 are changed by nobody who may not, and by nobody of another brand', async () => {
    const before = await company.rows();
    const owns = holderOf('OWNER', { brandId: company.ours, outletId: company.cafe });
    const askers = [anonymous, manager, stranger];

    const codes: unknown[] = [];
    for (const viewer of askers) {
      const created = await company.send(viewer, 'createOutlet', {
        brandId: company.ours,
        name: 'Mine',
        ...outletFacts,
      });
      const updated = await company.send(viewer, 'updateOutlet', { id: company.cafe, name: 'Mine' });
      codes.push([created, updated].map(errorCode));
    }
    const inBrand = await company.send(owns, 'createOutlet', { brandId: company.ours, name: 'Mine', ...outletFacts });
    const elsewhere = await company.send(owns, 'updateOutlet', { id: company.bistro, name: 'Mine' });

    expect(codes).toEqual([
      ['UNAUTHENTICATED', 'UNAUTHENTICATED'],
      ['FORBIDDEN', 'FORBIDDEN'],
      ['NOT_FOUND', 'NOT_FOUND'],
    ]);
    expect([inBrand, elsewhere].map(errorCode)).toEqual(['FORBIDDEN', 'NOT_FOUND']);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-28 are seen by the people who work there only', async () => {
    const queries = [
      [OUTLET, { id: company.cafe }],
      [OUTLET, { id: 'out_missing' }],
      [OUTLETS, { brandId: company.ours }],
      [OUTLETS, { brandId: 'brd_missing' }],
    ] as const;

    const codes = await Promise.all(
      queries.map(async ([query, variables]) => errorCode(await company.subgraph.run(stranger, query, variables))),
    );
    const byManager = await company.subgraph.run(manager, OUTLETS, { brandId: company.ours });
    const bistro = await company.subgraph.run(manager, OUTLET, { id: company.bistro });
    const ofStranger = await company.subgraph.run(stranger, OUTLETS, {});

    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(named(byManager)).toEqual(['Cafe']);
    expect(errorCode(bistro)).toBe('NOT_FOUND');
    expect(named(ofStranger)).toEqual(['Foreign']);
  });

  it('let one of eight edits of the same version through', async () => {
    const id = await company.addOutlet(company.ours, 'Race');

    const names = Array.from({ length: 8 }, (_, index) => `Race ${index}`);
    const answers = await Promise.all(
      names.map((name) => company.send(owner, 'updateOutlet', { id, expectedVersion: 1, name })),
    );

    const codes = answers.map(({ data }) => data?.['updateOutlet'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual(['OK', ...Array(7).fill('VERSION_CONFLICT')]);
    expect(await company.eventsOf('outlet.saved', id)).toHaveLength(2);
  });

  it('are resolved as references in the order asked, unseen ones as null', async () => {
    const references = [company.foreign, 'out_missing', company.cafe].map((id) => ({ __typename: 'Outlet', id }));

    const answer = await company.subgraph.run(manager, REFERENCES, { references });

    expect(answer.data?.['_entities']).toEqual([null, null, { id: company.cafe, name: 'Cafe' }]);
  });
});

describe('a list of outlets', () => {
  let company: Company;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  it('is pages by name, and a page of 101 is refused', async () => {
    const stranger = holderOf('OWNER', { brandId: company.theirs });
    for (const name of ['C', 'A', 'B', 'A']) await company.addOutlet(company.theirs, name);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await company.subgraph.run(stranger, OUTLETS, { brandId: company.theirs, first: 2, after });
      expect(data?.['outlets'].pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...data?.['outlets'].edges.map(({ node }: { node: { name: string } }) => node.name));
      after = data?.['outlets'].pageInfo.hasNextPage ? data?.['outlets'].pageInfo.endCursor : null;
    } while (after !== null);
    const tooMany = await company.subgraph.run(stranger, OUTLETS, { first: 101 });

    expect(seen).toEqual(['A', 'A', 'B', 'C', 'Foreign']);
    expect(errorCode(tooMany)).toBe('BAD_USER_INPUT');
  });

  it(
    'costs the same statements for 1, 20 and 100 outlets with their brand',
    async () => {
      const { brand } = await company.make('createBrand', { name: 'Chain' });
      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 20, 100]) {
        for (; made < size; made += 1) await company.addOutlet(brand.id, `Outlet ${made}`);
        costs.push(
          await company.statementsOf(async () => {
            const viewer = holderOf('STAFF', { brandId: brand.id });
            const { data } = await company.subgraph.run(viewer, OUTLETS, { first: 100 });
            expect(data?.['outlets'].edges).toHaveLength(size);
            expect(data?.['outlets'].edges[size - 1].node.brand).toEqual({ id: brand.id, name: 'Chain' });
          }),
        );
      }

      expect(costs).toEqual([2, 2, 2]);
    },
    manyRowsMs,
  );
});

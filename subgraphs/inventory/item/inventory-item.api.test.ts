import { anonymous } from '../../../platform/domain/viewer.js';
import { brands, flour, newKey, openStore, viewers, type Store } from '../inventory.fixture.js';

const ITEM = 'query ($id: ID!) { inventoryItem(id: $id) { id sku unitCost { amount } } }';
const ITEMS = `query ($brandId: ID, $category: String) {
  inventoryItems(brandId: $brandId, category: $category) { edges { node { name } } }
}`;
const names = (answer: any): string[] => answer.data.inventoryItems.edges.map(({ node }: any) => node.name);

describe('items', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(() => store.subgraph.stop());

  it('INV-01 INV-05 are kept with SKU, category, unit, cost, levels and whether they are sold', async () => {
    const facts = {
      ...flour,
      sku: 'FLR-1',
      unitCost: { amount: '42.50', currency: 'INR' },
      minimum: '2.5',
      critical: '0.5',
    };

    const { inventoryItem } = await store.make('createInventoryItem', facts);

    const { brandId: _brandId, ...shown } = facts;
    expect(inventoryItem).toEqual({ ...shown, id: expect.stringMatching(/^inv_/), isArchived: false, version: 1 });
  });

  it('INV-06 change name, category, cost, levels and whether they are sold', async () => {
    const id = await store.addItem({ minimum: '1', critical: '1' });
    const facts = {
      name: 'Rye',
      category: 'Grain',
      isSold: true,
      minimum: '3',
      unitCost: { amount: '1.00', currency: 'INR' },
    };

    const { inventoryItem } = await store.make('updateInventoryItem', { id, expectedVersion: 1, ...facts });

    expect(inventoryItem).toMatchObject({ ...facts, critical: '1', unit: 'KG', version: 2 });
  });

  it('are archived, which takes them off the list but keeps them', async () => {
    const id = await store.addItem({ name: 'Old', category: 'Archive' });

    const { inventoryItem } = await store.make('archiveInventoryItem', { id, expectedVersion: 1 });

    expect(inventoryItem).toMatchObject({ isArchived: true, version: 2 });
    expect(names(await store.subgraph.run(viewers.manager, ITEMS, { category: 'Archive' }))).toEqual([]);
    expect((await store.subgraph.run(viewers.waiter, ITEM, { id })).data).toMatchObject({ inventoryItem: { id } });
  });

  it.each([
    ['a SKU in use, spelled otherwise', 'createInventoryItem', { sku: ' taken ' }, 'ALREADY_EXISTS', ['sku']],
    ['an empty SKU', 'createInventoryItem', { sku: ' ' }, 'INVALID_INPUT', ['sku']],
    ['a SKU too long in plain letters', 'createInventoryItem', { sku: '\ufdfa'.repeat(60) }, 'INVALID_INPUT', ['sku']],
    ['an empty name', 'createInventoryItem', { name: '' }, 'INVALID_INPUT', ['name']],
    ['a category of 61', 'createInventoryItem', { category: 'c'.repeat(61) }, 'INVALID_INPUT', ['category']],
    [
      'a cost below zero',
      'createInventoryItem',
      { unitCost: { amount: '-1', currency: 'INR' } },
      'INVALID_INPUT',
      ['unitCost', 'amount'],
    ],
    [
      'a cost of three decimals',
      'createInventoryItem',
      { unitCost: { amount: '1.005', currency: 'INR' } },
      'INVALID_INPUT',
      ['unitCost', 'amount'],
    ],
    ['critical above minimum', 'createInventoryItem', { minimum: '1', critical: '2' }, 'INVALID_INPUT', ['critical']],
    ['a minimum below critical', 'updateInventoryItem', { minimum: '0.5' }, 'INVALID_INPUT', ['critical']],
    ['a name of 121', 'updateInventoryItem', { name: 'n'.repeat(121) }, 'INVALID_INPUT', ['name']],
    ['an old version', 'updateInventoryItem', { expectedVersion: 7 }, 'VERSION_CONFLICT', ['expectedVersion']],
    [
      'archiving an old version',
      'archiveInventoryItem',
      { expectedVersion: 7 },
      'VERSION_CONFLICT',
      ['expectedVersion'],
    ],
  ])('INV-01 refuse %s', async (_what, mutation, facts, code, field) => {
    await store.send(viewers.manager, 'createInventoryItem', { ...flour, sku: 'TAKEN', minimum: '1', critical: '1' });
    const id = await store.addItem({ minimum: '1', critical: '1' });
    const before = await store.rows();
    const start = mutation === 'createInventoryItem' ? { ...flour, sku: newKey() } : { id };

    const answer = await store.send(viewers.manager, mutation, { ...start, ...facts });

    expect(answer.data?.[mutation]).toMatchObject({ inventoryItem: null, userErrors: [{ code, field }] });
    expect(await store.rows()).toEqual(before);
  });

  it.each(['updateInventoryItem', 'archiveInventoryItem'])('refuse %s of what is archived', async (mutation) => {
    const id = await store.addItem();
    await store.make('archiveInventoryItem', { id });

    const answer = await store.send(viewers.manager, mutation, { id });

    expect(answer.data?.[mutation]).toMatchObject({ userErrors: [{ code: 'INVALID_STATE', field: ['id'] }] });
  });

  it('INV-01 may have the SKU of another brand', async () => {
    const sku = newKey();
    await store.addItem({ sku });

    await expect(store.addItem({ sku, brandId: brands.theirs }, viewers.stranger)).resolves.toMatch(/^inv_/);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a guest', viewers.guest, 'FORBIDDEN'],
    ['a chef', viewers.chef, 'FORBIDDEN'],
    ['a manager of one outlet, since the brand shares items', viewers.cafeManager, 'FORBIDDEN'],
    ['another brand', viewers.stranger, 'NOT_FOUND'],
  ])('INV-05 INV-11 are not changed by %s', async (_who, viewer, code) => {
    const id = await store.addItem();
    const before = await store.rows();

    const answers = [
      await store.send(viewer, 'createInventoryItem', { ...flour, sku: newKey() }),
      await store.send(viewer, 'updateInventoryItem', { id, name: 'Mine' }),
      await store.send(viewer, 'archiveInventoryItem', { id }),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code, code]);
    expect(await store.rows()).toEqual(before);
  });

  it('are not made for a brand that does not exist', async () => {
    const administrator = {
      ...viewers.manager,
      grants: [{ role: 'ADMIN', brandId: null, outletId: null, slugs: ['all'] }],
    };

    const answer = await store.send(administrator, 'createInventoryItem', {
      ...flour,
      brandId: 'brd_none',
      sku: newKey(),
    });

    expect(answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  it('make one of two with one SKU in a race', async () => {
    const facts = { ...flour, sku: newKey() };

    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => store.send(viewers.manager, 'createInventoryItem', facts)),
    );

    const codes = answers.map(({ data }) => data?.['createInventoryItem'].userErrors[0]?.code ?? 'MADE');
    expect(codes.toSorted()).toEqual(['ALREADY_EXISTS', 'ALREADY_EXISTS', 'ALREADY_EXISTS', 'MADE']);
  });

  it.each([
    ['the manager', viewers.manager, { amount: '9.00' }],
    ['a manager of one outlet', viewers.cafeManager, { amount: '9.00' }],
    ['a waiter', viewers.waiter, null],
  ])('INV-11 show their cost to %s as %j', async (_who, viewer, unitCost) => {
    const id = await store.addItem({ unitCost: { amount: '9.00', currency: 'INR' } });

    const answer = await store.subgraph.run(viewer, ITEM, { id });

    expect(answer.data).toMatchObject({ inventoryItem: { unitCost } });
  });

  it('are invisible to another brand, by id, by list and as a reference', async () => {
    const id = await store.addItem({ category: 'Secret' });
    const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on InventoryItem { id } } }';
    const representations = { r: [{ __typename: 'InventoryItem', id }] };

    const one = await store.subgraph.run(viewers.stranger, ITEM, { id });
    const list = await store.subgraph.run(viewers.stranger, ITEMS, { category: 'Secret', brandId: brands.ours });
    const foreign = await store.subgraph.run(viewers.stranger, ENTITIES, representations);
    const own = await store.subgraph.run(viewers.waiter, ENTITIES, representations);

    expect(one.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(names(list)).toEqual([]);
    expect(foreign.data).toEqual({ _entities: [null] });
    expect(own.data).toEqual({ _entities: [{ id }] });
  });
});

import { brands, flour, manyRowsMs, openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { InventoryItemEntity } from './inventory-item.entity.js';

const ITEMS = `query ($brandId: ID, $outletId: ID, $sku: String, $category: String, $lowStock: Boolean, $first: Int! = 25, $after: String) {
  inventoryItems(brandId: $brandId, outletId: $outletId, sku: $sku, category: $category, lowStock: $lowStock, first: $first, after: $after) {
    edges { node { name isUnlinked onHand(outletId: "out_cafe") stockState(outletId: "out_cafe") } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const names = (answer: any): string[] => answer.data.inventoryItems.edges.map(({ node }: any) => node.name);

describe('the list of items', () => {
  let store: Store;
  const ask = (variables: object) => store.subgraph.run(viewers.waiter, ITEMS, { ...variables });

  beforeAll(async () => {
    store = await openStore();
    const facts = { minimum: '2', critical: '1' };
    const plenty = await store.addItem({ ...facts, name: 'Plenty', sku: 'PLENTY', category: 'Wet' });
    const little = await store.addItem({ ...facts, name: 'Little', isSold: true });
    await store.addItem({ ...facts, name: 'None' });
    await store.receive(plenty, '2.1');
    await store.receive(little, '2');
  });
  afterAll(() => store.subgraph.stop());

  it.each([
    ['by name', {}, ['Little', 'None', 'Plenty']],
    ['of a brand', { brandId: brands.ours }, ['Little', 'None', 'Plenty']],
    ['of another brand', { brandId: brands.theirs }, []],
    ['with a SKU of any case', { sku: 'plenty' }, ['Plenty']],
    ['of a category', { category: 'Wet' }, ['Plenty']],
    ['low at the outlet', { outletId: outlets.cafe, lowStock: true }, ['Little', 'None']],
    ['not low at the outlet', { outletId: outlets.cafe, lowStock: false }, ['Plenty']],
  ])('INV-04 shows items %s', async (_what, filter, expected) => {
    expect(names(await ask(filter))).toEqual(expected);
  });

  it('INV-05 says which are sold but not linked by a recipe', async () => {
    const edges = (await ask({})).data?.['inventoryItems'].edges;

    expect(edges.map(({ node }: any) => node.isUnlinked)).toEqual([true, false, false]);
  });

  it.each([
    ['a page of 101', { first: 101 }, 'BAD_USER_INPUT'],
    ['a page of 0', { first: 0 }, 'BAD_USER_INPUT'],
    ['a foreign cursor', { after: 'bm90aGluZw' }, 'BAD_USER_INPUT'],
    ['low stock of no outlet', { lowStock: true }, 'BAD_USER_INPUT'],
    ['an outlet of the brand where the viewer does not work', { outletId: outlets.bistro }, 'NOT_FOUND'],
    ['an outlet of another brand', { outletId: outlets.foreign }, 'NOT_FOUND'],
  ])('INV-04 refuses %s', async (_what, filter, code) => {
    expect((await ask(filter)).errors?.[0]?.extensions['code']).toBe(code);
  });

  it(
    'INV-04 is paged without gaps, in as many statements for 1, 20 and 100',
    async () => {
      const em = store.subgraph.running.database.em.fork();
      const { brandId, unit } = flour;
      const levels = { minimumMicro: 0, criticalMicro: 0 };
      const createdAt = store.subgraph.clock.now();
      const rows = Array.from({ length: 120 }, (_, place) => {
        const text = String(place).padStart(3, '0');
        const words = { id: `inv_${text}`, sku: text, skuKey: text, name: text, category: 'Many' };
        return { ...words, ...levels, brandId, unit, isSold: true, isArchived: false, version: 1, createdAt };
      });
      await em.insertMany(InventoryItemEntity, rows);
      const filter = { category: 'Many', outletId: outlets.cafe };

      const first = await ask({ ...filter, first: 100 });
      const second = await ask({ ...filter, first: 100, after: first.data?.['inventoryItems'].pageInfo.endCursor });
      const counts = [];
      for (const size of [1, 20, 100]) counts.push(await store.statementsOf(() => ask({ ...filter, first: size })));

      expect([...names(first), ...names(second)]).toEqual(rows.map(({ name }) => name));
      expect(second.data?.['inventoryItems'].pageInfo.hasNextPage).toBe(false);
      expect(counts).toEqual([5, 5, 5]);
    },
    manyRowsMs,
  );
});

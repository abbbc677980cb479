import { openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { StockLevelEntity } from './stock-level.entity.js';

const AT =
  'query ($id: ID!, $outletId: ID!) { inventoryItem(id: $id) { onHand(outletId: $outletId) stockState(outletId: $outletId) } }';

describe('stock of an item', () => {
  let store: Store;

  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(() => store.subgraph.stop());

  it.each([
    ['2.001', 'OK'],
    ['2', 'WARNING'],
    ['0.5', 'CRITICAL'],
  ])('INV-12 is at %s KG in state %s', async (quantity, stockState) => {
    const id = await store.addItem({ minimum: '2', critical: '0.5' });
    await store.receive(id, quantity);

    const answer = await store.subgraph.run(viewers.waiter, AT, { id, outletId: outlets.cafe });

    expect(answer.data).toEqual({ inventoryItem: { onHand: quantity, stockState } });
  });

  it.each([
    ['an outlet of the brand where nothing moved', viewers.manager, outlets.bistro, '0'],
    ['an outlet where the viewer does not work', viewers.waiter, outlets.bistro, null],
    ['an outlet of another brand', viewers.manager, outlets.foreign, null],
    ['an outlet that does not exist', viewers.manager, 'out_none', null],
  ])('at %s', async (_where, viewer, outletId, onHand) => {
    const id = await store.addItem();

    const answer = await store.subgraph.run(viewer, AT, { id, outletId });

    expect(answer.data?.['inventoryItem'].onHand).toBe(onHand);
  });

  it('INV-06 is never negative, whatever the code does', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '1');
    const em = store.subgraph.running.database.em.fork();

    await expect(em.nativeUpdate(StockLevelEntity, { itemId }, { onHandMicro: -1 })).rejects.toThrow(/constraint/i);
  });
});

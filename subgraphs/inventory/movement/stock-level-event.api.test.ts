import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import type { Answer } from '../../../tests/harness/subgraph.js';
import { openStore, outlets, viewers, type Store } from '../inventory.fixture.js';

const STOCK_CHANGED = `subscription ($outletId: ID!, $since: String) {
  stockLevelChanged(outletId: $outletId, since: $since) {
    cursor at onHand state item { id name unitCost { amount } onHand(outletId: $outletId) }
  }
}`;

describe('stockLevelChanged', () => {
  let store: Store;
  let itemId: string;

  beforeAll(async () => {
    store = await openStore();
    itemId = await store.addItem({ minimum: '2', critical: '1', unitCost: { amount: '3.00', currency: 'INR' } });
  });
  afterAll(() => store.subgraph.stop());

  const subscribe = async (viewer: Viewer, outletId: string, since: string | null = null) => {
    // What a test did before it subscribes may not have been published yet.
    await store.subgraph.running.relay.flush();
    return store.subgraph.subscribe(viewer, STOCK_CHANGED, { outletId, since });
  };

  it('INV-12 tells every change in order, with what there was and is', async () => {
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));

    await store.receive(itemId, '2.5');
    const received = await changes.next();
    await store.make('deductStock', take('1', 'a'));
    const taken = await changes.next();
    await store.tellMenuItem('itm_soup');
    const ingredients = [{ itemId, quantity: '9', unit: 'KG' }];
    await store.make('saveRecipe', { menuItemId: 'itm_soup', yieldPortions: 1, ingredients });
    await store.fire('ord_live', [['itm_soup', 1]]);
    const sold = await changes.next();
    await changes.end();

    const item = { id: itemId, name: 'Flour', unitCost: null };
    const at = '2026-03-14T12:00:00.000Z';
    expect(received).toEqual({
      cursor: expect.any(String),
      at,
      onHand: '2.5',
      state: 'OK',
      item: { ...item, onHand: '2.5' },
    });
    expect(taken).toMatchObject({ onHand: '1.5', state: 'WARNING', item: { onHand: '1.5' } });
    expect(sold).toMatchObject({ onHand: '0', state: 'CRITICAL', item: { onHand: '0' } });
  });

  it('continues after a cursor and misses nothing', async () => {
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));
    await store.receive(itemId, '3');
    const { cursor } = await changes.next();
    await changes.end();
    await store.make('deductStock', take('1', 'b'));
    await store.make('deductStock', take('0.5', 'c'));

    const resumed = follow(await subscribe(viewers.waiter, outlets.cafe, cursor));
    const missed = [await resumed.next(), await resumed.next()];
    await resumed.end();

    // What the item has now, next to what it had at the time.
    expect(missed.map(({ onHand, item }) => [onHand, item.onHand])).toEqual([
      ['2', '1.5'],
      ['1.5', '1.5'],
    ]);
  });

  it('tells an outlet its own changes only', async () => {
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));

    await store.receive(itemId, '7', { outletId: outlets.bistro });
    await store.receive(itemId, '1');
    const first = await changes.next();
    await changes.end();

    expect(first.onHand).toBe('2.5');
  });

  it.each([
    ['nobody', anonymous, outlets.cafe, 'UNAUTHENTICATED'],
    ['a guest', viewers.guest, outlets.cafe, 'FORBIDDEN'],
    ['a waiter of another outlet', viewers.waiter, outlets.bistro, 'NOT_FOUND'],
    ['another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
  ])('is not for %s', async (_who, viewer, outletId, code) => {
    const answer = await subscribe(viewer, outletId);

    expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  function take(quantity: string, idempotencyKey: string) {
    return { itemId, outletId: outlets.cafe, quantity, unit: 'KG', reason: 'Cooked', idempotencyKey };
  }
});

function follow(answer: AsyncIterableIterator<Answer> | Answer) {
  if (!(Symbol.asyncIterator in answer)) throw new Error(`Not subscribed: ${JSON.stringify(answer)}`);
  const iterator = answer[Symbol.asyncIterator]();
  return {
    next: async (): Promise<any> => {
      const { value } = await iterator.next();
      if (!value?.data) throw new Error(`No event: ${JSON.stringify(value)}`);
      return value.data.stockLevelChanged;
    },
    end: async () => void (await iterator.return?.()),
  };
}

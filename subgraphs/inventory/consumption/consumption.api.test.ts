import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { brands, newKey, openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { StockMovementEntity } from '../movement/stock-movement.entity.js';

const LEDGER = `query ($itemId: ID!) { stockMovements(outletId: "out_cafe", itemId: $itemId) {
  edges { node { kind quantity missing onHandAfter order { id } batch { lot } } }
} }`;

describe('a fired order', () => {
  let store: Store;
  let orders = 0;
  const newOrder = () => `ord_${(orders += 1)}`;

  beforeAll(async () => {
    store = await openStore();
  });
  afterAll(() => store.subgraph.stop());

  const saveRecipe = async (
    menuItemId: string,
    yieldPortions: number,
    ingredients: readonly (readonly [string, string])[],
  ) => {
    await store.tellMenuItem(menuItemId);
    const rows = ingredients.map(([itemId, quantity]) => ({ itemId, quantity, unit: 'G' }));
    await store.make('saveRecipe', { menuItemId, yieldPortions, ingredients: rows });
  };
  const ledgerOf = async (itemId: string) => {
    const answer = await store.subgraph.run(viewers.waiter, LEDGER, { itemId });
    return answer.data?.['stockMovements'].edges.map(({ node }: any) => node);
  };
  const eventsOf = (causeId: string) =>
    store.subgraph.running.database.em
      .fork()
      .find(OutboxEventEntity, { type: { $like: 'stock.%' } })
      .then((events) => events.filter(({ payload }) => JSON.stringify(payload).includes(`"${causeId}"`)));

  it('INV-16 I7 consumes its recipes, first expired first, with the order as the one cause', async () => {
    const flour = await store.addItem();
    const salt = await store.addItem();
    await store.receive(flour, '1', { lot: 'late', expiresOn: '2026-06-01' });
    await store.receive(flour, '0.1', { lot: 'soon', expiresOn: '2026-04-01' });
    await store.receive(salt, '1');
    await saveRecipe('itm_bread', 2, [
      [flour, '500'],
      [salt, '7'],
    ]);
    await saveRecipe('itm_roll', 1, [[flour, '50']]);
    const orderId = newOrder();

    await store.fire(orderId, [
      ['itm_bread', 1],
      ['itm_roll', 2],
      ['itm_bread', 1],
      ['itm_water', 9],
    ]);

    const order = { id: orderId };
    expect((await ledgerOf(flour)).slice(0, 2)).toEqual([
      { kind: 'CONSUME', quantity: '-0.5', missing: null, onHandAfter: '0.5', order, batch: { lot: 'late' } },
      { kind: 'CONSUME', quantity: '-0.1', missing: null, onHandAfter: '1', order, batch: { lot: 'soon' } },
    ]);
    expect(await store.onHand(salt)).toBe('0.993');
    const events = await eventsOf(orderId);
    expect(events.map(({ type, aggregateId }) => [type, aggregateId]).toSorted()).toEqual(
      [
        ['stock.moved', flour],
        ['stock.moved', salt],
      ].toSorted(),
    );
  });

  it('I6 I7 has one effect, also when the event comes again under a new id', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '1');
    await saveRecipe('itm_once', 1, [[itemId, '100']]);
    const orderId = newOrder();
    const id = 'evt_same';
    const payload = {
      businessDay: '2026-03-14',
      lines: [{ lineId: 'l', menuItemId: 'itm_once', name: 'x', quantity: 1, totalMinor: 1 }],
    };
    const event = { id, brandId: brands.ours, outletId: outlets.cafe, aggregateId: orderId, payload };

    await store.subgraph.hear('order.fired', event);
    await store.subgraph.hear('order.fired', event);
    await store.fire(orderId, [['itm_once', 1]]);

    expect(await store.onHand(itemId)).toBe('0.9');
    expect((await ledgerOf(itemId)).length).toBe(2);
    expect((await eventsOf(orderId)).length).toBe(1);
  });

  it('I6 stops at zero and writes what was missing as a SHORTFALL', async () => {
    const some = await store.addItem();
    const none = await store.addItem();
    await store.receive(some, '0.3');
    await saveRecipe('itm_feast', 1, [
      [some, '500'],
      [none, '20'],
    ]);
    const orderId = newOrder();

    await store.fire(orderId, [['itm_feast', 1]]);

    const order = { id: orderId };
    const shortfall = { kind: 'SHORTFALL', quantity: '0', onHandAfter: '0', order, batch: null };
    expect((await ledgerOf(some)).slice(0, 2)).toMatchObject([
      { ...shortfall, missing: '0.2' },
      { kind: 'CONSUME', quantity: '-0.3', onHandAfter: '0', order },
    ]);
    expect(await ledgerOf(none)).toEqual([{ ...shortfall, missing: '0.02' }]);
    const events = await eventsOf(orderId);
    expect(events.map(({ type, aggregateId, payload }) => [type, aggregateId, payload])).toEqual(
      expect.arrayContaining([
        ['stock.ran-short', some, { missingMicro: 200_000_000, orderId }],
        ['stock.ran-short', none, { missingMicro: 20_000_000, orderId }],
        ['stock.moved', some, { kind: 'CONSUME', quantityMicro: -300_000_000, onHandMicro: 0, causeId: orderId }],
      ]),
    );
    expect(events.length).toBe(3);
  });

  it("moves nothing for menu items without a recipe, and nothing of another brand's", async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '1');
    await saveRecipe('itm_ours', 1, [[itemId, '100']]);
    const before = await store.rows();

    await store.fire(newOrder(), [['itm_unknown', 1]]);
    await store.fire(newOrder(), [['itm_ours', 1]], outlets.foreign);

    expect(await store.rows()).toEqual(before);
  });

  it('LES-18 takes as many statements for 1, 20 and 100 lines', async () => {
    const lines: [string, number][] = [];
    for (let place = 0; place < 100; place += 1) {
      const itemId = await store.addItem();
      await store.receive(itemId, '1');
      await saveRecipe(`itm_line_${place}`, 1, [[itemId, '1']]);
      lines.push([`itm_line_${place}`, 1]);
    }

    const counts = [];
    for (const size of [1, 20, 100]) {
      counts.push(await store.statementsOf(() => store.fire(newOrder(), lines.slice(0, size))));
    }

    expect(counts).toEqual([8, 8, 8]);
  }, 60_000);

  it('R3 shares the last of it between a fired order and eight who deduct, and loses nothing', async () => {
    const itemId = await store.addItem();
    await store.receive(itemId, '0.4');
    await saveRecipe('itm_raced', 1, [[itemId, '100']]);
    const orderId = newOrder();
    const input = { itemId, outletId: outlets.cafe, quantity: '100', unit: 'G', reason: 'Race' };

    const [, ...answers] = await Promise.all([
      store.fire(orderId, [['itm_raced', 1]]),
      ...Array.from({ length: 8 }, () =>
        store.send(viewers.chef, 'deductStock', { ...input, idempotencyKey: newKey() }),
      ),
    ]);

    const done = answers.filter(({ data }) => data?.['deductStock'].userErrors.length === 0).length;
    const em = store.subgraph.running.database.em.fork();
    const consumed = await em.find(StockMovementEntity, { causeId: orderId });
    const short = consumed.reduce((sum, { missingMicro }) => sum + missingMicro, 0);
    expect(await store.onHand(itemId)).toBe('0');
    expect([done, short]).toEqual(short === 0 ? [3, 0] : [4, 100_000_000]);
  });
});

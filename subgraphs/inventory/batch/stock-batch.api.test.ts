import { manyRowsMs, openStore, outlets, viewers, type Store } from '../inventory.fixture.js';
import { StockBatchEntity } from './stock-batch.entity.js';

const BATCHES = `query ($outletId: ID!, $itemId: ID, $expiringWithinDays: Int, $first: Int! = 25, $after: String) {
  stockBatches(outletId: $outletId, itemId: $itemId, expiringWithinDays: $expiringWithinDays, first: $first, after: $after) {
    edges { node { id lot location expiresOn quantity receivedAt item { name } outlet { id } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const ENTITIES = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on StockBatch { lot } } }';

const nodes = (answer: any): any[] => answer.data.stockBatches.edges.map(({ node }: any) => node);
const lots = (answer: any): string[] => nodes(answer).map(({ lot }) => lot);

describe('batches', () => {
  let store: Store;
  let milk: string;
  const ask = (variables: object, viewer = viewers.waiter) =>
    store.subgraph.run(viewer, BATCHES, { outletId: outlets.cafe, ...variables });

  beforeAll(async () => {
    store = await openStore();
    milk = await store.addItem({ name: 'Milk', unit: 'L' });
    const rice = await store.addItem({ name: 'Rice' });
    const facts = { unit: 'L' };
    await store.receive(milk, '3', { ...facts, lot: 'late', expiresOn: '2026-04-01' });
    await store.receive(milk, '1.25', { ...facts, lot: 'soon', expiresOn: '2026-03-16', location: 'Cold room' });
    await store.receive(milk, '1', { ...facts, lot: 'past', expiresOn: '2026-03-13' });
    await store.receive(rice, '5', { lot: 'never' });
    await store.receive(milk, '1', { ...facts, lot: 'elsewhere', outletId: outlets.bistro });
  });
  afterAll(() => store.subgraph.stop());

  it('INV-02 INV-07 have lot, expiry date, location and what is left', async () => {
    const soon = nodes(await ask({})).find(({ lot }) => lot === 'soon');

    expect(soon).toEqual({
      id: expect.stringMatching(/^bat_/),
      lot: 'soon',
      location: 'Cold room',
      expiresOn: '2026-03-16',
      quantity: '1.25',
      receivedAt: '2026-03-14T12:00:00.000Z',
      item: { name: 'Milk' },
      outlet: { id: outlets.cafe },
    });
  });

  it.each([
    ['first to expire first', {}, ['past', 'soon', 'late', 'never']],
    ['expiring by the day after tomorrow', { expiringWithinDays: 2 }, ['past', 'soon']],
    ['expiring by tomorrow', { expiringWithinDays: 1 }, ['past']],
  ])('INV-04 INV-07 are listed %s', async (_what, filter, expected) => {
    expect(lots(await ask(filter))).toEqual(expected);
  });

  it('INV-04 are listed of one item', async () => {
    expect(lots(await ask({ itemId: milk }))).toEqual(['past', 'soon', 'late']);
  });

  it('INV-07 tells the day by the clock of the outlet', async () => {
    // 19:00 UTC is half past midnight of the next day in Kolkata.
    store.subgraph.clock.advance(7 * 3_600_000);

    const answer = await ask({ expiringWithinDays: 1 });

    store.subgraph.clock.advance(-7 * 3_600_000);
    expect(lots(answer)).toEqual(['past', 'soon']);
  });

  it('INV-02 leave the list when nothing is left, first expired first', async () => {
    const butter = await store.addItem();
    await store.receive(butter, '1', { lot: 'second', expiresOn: '2026-05-02' });
    await store.receive(butter, '1', { lot: 'first', expiresOn: '2026-05-01' });

    const { movements } = await store.make('deductStock', {
      itemId: butter,
      outletId: outlets.cafe,
      quantity: '1200',
      unit: 'G',
      reason: 'Baked',
      idempotencyKey: 'butter',
    });

    const left = nodes(await ask({ itemId: butter }));
    expect(left.map(({ lot, quantity }) => [lot, quantity])).toEqual([['second', '0.8']]);
    expect(movements.map(({ quantity, onHandAfter }: any) => [quantity, onHandAfter])).toEqual([
      ['-1', '1'],
      ['-0.2', '0.8'],
    ]);
  });

  it.each([
    ['a page of 101', { first: 101 }, viewers.waiter, 'BAD_USER_INPUT'],
    ['days before today', { expiringWithinDays: -1 }, viewers.waiter, 'BAD_USER_INPUT'],
    ['days beyond ten years', { expiringWithinDays: 3_651 }, viewers.waiter, 'BAD_USER_INPUT'],
    ['another outlet of the brand', { outletId: outlets.bistro }, viewers.waiter, 'NOT_FOUND'],
    ['another brand', {}, viewers.stranger, 'NOT_FOUND'],
    ['a guest', {}, viewers.guest, 'FORBIDDEN'],
  ])('refuse %s', async (_what, variables, viewer, code) => {
    expect((await ask(variables, viewer)).errors?.[0]?.extensions['code']).toBe(code);
  });

  it('are references only for those who work there', async () => {
    const [{ id }] = nodes(await ask({}));
    const r = [{ __typename: 'StockBatch', id }];

    expect((await store.subgraph.run(viewers.waiter, ENTITIES, { r })).data).toEqual({ _entities: [{ lot: 'past' }] });
    expect((await store.subgraph.run(viewers.stranger, ENTITIES, { r })).data).toEqual({ _entities: [null] });
  });

  it('are never below zero, whatever the code does', async () => {
    const em = store.subgraph.running.database.em.fork();

    await expect(em.nativeUpdate(StockBatchEntity, { itemId: milk }, { quantityMicro: -1 })).rejects.toThrow(
      /constraint/i,
    );
  });

  it(
    'are paged without gaps, in as many statements for 1, 20 and 100',
    async () => {
      const em = store.subgraph.running.database.em.fork();
      const [known] = await em.find(StockBatchEntity, { lot: 'never' });
      const { brandId = '', outletId = '', receivedAt = store.subgraph.clock.now() } = known ?? {};
      const itemId = await store.addItem();
      const shared = {
        brandId,
        outletId,
        itemId,
        receivedAt,
        expiryKey: '2027-01-01',
        quantityMicro: 1,
        isEmpty: false,
      };
      const rows = Array.from({ length: 110 }, (_, place) => {
        const text = String(place).padStart(3, '0');
        return { ...shared, id: `bat_${text}`, lot: text, location: null };
      });
      await em.insertMany(StockBatchEntity, rows);

      const first = await ask({ itemId, first: 100 });
      const second = await ask({ itemId, first: 100, after: first.data?.['stockBatches'].pageInfo.endCursor });
      const counts = [];
      for (const size of [1, 20, 100]) counts.push(await store.statementsOf(() => ask({ itemId, first: size })));

      expect([...lots(first), ...lots(second)]).toEqual(rows.map(({ lot }) => lot));
      expect(counts).toEqual([3, 3, 3]);
    },
    manyRowsMs,
  );
});

import { failures, openKitchen, viewers, wanted, type Kitchen } from '../orders.fixture.js';

describe('races for orders', () => {
  let kitchen: Kitchen;
  let chai: string;
  beforeAll(async () => {
    kitchen = await openKitchen();
    chai = await kitchen.dish('Chai', '30');
  });
  afterAll(() => kitchen.subgraph.stop());

  const contenders = [1, 2, 3, 4, 5, 6, 7, 8];
  const codes = (answers: readonly object[]) =>
    answers.flatMap((answer) => failures(answer).map((failure: any) => failure.code ?? failure)).toSorted();

  it('LES-04 eight buyers of one unit: exactly one order, seven typed errors', async () => {
    const last = await kitchen.dish('The last', '90', 1);

    const answers = await Promise.all(contenders.map(() => kitchen.send(viewers.waiter, 'placeOrder', wanted([last]))));

    expect(answers.filter((answer) => answer.data?.['placeOrder'].order)).toHaveLength(1);
    expect(codes(answers)).toEqual(Array.from({ length: 7 }, () => 'OUT_OF_STOCK'));
    expect(await kitchen.remaining(last)).toBe(0);
  });

  it('ORD-25 eight orders at once: eight numbers in a row, also on a day’s first', async () => {
    kitchen.subgraph.clock.advance(10 * 24 * 3_600_000);

    const numbers = await Promise.all(contenders.map(async () => (await kitchen.order([chai])).number));

    expect(numbers.toSorted((a, b) => a - b)).toEqual(contenders);
  });

  it('R7 one key eight times at once: one order, told eight times', async () => {
    const counted = await kitchen.dish('Keyed', '90', 8);
    const input = wanted([counted]);

    const answers = await Promise.all(contenders.map(() => kitchen.make(viewers.waiter, 'placeOrder', input)));

    expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1);
    expect(await kitchen.remaining(counted)).toBe(7);
  });

  it('R3 orders and cancellations of counted dishes, in any order of lines: nothing lost, nothing doubled', async () => {
    const [a, b] = [await kitchen.dish('Left', '10', 100), await kitchen.dish('Right', '10', 100)];
    const placed = await Promise.all(contenders.map((index) => kitchen.order(index % 2 ? [a, b] : [b, a])));

    await Promise.all([
      ...placed.slice(0, 4).map(({ id }) => kitchen.make(viewers.waiter, 'cancelOrder', { orderId: id })),
      ...contenders.slice(0, 4).map((index) => kitchen.order(index % 2 ? [b, a] : [a, b])),
    ]);

    expect([await kitchen.remaining(a), await kitchen.remaining(b)]).toEqual([92, 92]);
  });

  it('keeps one step where two cancellations race', async () => {
    const counted = await kitchen.dish('Cancelled', '90', 2);
    const { id } = await kitchen.order([counted]);

    const answers = await Promise.all([1, 2].map(() => kitchen.send(viewers.waiter, 'cancelOrder', { orderId: id })));

    expect(codes(answers)).toEqual(['INVALID_STATE']);
    expect(await kitchen.remaining(counted)).toBe(2);
    expect((await kitchen.events('order.status-changed')).filter(({ aggregateId }) => aggregateId === id)).toHaveLength(
      1,
    );
  });
});

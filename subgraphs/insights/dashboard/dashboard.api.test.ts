import type { TestSubgraph } from '../../../tests/harness/subgraph.js';
import {
  cancelledOrder,
  completedOrder,
  openInsights,
  outlets,
  statementsOf,
  tell,
  viewers,
} from '../insights.fixture.js';

const DASHBOARD = `query ($outletId: ID!, $businessDay: LocalDate) { dashboard(outletId: $outletId, businessDay: $businessDay) {
  outlet { id } businessDay sales { amount currency } paid { amount } salesLastWeek { amount } ordersPlaced ordersOpen ordersCompleted ordersCancelled averageOrder { amount } covers
  topItems { menuItem { id } name quantity sales { amount } } salesByHour { hour orders sales { amount } } } }`;

describe('the dashboard', () => {
  let subgraph: TestSubgraph;
  // In Mumbai it is 03:30 on the 15th, half an hour before the business day of the 14th ends.
  beforeEach(async () => void (subgraph = await openInsights('2026-03-14T22:00:00.000Z')));
  afterEach(() => subgraph.stop());

  const ask = async (variables: object = {}, viewer = viewers.manager) => {
    const answer = await subgraph.run(viewer, DASHBOARD, { outletId: outlets.cafe, ...variables });
    return answer.data?.['dashboard'];
  };

  it('INS-11 shows the current business day, which ends at the cut-off and not at midnight', async () => {
    const [open] = completedOrder();
    await tell(subgraph, [
      ...completedOrder({
        covers: 4,
        completedAt: '2026-03-14T15:10:00.000Z',
        lines: [
          ['dosa', 2, 30_000],
          ['tea', 1, 4_500],
        ],
        paid: [34_500, 'CASH'],
      }),
      ...completedOrder({ covers: 1, completedAt: '2026-03-14T20:40:00.000Z', lines: [['tea', 3, 13_500]] }),
      ...cancelledOrder(),
      ...(open ? [open] : []),
      ...completedOrder({ businessDay: '2026-03-07', lines: [['dosa', 1, 15_000]] }),
    ]);

    const dashboard = await ask();
    const sold = dashboard.salesByHour.filter(({ orders }: { orders: number }) => orders > 0);

    expect({ ...dashboard, salesByHour: sold }).toEqual({
      outlet: { id: outlets.cafe },
      businessDay: '2026-03-14',
      sales: { amount: '480.00', currency: 'INR' },
      paid: { amount: '345.00' },
      salesLastWeek: { amount: '150.00' },
      ordersPlaced: 4,
      ordersOpen: 1,
      ordersCompleted: 2,
      ordersCancelled: 1,
      averageOrder: { amount: '240.00' },
      covers: 5,
      topItems: [
        { menuItem: { id: 'dosa' }, name: 'The dosa', quantity: 2, sales: { amount: '300.00' } },
        { menuItem: { id: 'tea' }, name: 'The tea', quantity: 4, sales: { amount: '180.00' } },
      ],
      salesByHour: [
        { hour: 20, orders: 1, sales: { amount: '345.00' } },
        { hour: 2, orders: 1, sales: { amount: '135.00' } },
      ],
    });
    expect(dashboard.salesByHour.map(({ hour }: { hour: number }) => hour)).toEqual([
      ...Array.from({ length: 20 }, (_, index) => index + 4),
      0,
      1,
      2,
      3,
    ]);
  });

  it('turns to the next business day at the cut-off', async () => {
    subgraph.clock.advance(29 * 60_000);
    const before = await ask();
    subgraph.clock.advance(60_000);
    const after = await ask();

    expect([before.businessDay, after.businessDay]).toEqual(['2026-03-14', '2026-03-15']);
  });

  it('shows a day by name, all zeros when nothing has happened on it', async () => {
    expect(await ask({ businessDay: '2026-01-01' })).toMatchObject({
      businessDay: '2026-01-01',
      sales: { amount: '0.00', currency: 'INR' },
      ordersOpen: 0,
      averageOrder: null,
      topItems: [],
    });
  });

  it('has at most ten dishes, those that sold for most first, and costs the same number of statements for 1, 20 and 100', async () => {
    const dishes = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => [`dish${from + index}`, 1, 100 * (from + index + 1)] as const);
    const costs: number[] = [];
    const tops: string[][] = [];
    for (const [from, to] of [
      [0, 1],
      [1, 20],
      [20, 100],
    ] as const) {
      await tell(subgraph, completedOrder({ lines: dishes(from, to) }));
      costs.push(
        await statementsOf(
          subgraph,
          async () => void tops.push((await ask()).topItems.map((item: any) => item.menuItem.id)),
        ),
      );
    }

    expect(costs).toEqual([5, 5, 5]);
    expect(tops.map((top) => [top.length, top[0]])).toEqual([
      [1, 'dish0'],
      [10, 'dish19'],
      [10, 'dish99'],
    ]);
  });

  it.each([
    ['an analyst of the outlet', viewers.analyst, outlets.cafe, undefined],
    ['an analyst of another outlet', viewers.analyst, outlets.bistro, 'NOT_FOUND'],
    ['the manager of another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
    ['somebody without the right', viewers.waiter, outlets.cafe, 'FORBIDDEN'],
  ])('is shown to %s: %#', async (_who, viewer, outletId, code) => {
    const answer = await subgraph.run(viewer, DASHBOARD, { outletId });

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
  });
});

import type { TestSubgraph } from '../../../tests/harness/subgraph.js';
import { completedOrder, openInsights, outlets, payment, statementsOf, tell, viewers } from '../insights.fixture.js';

const REPORT = `query ($outletId: ID!, $range: String!) { salesReport(outletId: $outletId, range: $range) {
  outlet { id } from to sales { amount currency } paid { amount } orders covers averageOrder { amount }
  days { businessDay sales { amount } paid { amount } orders } topItems { name quantity sales { amount } } paymentMix { method amount { amount } count } } }`;

describe('the sales report', () => {
  let subgraph: TestSubgraph;
  // In Mumbai it is 01:30 on the 15th, which is still the business day of the 14th.
  beforeEach(async () => void (subgraph = await openInsights('2026-03-14T20:00:00.000Z')));
  afterEach(() => subgraph.stop());

  const ask = async (range: string, outletId: string = outlets.cafe) =>
    (await subgraph.run(viewers.manager, REPORT, { outletId, range })).data?.['salesReport'];

  it('INS-02 adds up the business days of a range, the payments of each day to the last paisa', async () => {
    await tell(subgraph, [
      ...completedOrder({ businessDay: '2026-03-07' }),
      ...completedOrder({ businessDay: '2026-03-08', lines: [['dosa', 1, 15_001]], paid: [15_001, 'CASH'] }),
      ...completedOrder({
        businessDay: '2026-03-14',
        lines: [
          ['tea', 2, 9_000],
          ['dosa', 1, 15_000],
        ],
        paid: [24_000, 'CARD'],
      }),
      payment({ businessDay: '2026-03-14', paid: [99, 'CASH'] }),
      ...completedOrder({ businessDay: '2026-03-15' }),
    ]);

    const report = await ask('7d');
    const busy = report.days.filter(({ orders }: { orders: number }) => orders > 0);

    expect({ ...report, days: busy }).toEqual({
      outlet: { id: outlets.cafe },
      from: '2026-03-08',
      to: '2026-03-14',
      sales: { amount: '390.01', currency: 'INR' },
      paid: { amount: '391.00' },
      orders: 2,
      covers: 4,
      averageOrder: { amount: '195.01' },
      days: [
        { businessDay: '2026-03-08', sales: { amount: '150.01' }, paid: { amount: '150.01' }, orders: 1 },
        { businessDay: '2026-03-14', sales: { amount: '240.00' }, paid: { amount: '240.99' }, orders: 1 },
      ],
      topItems: [
        { name: 'The dosa', quantity: 2, sales: { amount: '300.01' } },
        { name: 'The tea', quantity: 2, sales: { amount: '90.00' } },
      ],
      paymentMix: [
        { method: 'CARD', amount: { amount: '240.00' }, count: 1 },
        { method: 'CASH', amount: { amount: '151.00' }, count: 2 },
      ],
    });
    expect(report.days).toHaveLength(7);
  });

  it.each([
    ['24h', '2026-03-14', '2026-03-14', 1],
    ['30d', '2026-02-13', '2026-03-14', 30],
    ['2026-03-20..2026-04-05', '2026-03-20', '2026-04-05', 17],
    ['2024-01-01..2024-12-31', '2024-01-01', '2024-12-31', 366],
  ])(
    'LES-13 of %s is cut at business days: %s to %s, %i of them, the days of clock changes included',
    async (range, from, to, count) => {
      const report = await ask(range, outlets.bistro);
      const ofCafe = await ask(range);

      expect([ofCafe.from, ofCafe.to]).toEqual([from, to]);
      expect([
        report.from,
        report.to,
        report.days.length,
        new Set(report.days.map(({ businessDay }: any) => businessDay)).size,
      ]).toEqual([from, to, count, count]);
    },
  );

  it('I18 has every payment in exactly one day: consecutive reports add up to the whole', async () => {
    await tell(
      subgraph,
      Array.from({ length: 12 }, (_, index) =>
        payment({
          businessDay: `2026-03-${String(index + 1).padStart(2, '0')}`,
          paid: [101 * (index + 1), index % 2 ? 'CASH' : 'CARD'],
        }),
      ),
    );

    const whole = await ask('2026-03-01..2026-03-12');
    const parts = await Promise.all(
      ['2026-03-01..2026-03-05', '2026-03-06..2026-03-06', '2026-03-07..2026-03-12'].map((range) => ask(range)),
    );

    expect(whole.paid.amount).toBe('78.78');
    expect(parts.reduce((sum, part) => sum + Number(part.paid.amount), 0)).toBeCloseTo(78.78, 10);
  });

  it.each(['yesterday', '2026-03-14..2026-03-01', '2025-01-01..2026-12-31', '2026-02-30..2026-03-01'])(
    'refuses %s, saying the forms',
    async (range) => {
      const answer = await subgraph.run(viewers.manager, REPORT, { outletId: outlets.cafe, range });

      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('Write "24h"'),
        extensions: { code: 'BAD_USER_INPUT', details: { range: [expect.any(String)] } },
      });
    },
  );

  it('costs the same number of statements for 1, 30 and 366 days', async () => {
    await tell(subgraph, completedOrder({ paid: [30_000, 'CASH'] }));
    const costs = [];
    for (const range of ['24h', '30d', '2025-03-14..2026-03-14'])
      costs.push(await statementsOf(subgraph, () => ask(range)));

    expect(costs).toEqual([4, 4, 4]);
  });

  it.each([
    ['an analyst of the outlet', viewers.analyst, outlets.cafe, undefined],
    ['an analyst of another outlet', viewers.analyst, outlets.bistro, 'NOT_FOUND'],
    ['the manager of another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
    ['somebody without the right', viewers.waiter, outlets.cafe, 'FORBIDDEN'],
  ])('is shown to %s: %#', async (_who, viewer, outletId, code) => {
    const answer = await subgraph.run(viewer, REPORT, { outletId, range: '7d' });

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
  });
});

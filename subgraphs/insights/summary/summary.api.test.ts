import type { TestSubgraph } from '../../../tests/harness/subgraph.js';
import {
  cancelledOrder,
  completedOrder,
  hearOutlet,
  openInsights,
  outlets,
  payment,
  statementsOf,
  tell,
  viewers,
} from '../insights.fixture.js';

const FACTS =
  'id businessDay ordersPlaced ordersCompleted ordersCancelled covers version sales { amount currency } paid { amount } averageOrder { amount } outlet { id }';
const DAY = `query ($outletId: ID!, $businessDay: LocalDate!) { dailySummary(outletId: $outletId, businessDay: $businessDay) { ${FACTS} } }`;
const DAYS = `query ($outletId: ID!, $from: LocalDate, $to: LocalDate, $first: Int, $after: String) {
  dailySummaries(outletId: $outletId, from: $from, to: $to, first: $first, after: $after) { edges { cursor node { businessDay sales { amount } paid { amount } } } pageInfo { hasNextPage endCursor } } }`;
const ENTITIES =
  'query ($ids: [_Any!]!) { _entities(representations: $ids) { ... on DailySummary { id businessDay } } }';

describe('a business day', () => {
  let subgraph: TestSubgraph;
  beforeEach(async () => void (subgraph = await openInsights()));
  afterEach(() => subgraph.stop());

  const day = async (businessDay: string, viewer = viewers.manager, outletId: string = outlets.cafe) =>
    subgraph.run(viewer, DAY, { outletId, businessDay });

  it('INS-01 sums what happened to orders and payments, each on its own day', async () => {
    await tell(subgraph, [
      ...completedOrder({
        covers: 4,
        lines: [
          ['dosa', 2, 30_000],
          ['tea', 1, 4_550],
        ],
        paid: [34_550, 'CASH'],
      }),
      ...completedOrder({ covers: 1, lines: [['tea', 2, 9_100]] }),
      ...cancelledOrder(),
      payment({ businessDay: '2026-03-15', paid: [9_100, 'CARD'] }),
    ]);

    const today = await day('2026-03-14');
    const tomorrow = await day('2026-03-15');

    expect(today.data?.['dailySummary']).toEqual({
      id: expect.stringMatching(/^sum_/),
      businessDay: '2026-03-14',
      ordersPlaced: 3,
      ordersCompleted: 2,
      ordersCancelled: 1,
      covers: 5,
      version: 8,
      sales: { amount: '436.50', currency: 'INR' },
      paid: { amount: '345.50' },
      averageOrder: { amount: '218.25' },
      outlet: { id: outlets.cafe },
    });
    expect(tomorrow.data?.['dailySummary']).toMatchObject({
      ordersPlaced: 0,
      sales: { amount: '0.00' },
      paid: { amount: '91.00' },
      averageOrder: null,
    });
  });

  it('on which nothing has happened is all zeros, with the id it will keep', async () => {
    const before = (await day('2026-03-14')).data?.['dailySummary'];
    await tell(subgraph, completedOrder());
    const after = (await day('2026-03-14')).data?.['dailySummary'];

    expect(before).toMatchObject({
      ordersPlaced: 0,
      ordersCompleted: 0,
      covers: 0,
      version: 0,
      sales: { amount: '0.00', currency: 'INR' },
      averageOrder: null,
    });
    expect(after.id).toBe(before.id);
  });

  it('has the amounts of its outlet in that outlet’s currency', async () => {
    await hearOutlet(subgraph, 'out_tokyo', { currency: 'JPY', timeZone: 'Asia/Tokyo' });
    await tell(subgraph, completedOrder({ outletId: 'out_tokyo' }));

    expect((await day('2026-03-14', viewers.manager, 'out_tokyo')).data?.['dailySummary'].sales).toEqual({
      amount: '30000',
      currency: 'JPY',
    });
  });

  it.each([
    ['the manager of the brand', viewers.manager, outlets.cafe, undefined],
    ['an analyst of the outlet', viewers.analyst, outlets.cafe, undefined],
    ['an analyst of another outlet', viewers.analyst, outlets.bistro, 'NOT_FOUND'],
    ['the manager of another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
    ['a manager at another brand’s outlet', viewers.manager, outlets.foreign, 'NOT_FOUND'],
    ['nobody’s outlet', viewers.manager, 'out_none', 'NOT_FOUND'],
    ['somebody without the right', viewers.waiter, outlets.cafe, 'FORBIDDEN'],
  ])('is read by %s: %#', async (_who, viewer, outletId, code) => {
    const one = await day('2026-03-14', viewer, outletId);
    const list = await subgraph.run(viewer, DAYS, { outletId });

    expect(one.errors?.[0]?.extensions['code']).toBe(code);
    expect(list.errors?.[0]?.extensions['code']).toBe(code);
  });

  it('is found by its id by those who may see it, and is null for others', async () => {
    await tell(subgraph, [...completedOrder(), ...completedOrder({ outletId: outlets.foreign })]);
    const ours = (await day('2026-03-14')).data?.['dailySummary'].id;
    const theirs = (await day('2026-03-14', viewers.stranger, outlets.foreign)).data?.['dailySummary'].id;

    const answer = await subgraph.run(viewers.manager, ENTITIES, {
      ids: [ours, theirs].map((id) => ({ __typename: 'DailySummary', id })),
    });

    expect(answer.data?.['_entities']).toEqual([{ id: ours, businessDay: '2026-03-14' }, null]);
  });

  it('refuses a day that is none', async () => {
    const answer = await day('2026-02-30');

    expect(answer.errors?.[0]?.message).toContain('must be a day there is');
  });

  it('stays with the figures of one delivery when an event is delivered twice', async () => {
    const events = completedOrder({ paid: [30_000, 'CASH'] });
    await tell(subgraph, [...events, ...events]);
    await tell(subgraph, events);

    expect((await day('2026-03-14')).data?.['dailySummary']).toMatchObject({
      ordersPlaced: 1,
      ordersCompleted: 1,
      covers: 2,
      version: 4,
      paid: { amount: '300.00' },
    });
  });

  it('lists the days of an outlet, the latest first, a page at a time', async () => {
    const all = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14'];
    await tell(
      subgraph,
      all.flatMap((businessDay) => completedOrder({ businessDay })),
    );
    await tell(subgraph, completedOrder({ outletId: outlets.bistro, businessDay: '2026-03-09' }));

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await subgraph.run(viewers.analyst, DAYS, { outletId: outlets.cafe, first: 2, after });
      seen.push(...data?.['dailySummaries'].edges.map((edge: any) => edge.node.businessDay));
      after = data?.['dailySummaries'].pageInfo.hasNextPage ? data?.['dailySummaries'].pageInfo.endCursor : null;
    } while (after);
    const some = await subgraph.run(viewers.analyst, DAYS, {
      outletId: outlets.cafe,
      from: '2026-03-11',
      to: '2026-03-12',
    });

    expect(seen).toEqual([...all].reverse());
    expect(some.data?.['dailySummaries'].edges.map((edge: any) => edge.node.businessDay)).toEqual([
      '2026-03-12',
      '2026-03-11',
    ]);
  });

  it.each([0, 101])('GW-06 refuses a page of %i days', async (first) => {
    const answer = await subgraph.run(viewers.manager, DAYS, { outletId: outlets.cafe, first });

    expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it('costs the same number of statements for 1, 20 and 100 days', async () => {
    const tellDays = (from: number, to: number) =>
      tell(
        subgraph,
        Array.from({ length: to - from }, (_, index) =>
          payment({ businessDay: new Date(Date.UTC(2026, 0, 1 + from + index)).toISOString().slice(0, 10) }),
        ),
      );
    const costs: number[] = [];
    for (const [from, to] of [
      [0, 1],
      [1, 20],
      [20, 100],
    ] as const) {
      await tellDays(from, to);
      costs.push(
        await statementsOf(subgraph, async () => {
          const { data } = await subgraph.run(viewers.manager, DAYS, { outletId: outlets.cafe, first: 100 });
          expect(data?.['dailySummaries'].edges).toHaveLength(to);
        }),
      );
    }

    expect(costs).toEqual([3, 3, 3]);
  });
});

import fc from 'fast-check';
import type { TestSubgraph } from '../../../tests/harness/subgraph.js';
import { cancelledOrder, completedOrder, openInsights, payment, tell, type Told } from '../insights.fixture.js';
import { DailySummaryEntity } from './daily-summary.entity.js';
import { ItemSalesEntity } from './item-sales.entity.js';
import { PaymentMixEntity } from './payment-mix.entity.js';
import { applyOrderCompleted, applyPaymentCaptured } from './summary.operations.js';
import { TimeSalesEntity } from './time-sales.entity.js';

const RUNS = 25;
const LONG_MS = 120_000;

/** A busy evening around a cut-off, with a dish that is renamed half-way. */
function evening(outletId: string): Told[] {
  const rename = (events: Told[]) =>
    events.map((event) =>
      event.type === 'order.completed'
        ? {
            ...event,
            payload: {
              ...event.payload,
              lines: event.payload.lines.map((line) => ({ ...line, name: `New ${line.name}` })),
            },
          }
        : event,
    );
  return [
    ...completedOrder({
      outletId,
      lines: [
        ['dosa', 2, 30_000],
        ['tea', 1, 4_500],
        ['dosa', 1, 15_000],
      ],
      paid: [49_500, 'CASH'],
    }),
    ...completedOrder({
      outletId,
      completedAt: '2026-03-14T15:20:00.000Z',
      covers: 3,
      lines: [['tea', 4, 18_000]],
      paid: [18_000, 'CARD'],
    }),
    ...rename(completedOrder({ outletId, completedAt: '2026-03-14T16:00:00.000Z', lines: [['dosa', 1, 15_500]] })),
    ...cancelledOrder({ outletId }),
    ...completedOrder({ outletId, businessDay: '2026-03-15', lines: [['lassi', 1, 9_900]], paid: [9_900, 'CASH'] }),
    payment({ outletId, businessDay: '2026-03-15', paid: [15_500, 'UPI'] }),
  ];
}

describe('the rows of a business day', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => void (subgraph = await openInsights()));
  afterAll(() => subgraph.stop());

  const rowsOf = async (outletId: string) => {
    const em = subgraph.running.database.em.fork();
    const plain = (rows: object[]) => rows.map((row) => ({ ...row, outletId: null, id: null }));
    return {
      days: plain(await em.find(DailySummaryEntity, { outletId }, { orderBy: { businessDay: 'asc' } })),
      items: plain(
        await em.find(ItemSalesEntity, { outletId }, { orderBy: { businessDay: 'asc', menuItemId: 'asc' } }),
      ),
      payments: plain(
        await em.find(PaymentMixEntity, { outletId }, { orderBy: { businessDay: 'asc', method: 'asc' } }),
      ),
      times: plain(await em.find(TimeSalesEntity, { outletId }, { orderBy: { businessDay: 'asc', startsAt: 'asc' } })),
    };
  };

  it(
    `F6 are the same in whatever order and however often the events arrive (${RUNS} shuffles)`,
    async () => {
      await tell(subgraph, evening('out_in_order'));
      const expected = await rowsOf('out_in_order');
      let run = 0;

      // Each event one to three times, all deliveries in any order.
      const indexes = [...evening('').keys()];
      const deliveries = fc
        .array(fc.integer({ min: 1, max: 3 }), { minLength: indexes.length, maxLength: indexes.length })
        .map((times) => indexes.flatMap((index) => Array.from({ length: times[index] ?? 1 }, () => index)))
        .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
      await fc.assert(
        fc.asyncProperty(deliveries, async (order) => {
          const outletId = `out_shuffled_${run++}`;
          const events = evening(outletId);
          await tell(
            subgraph,
            order.flatMap((index) => events[index] ?? []),
          );

          expect(await rowsOf(outletId)).toEqual(expected);
        }),
        { numRuns: RUNS },
      );

      expect(expected.days).toMatchObject([
        {
          businessDay: '2026-03-14',
          ordersPlaced: 4,
          ordersCompleted: 3,
          ordersCancelled: 1,
          covers: 7,
          salesMinor: 83_000,
          paidMinor: 67_500,
        },
        {
          businessDay: '2026-03-15',
          ordersPlaced: 1,
          ordersCompleted: 1,
          ordersCancelled: 0,
          covers: 2,
          salesMinor: 9_900,
          paidMinor: 25_400,
        },
      ]);
      expect(expected.items).toMatchObject([
        { menuItemId: 'dosa', name: 'New The dosa', quantity: 4, salesMinor: 60_500 },
        { menuItemId: 'tea', name: 'The tea', quantity: 5, salesMinor: 22_500 },
        { menuItemId: 'lassi', quantity: 1, salesMinor: 9_900 },
      ]);
      expect(expected.payments).toMatchObject([
        { method: 'CARD', amountMinor: 18_000, count: 1 },
        { method: 'CASH', amountMinor: 49_500, count: 1 },
        { method: 'CASH', amountMinor: 9_900, count: 1 },
        { method: 'UPI', amountMinor: 15_500, count: 1 },
      ]);
      expect(expected.times.map(({ startsAt, orders }: any) => [startsAt, orders])).toEqual([
        ['2026-03-14T15:00:00.000Z', 1],
        ['2026-03-14T15:15:00.000Z', 1],
        ['2026-03-14T16:00:00.000Z', 1],
        ['2026-03-15T15:00:00.000Z', 1],
      ]);
    },
    LONG_MS,
  );

  it('lose nothing when forty consumers add to one new day at once', async () => {
    const outletId = 'out_race';
    const { unitOfWork } = subgraph.running.systemContext();
    const [, , done] = completedOrder({ outletId });
    const paid = payment({ outletId });
    if (done?.type !== 'order.completed' || paid.type !== 'payment.captured')
      throw new Error('The fixture tells other events.');
    const envelope = {
      seq: 1,
      outletId,
      aggregateVersion: 1,
      viewerKind: 'SYSTEM',
      viewerId: '',
      channel: null,
      reason: null,
      occurredAt: subgraph.clock.now(),
    };

    await Promise.all(
      Array.from({ length: 20 }).flatMap((_, index) => [
        unitOfWork((em) => applyOrderCompleted(em, { ...envelope, ...done, outletId, id: `evt_o${index}` })),
        unitOfWork((em) => applyPaymentCaptured(em, { ...envelope, ...paid, outletId, id: `evt_p${index}` })),
      ]),
    );

    expect(await rowsOf(outletId)).toMatchObject({
      days: [{ ordersCompleted: 20, covers: 40, salesMinor: 600_000, paidMinor: 600_000, version: 41 }],
      items: [{ quantity: 40, salesMinor: 600_000 }],
      payments: [{ amountMinor: 600_000, count: 20 }],
      times: [{ orders: 20, salesMinor: 600_000 }],
    });
  });
});

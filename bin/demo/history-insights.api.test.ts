import type { EventOf } from '../../platform/events/catalogue.js';
import { insights } from '../../subgraphs/insights/subgraph.js';
import {
  applyOrderCompleted,
  applyOrderPlaced,
  applyOrderStatusChanged,
  applyPaymentCaptured,
} from '../../subgraphs/insights/summary/summary.operations.js';
import { startTestSubgraph, type TestSubgraph } from '../../tests/harness/subgraph.js';
import { orderTotalMinor, pastOrders, type PastOrder } from './history.js';
import { writeSummaries } from './history-insights.js';
import { demoDishes } from './menu.js';
import { createRandom } from './random.js';

const tables = ['daily_summary', 'item_sales', 'payment_mix', 'time_sales'];
const envelope = {
  id: 'evt_1',
  seq: 1,
  brandId: 'brd_1',
  aggregateId: 'ord_1',
  aggregateVersion: 1,
  viewerKind: 'USER',
  viewerId: 'usr_1',
  channel: null,
  reason: null,
};

describe('the demo figures', () => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await startTestSubgraph(insights);
  });
  afterAll(() => subgraph.stop());

  const rowsOf = async (outletId: string) => {
    const em = subgraph.running.database.em.fork();
    const found = [];
    for (const table of tables) {
      const rows = await em.execute(`select * from ${table} where outlet_id = ?`, [outletId]);
      found.push(
        rows
          .map(({ id: _id, outlet_id: _outlet, version: _version, ...row }: Record<string, unknown>) =>
            JSON.stringify(row),
          )
          .toSorted(),
      );
    }
    return found;
  };

  it('X-21 are what the events of the same orders make', async () => {
    const dishes = demoDishes.map((dish, index) => ({
      ...dish,
      menuItemId: `itm_${index}`,
      priceMinor: dish.price * 100,
    }));
    const rule = { timeZone: 'Asia/Kolkata', cutOff: '04:00' };
    const orders = pastOrders(
      { now: subgraph.clock.now(), days: 2, rule, country: 'IN', ordersPerDay: 30, tables: 12, dishes },
      createRandom(3),
    );
    const context = subgraph.running.systemContext();

    await writeSummaries(context, { brandId: 'brd_1', outletId: 'out_bulk' }, orders);
    await context.unitOfWork(async (em) => {
      for (const order of orders) await tellEvents(em, order);
    });

    const [bulk, told] = [await rowsOf('out_bulk'), await rowsOf('out_told')];
    expect(bulk.map((rows) => rows.length).every((count) => count > 0)).toBe(true);
    expect(bulk).toEqual(told);
  });

  async function tellEvents(em: Parameters<typeof applyOrderPlaced>[0], order: PastOrder): Promise<void> {
    const { businessDay, covers, completedAt } = order;
    const totalMinor = orderTotalMinor(order);
    const shared = { ...envelope, outletId: 'out_told', occurredAt: completedAt };
    const placed: EventOf<'order.placed'> = {
      ...shared,
      type: 'order.placed',
      payload: { status: 'QUEUED', businessDay, totalMinor, currency: 'INR', covers, customerId: null },
    };
    await applyOrderPlaced(em, placed);
    if (order.isCancelled) {
      await applyOrderStatusChanged(em, {
        ...shared,
        type: 'order.status-changed',
        payload: { from: 'QUEUED', to: 'CANCELLED', businessDay, customerId: null },
      });
      return;
    }
    const lines = order.lines.map(({ dish, quantity }, index) => ({
      lineId: `lin_${index}`,
      menuItemId: dish.menuItemId,
      name: dish.name,
      quantity,
      totalMinor: dish.priceMinor * quantity,
    }));
    await applyOrderCompleted(em, {
      ...shared,
      type: 'order.completed',
      payload: { businessDay, totalMinor, currency: 'INR', covers, completedAt: completedAt.toISOString(), lines },
    });
    await applyPaymentCaptured(em, {
      ...shared,
      type: 'payment.captured',
      payload: { orderId: 'ord_1', businessDay, amountMinor: totalMinor, currency: 'INR', method: 'CASH' },
    });
    await em.flush();
  }
});

import { newId } from '../../platform/domain/id.js';
import { OutboxEventEntity } from '../../platform/data/outbox.entity.js';
import type { EventPayloads } from '../../platform/events/catalogue.js';
import {
  startTestSubgraph,
  type HeardEvent,
  type TestSubgraph,
  type TestSurroundings,
} from '../../tests/harness/subgraph.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { insights } from './subgraph.js';

const brandId = 'brd_ours';
const everything = ['insights.read', 'reports.request'];

/** The outlet most tests are about, another of its brand, and one of another brand. */
export const outlets = { cafe: 'out_cafe', bistro: 'out_bistro', foreign: 'out_foreign' } as const;

/** Who asks: a manager of the brand, staff of the cafe with one right each, and a manager of the other brand. */
export const viewers = {
  manager: viewerWith({ slugs: everything, brandId }),
  analyst: viewerWith({ slugs: ['insights.read'], brandId, outletId: outlets.cafe }),
  clerk: viewerWith({ slugs: ['reports.request'], brandId, outletId: outlets.cafe }),
  waiter: viewerWith({ slugs: ['orders.place'], brandId }),
  stranger: viewerWith({ slugs: everything, brandId: 'brd_theirs' }),
} as const;

/** One sold dish of an order: which, how many and for how much in all. */
export type Line = readonly [menuItemId: string, quantity: number, totalMinor: number];

/** What an order was; a test names what it cares about. */
export interface ToldOrder {
  readonly outletId?: string;
  readonly businessDay?: string;
  readonly completedAt?: string;
  readonly covers?: number;
  readonly lines?: readonly Line[];
  /** Amount and method; unpaid if absent. */
  readonly paid?: readonly [amountMinor: number, method: string];
  readonly id?: string;
}

/** An event any of the handlers hears. */
export type Told = {
  [Type in 'order.placed' | 'order.status-changed' | 'order.completed' | 'payment.captured']: {
    type: Type;
  } & HeardEvent<Type>;
}['order.placed' | 'order.status-changed' | 'order.completed' | 'payment.captured'];

/** Starts the subgraph knowing its three outlets: the cafe and the stranger's in Mumbai, the bistro in Paris. */
export async function openInsights(start?: string, surroundings?: TestSurroundings): Promise<TestSubgraph> {
  const subgraph = await startTestSubgraph(insights, start, surroundings);
  await hearOutlet(subgraph, outlets.cafe, {});
  await hearOutlet(subgraph, outlets.bistro, { name: 'Bistro', currency: 'EUR', timeZone: 'Europe/Paris' });
  await hearOutlet(subgraph, outlets.foreign, {}, 'brd_theirs');
  return subgraph;
}

/** Tells that an outlet was saved. */
export function hearOutlet(
  subgraph: TestSubgraph,
  outletId: string,
  facts: Partial<EventPayloads['outlet.saved']>,
  ofBrandId = brandId,
): Promise<void> {
  const payload = {
    name: 'Downtown Cafe',
    currency: 'INR',
    timeZone: 'Asia/Kolkata',
    cutOff: '04:00',
    isActive: true,
    ...facts,
  };
  return subgraph.hear('outlet.saved', { brandId: ofBrandId, outletId, aggregateId: outletId, payload });
}

/** The events of an order that was placed, completed and perhaps paid. */
export function completedOrder(order: ToldOrder = {}): Told[] {
  const {
    businessDay = '2026-03-14',
    completedAt = `${businessDay}T15:10:00.000Z`,
    covers = 2,
    lines = [['dosa', 2, 30_000]],
    paid,
  } = order;
  const totalMinor = lines.reduce((total, [, , amount]) => total + amount, 0);
  const currency = 'INR';
  const sold = lines.map(([menuItemId, quantity, amount], index) => {
    return { lineId: `lin_${index}`, menuItemId, name: `The ${menuItemId}`, quantity, totalMinor: amount };
  });
  const about = placeOf(order);
  const placed: Told = {
    ...about(),
    type: 'order.placed',
    payload: { status: 'PLACED', businessDay, totalMinor, currency, covers, customerId: null },
  };
  const done: Told = {
    ...about(),
    type: 'order.completed',
    payload: { businessDay, totalMinor, currency, covers, completedAt, lines: sold },
  };
  const changed: Told = {
    ...about(),
    type: 'order.status-changed',
    payload: { from: 'READY', to: 'COMPLETED', businessDay, customerId: null },
  };
  return [placed, changed, done, ...(paid ? [payment({ ...order, paid })] : [])];
}

/** The events of an order that was placed and cancelled. */
export function cancelledOrder(order: ToldOrder = {}): Told[] {
  const { businessDay = '2026-03-14', covers = 2 } = order;
  const about = placeOf(order);
  return [
    {
      ...about(),
      type: 'order.placed',
      payload: { status: 'PLACED', businessDay, totalMinor: 99_000, currency: 'INR', covers, customerId: null },
    },
    {
      ...about(),
      type: 'order.status-changed',
      payload: { from: 'PLACED', to: 'CANCELLED', businessDay, customerId: null },
    },
  ];
}

/** The event of a captured payment. */
export function payment({ businessDay = '2026-03-14', paid = [30_000, 'CASH'], ...order }: ToldOrder): Told {
  const [amountMinor, method] = paid;
  return {
    ...placeOf(order)(),
    type: 'payment.captured',
    payload: { orderId: order.id ?? 'ord_1', businessDay, amountMinor, currency: 'INR', method },
  };
}

function placeOf({ outletId = outlets.cafe, id = newId('ord') }: ToldOrder) {
  const ofBrandId = outletId === outlets.foreign ? 'brd_theirs' : brandId;
  return () => ({ id: newId('evt'), brandId: ofBrandId, outletId, aggregateId: id });
}

/** Tells events one after the other, in the order given. */
export async function tell(subgraph: TestSubgraph, events: readonly Told[]): Promise<void> {
  // All are published before the first is awaited, so the consumer takes them in batches.
  await Promise.all(events.map(({ type, ...event }) => subgraph.hear<Told['type']>(type, event)));
}

// The relay, the consumers and the sweeps send statements of their own at their own times, so only those on these tables count.
const ownTables =
  /\b(from|into|update) [`"]?(daily_summary|item_sales|payment_mix|time_sales|report_job|outlet_replica)\b/;

/** How many statements on this subgraph's tables some work takes. */
export async function statementsOf(subgraph: TestSubgraph, work: () => Promise<unknown>): Promise<number> {
  const { statements } = subgraph.running.database;
  statements.record();
  await work();
  return statements.recorded.filter((sql) => ownTables.test(sql)).length;
}

/** The steps of a report as they were recorded, as "STATE percent". */
export async function stepsOf(subgraph: TestSubgraph, reportId: string): Promise<string[]> {
  const rows = await subgraph.running.database.em
    .fork()
    .find(OutboxEventEntity, { aggregateId: reportId }, { orderBy: { aggregateVersion: 'asc' } });
  return rows.map(({ payload }) => Object.values(Object(payload)).join(' '));
}

import type { Context } from '../../platform/context.js';
import { DailySummaryEntity } from '../../subgraphs/insights/summary/daily-summary.entity.js';
import { ItemSalesEntity } from '../../subgraphs/insights/summary/item-sales.entity.js';
import { PaymentMixEntity } from '../../subgraphs/insights/summary/payment-mix.entity.js';
import { quarterOf, summaryIdOf } from '../../subgraphs/insights/summary/summary.rules.js';
import { TimeSalesEntity } from '../../subgraphs/insights/summary/time-sales.entity.js';
import { orderTotalMinor, type PastOrder } from './history.js';

/** Whose past it is. */
export interface HistoryPlace {
  readonly brandId: string;
  readonly outletId: string;
}

/** Stores the figures of past orders as the events of those orders would have made them. */
export function writeSummaries(
  { unitOfWork }: Context,
  place: HistoryPlace,
  orders: readonly PastOrder[],
): Promise<void> {
  const days = new Map<string, DailySummaryEntity>();
  const items = new Map<string, ItemSalesEntity>();
  const mixes = new Map<string, PaymentMixEntity>();
  const quarters = new Map<string, TimeSalesEntity>();
  for (const order of orders) {
    const { businessDay, completedAt, covers } = order;
    const day = { ...place, businessDay };
    const summary = getOrMake(days, businessDay, () =>
      Object.assign(new DailySummaryEntity(), { ...day, id: summaryIdOf(place.outletId, businessDay) }),
    );
    summary.ordersPlaced += 1;
    if (order.isCancelled) {
      summary.ordersCancelled += 1;
      continue;
    }
    const totalMinor = orderTotalMinor(order);
    summary.complete({ totalMinor, covers });
    summary.paidMinor += totalMinor;
    getOrMake(mixes, businessDay, () => Object.assign(new PaymentMixEntity(), { ...day, method: 'CASH' })).add(
      totalMinor,
    );
    const startsAt = quarterOf(completedAt);
    getOrMake(quarters, businessDay + startsAt, () => Object.assign(new TimeSalesEntity(), { ...day, startsAt })).add(
      totalMinor,
    );
    for (const { dish, quantity } of order.lines) {
      const { menuItemId, name, priceMinor } = dish;
      const sales = getOrMake(items, businessDay + menuItemId, () =>
        Object.assign(new ItemSalesEntity(), { ...day, menuItemId }),
      );
      sales.add({ name, quantity, totalMinor: priceMinor * quantity }, completedAt.toISOString());
    }
  }
  return unitOfWork(async (em) => {
    await em.insertMany(DailySummaryEntity, [...days.values()]);
    await em.insertMany(ItemSalesEntity, [...items.values()]);
    await em.insertMany(PaymentMixEntity, [...mixes.values()]);
    await em.insertMany(TimeSalesEntity, [...quarters.values()]);
  });
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make();
  map.set(key, value);
  return value;
}

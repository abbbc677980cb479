import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import type { EventOf, EventType } from '../../../platform/events/catalogue.js';
import { instant } from '../../../platform/process/clock.js';
import { DailySummaryEntity } from './daily-summary.entity.js';
import { ItemSalesEntity } from './item-sales.entity.js';
import { PaymentMixEntity } from './payment-mix.entity.js';
import { findPaymentMix, findTimeSales, listItemSales, lockDay, type OutletDay } from './summary.queries.js';
import { quarterOf, summaryIdOf } from './summary.rules.js';
import { TimeSalesEntity } from './time-sales.entity.js';

// Every handler locks the row of the day before it reads what it adds to, so that two consumers never add to the same number;
// sums do not depend on the order in which events arrive.

/** Counts a placed order on its business day. */
export async function applyOrderPlaced(em: SqlEntityManager, event: EventOf<'order.placed'>): Promise<void> {
  const summary = await lockOrMakeDay(em, dayOf(event, event.payload.businessDay));
  summary.ordersPlaced += 1;
}

/** Counts a cancelled order on its business day; other changes of status say nothing about the day. */
export async function applyOrderStatusChanged(
  em: SqlEntityManager,
  event: EventOf<'order.status-changed'>,
): Promise<void> {
  if (event.payload.to !== 'CANCELLED') return;
  const summary = await lockOrMakeDay(em, dayOf(event, event.payload.businessDay));
  summary.ordersCancelled += 1;
}

/** Adds a completed order to its business day, to its dishes and to the time it was completed at. */
export async function applyOrderCompleted(em: SqlEntityManager, event: EventOf<'order.completed'>): Promise<void> {
  const { payload } = event;
  const day = dayOf(event, payload.businessDay);
  const completedAt = instant(payload.completedAt);
  const summary = await lockOrMakeDay(em, day);
  summary.complete(payload);
  await addLines(em, { day, lines: payload.lines, soldAt: completedAt.toISOString() });
  const startsAt = quarterOf(completedAt);
  const quarter =
    (await findTimeSales(em, day, startsAt)) ?? Object.assign(new TimeSalesEntity(), { ...day, startsAt });
  quarter.add(payload.totalMinor);
  em.persist(quarter);
}

/** Adds a captured payment to the business day it was taken on and to its method. */
export async function applyPaymentCaptured(em: SqlEntityManager, event: EventOf<'payment.captured'>): Promise<void> {
  const { amountMinor, method, businessDay } = event.payload;
  const day = dayOf(event, businessDay);
  const summary = await lockOrMakeDay(em, day);
  summary.paidMinor += amountMinor;
  const mix = (await findPaymentMix(em, day, method)) ?? Object.assign(new PaymentMixEntity(), { ...day, method });
  mix.add(amountMinor);
  em.persist(mix);
}

interface SoldLines {
  readonly day: OutletDay;
  readonly lines: EventOf<'order.completed'>['payload']['lines'];
  readonly soldAt: string;
}

async function addLines(em: SqlEntityManager, { day, lines, soldAt }: SoldLines): Promise<void> {
  const ids = [...new Set(lines.map(({ menuItemId }) => menuItemId))];
  const known = new Map((await listItemSales(em, day, ids)).map((sales) => [sales.menuItemId, sales]));
  for (const line of lines) {
    const { menuItemId } = line;
    const sales = known.get(menuItemId) ?? Object.assign(new ItemSalesEntity(), { ...day, menuItemId });
    known.set(menuItemId, sales);
    sales.add(line, soldAt);
    em.persist(sales);
  }
}

async function lockOrMakeDay(em: SqlEntityManager, day: OutletDay): Promise<DailySummaryEntity> {
  const known = await lockDay(em, day);
  if (known) return known;
  const summary = Object.assign(new DailySummaryEntity(), { ...day, id: summaryIdOf(day.outletId, day.businessDay) });
  try {
    await em.persist(summary).flush();
  } catch (error) {
    // Another consumer has just made the day: this one starts again and waits for its row.
    throw error instanceof UniqueConstraintViolationException ? new RunAgain() : error;
  }
  return summary;
}

function dayOf({ brandId, outletId, id }: EventOf<EventType>, businessDay: string): OutletDay {
  if (outletId === null) throw new Error(`Event ${id} is of no outlet.`);
  return { brandId, outletId, businessDay };
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { executeWithin } from '../../../platform/data/tenant-guard.js';
import { placeScope, tenantScope, type ScopedConditions } from '../../../platform/data/tenant-scope.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { DailySummaryEntity } from './daily-summary.entity.js';
import { ItemSalesEntity } from './item-sales.entity.js';
import { PaymentMixEntity } from './payment-mix.entity.js';
import { summaryIdOf } from './summary.rules.js';
import { TimeSalesEntity } from './time-sales.entity.js';

/** One business day of one outlet. */
export interface OutletDay {
  readonly brandId: string;
  readonly outletId: string;
  readonly businessDay: string;
}

/** Business days of one outlet, the first and the last included. */
export interface OutletDays {
  readonly outletId: string;
  readonly from: string;
  readonly to: string;
}

/** A dish's sales over some days. */
export interface ItemTotal {
  readonly menuItemId: string;
  readonly name: string;
  readonly quantity: number;
  readonly salesMinor: number;
}

/** Payments by one method. */
export interface MethodTotal {
  readonly method: string;
  readonly amountMinor: number;
  readonly count: number;
}

/** The day's row locked; null while nothing has happened on it. Whoever holds it may change every figure of the day. */
export function lockDay(
  em: SqlEntityManager,
  { outletId, businessDay }: OutletDay,
): Promise<DailySummaryEntity | null> {
  return em.findOne(
    DailySummaryEntity,
    { $and: [placeScope({ outletId }), { id: summaryIdOf(outletId, businessDay) }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
}

/** A business day, all zeros at version 0 while nothing has happened on it; the caller has checked that the viewer may see the outlet. */
export async function getDay(em: SqlEntityManager, day: OutletDay): Promise<DailySummaryEntity> {
  const id = summaryIdOf(day.outletId, day.businessDay);
  return (
    (await em.findOne(DailySummaryEntity, { $and: [placeScope(day), { id }] })) ??
    Object.assign(new DailySummaryEntity(), { ...day, id, version: 0 })
  );
}

/** The sales of these dishes on a day; for those who hold the day's lock. */
export function listItemSales(
  em: SqlEntityManager,
  { outletId, businessDay }: OutletDay,
  menuItemIds: readonly string[],
): Promise<ItemSalesEntity[]> {
  const where = { businessDay, menuItemId: { $in: [...menuItemIds] } };
  return em.find(ItemSalesEntity, { $and: [placeScope({ outletId }), where] });
}

/** The sales of a quarter of an hour; for those who hold the day's lock. */
export function findTimeSales(
  em: SqlEntityManager,
  { outletId, businessDay }: OutletDay,
  startsAt: string,
): Promise<TimeSalesEntity | null> {
  return em.findOne(TimeSalesEntity, { $and: [placeScope({ outletId }), { businessDay, startsAt }] });
}

/** The payments by a method; for those who hold the day's lock. */
export function findPaymentMix(
  em: SqlEntityManager,
  { outletId, businessDay }: OutletDay,
  method: string,
): Promise<PaymentMixEntity | null> {
  return em.findOne(PaymentMixEntity, { $and: [placeScope({ outletId }), { businessDay, method }] });
}

/** The outlet's days on which something has happened, in order of time; the caller has checked that the viewer may see the outlet. */
export function listDays(em: SqlEntityManager, { outletId, from, to }: OutletDays): Promise<DailySummaryEntity[]> {
  return em.find(
    DailySummaryEntity,
    { $and: [placeScope({ outletId }), { businessDay: { $gte: from, $lte: to } }] },
    { orderBy: { businessDay: 'asc' } },
  );
}

/** Days of one outlet of the viewer on which something has happened, the latest first. */
export function listDailySummaries(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, from, to, page }: { outletId: string; from?: string | null; to?: string | null; page: PageRequest },
): Promise<Page<DailySummaryEntity>> {
  const where: ScopedConditions = [
    visibleDays(viewer),
    { outletId },
    from ? { businessDay: { $gte: from } } : {},
    to ? { businessDay: { $lte: to } } : {},
  ];
  return fetchPage(em, DailySummaryEntity, { where, sort: [['businessDay', 'desc']], page });
}

/** Days by id in the order asked; null where one is missing or invisible. */
export async function loadDailySummaries(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(DailySummaryEntity | null)[]> {
  const rows = await em.find(DailySummaryEntity, { $and: [visibleDays(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (summary) => summary.id);
}

/** The dishes that sold for most over some days, the best first; the caller has checked that the viewer may see the outlet. */
export async function listTopItems(
  em: SqlEntityManager,
  { outletId, from, to }: OutletDays,
  limit: number,
): Promise<ItemTotal[]> {
  // The name of the latest sale: every `named_at` has 24 characters, so the largest pair of time and name starts with the latest time.
  const sql = `select menu_item_id as menuItemId, substr(max(concat(named_at, name)), 25) as name, sum(quantity) as quantity, sum(sales_minor) as salesMinor
     from item_sales where :scope and business_day between ? and ?
     group by menu_item_id order by sum(sales_minor) desc, sum(quantity) desc, menu_item_id limit ?`;
  const rows = await executeWithin(em, { outletId }, { sql, parameters: [from, to, limit] });
  return rows.map((row) => ({
    menuItemId: String(row['menuItemId']),
    name: String(row['name']),
    quantity: Number(row['quantity']),
    salesMinor: Number(row['salesMinor']),
  }));
}

/** Payments of some days, one row a day and method; the caller has checked that the viewer may see the outlet. */
export function listPaymentMix(em: SqlEntityManager, { outletId, from, to }: OutletDays): Promise<PaymentMixEntity[]> {
  return em.find(
    PaymentMixEntity,
    { $and: [placeScope({ outletId }), { businessDay: { $gte: from, $lte: to } }] },
    { orderBy: { businessDay: 'asc', method: 'asc' } },
  );
}

/** Sales of one day by quarter of an hour; the caller has checked that the viewer may see the outlet. */
export function listTimeSales(
  em: SqlEntityManager,
  { outletId, businessDay }: Omit<OutletDay, 'brandId'>,
): Promise<TimeSalesEntity[]> {
  return em.find(TimeSalesEntity, { $and: [placeScope({ outletId }), { businessDay }] });
}

function visibleDays(viewer: Viewer) {
  return tenantScope(viewer, 'insights.read');
}

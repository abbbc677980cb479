import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { placeScope, tenantScope, type ScopedConditions } from '../../../platform/data/tenant-scope.js';
import { addDays, businessDayOf } from '../../../platform/domain/business-day.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { StockBatchEntity } from './stock-batch.entity.js';

/** Which batches are asked for; an absent filter leaves all in. */
export interface BatchFilter {
  readonly page: PageRequest;
  readonly outletId: string;
  readonly itemId?: string | null;
  /** Only what expires within so many days from `now`, at the outlet's date; what has expired is included. */
  readonly expiringWithinDays?: number | null;
  readonly now: Date;
}

/** Batches of an outlet with something left, first to expire first; NOT_FOUND for an outlet the viewer may not look into. */
export async function listBatches(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, outletId, itemId, expiringWithinDays: days, now }: BatchFilter,
): Promise<Page<StockBatchEntity>> {
  const { timeZone } = await getOutlet(em, { viewer, slug: 'inventory.read', outletId });
  const where: ScopedConditions = [tenantScope(viewer, 'inventory.read'), { outletId, isEmpty: false }];
  if (itemId) where.push({ itemId });
  if (typeof days === 'number') where.push({ expiryKey: { $lte: lastDay(now, timeZone, days) } });
  return fetchPage(em, StockBatchEntity, {
    where,
    sort: [
      ['expiryKey', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** Batches by id in the order asked, empty ones included; null where one is missing or invisible. */
export async function loadBatches(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(StockBatchEntity | null)[]> {
  const where = { $and: [tenantScope(viewer, 'inventory.read'), { id: { $in: [...ids] } }] };
  return inOrderOf(ids, await em.find(StockBatchEntity, where), (batch) => batch.id);
}

/** The batches of items with something left; lock the items' stock levels first. */
export function findFilledBatches(
  em: SqlEntityManager,
  place: { readonly outletId: string; readonly itemIds: readonly string[] },
): Promise<StockBatchEntity[]> {
  const isFilled = { itemId: { $in: [...place.itemIds] }, isEmpty: false };
  return em.find(StockBatchEntity, { $and: [placeScope({ outletId: place.outletId }), isFilled] });
}

// An expiry date is a day of the calendar, so it ends at midnight and not at the outlet's cut-off.
function lastDay(now: Date, timeZone: string, days: number): string {
  if (days < 0 || days > 3_650) throw new BadUserInput('It must be between 0 and 3650 days.', ['expiringWithinDays']);
  return addDays(businessDayOf(now, { timeZone, cutOff: '00:00' }), days);
}

/** Batches the batches a request asks for into one statement. */
export function batchLoader({ em, viewer, loader }: Context): Loader<string, StockBatchEntity> {
  return loader('stock-batch', (ids) => loadBatches(em, viewer, ids));
}

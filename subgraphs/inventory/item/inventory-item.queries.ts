import { LockMode, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import type { ScopedConditions } from '../../../platform/data/tenant-scope.js';
import { BadUserInput, notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { visibleBrands } from '../brand/brand-replica.queries.js';
import { InventoryItemEntity } from './inventory-item.entity.js';

/** Which items are asked for; an absent filter leaves all in. */
export interface ItemFilter {
  readonly page: PageRequest;
  readonly brandId?: string | null;
  readonly outletId?: string | null;
  readonly sku?: string | null;
  readonly category?: string | null;
  readonly isLowStock?: boolean | null;
}

/** Items in use, by name; NOT_FOUND for an outlet the viewer may not look into, BadUserInput for low stock of no outlet. */
export async function listItems(
  em: SqlEntityManager,
  viewer: Viewer,
  filter: ItemFilter,
): Promise<Page<InventoryItemEntity>> {
  const { page, outletId, brandId, sku, category, isLowStock } = filter;
  const where: ScopedConditions = [visibleBrands(viewer, 'brandId'), { isArchived: false }];
  if (outletId) where.push({ brandId: (await getOutlet(em, { viewer, slug: 'inventory.read', outletId })).brandId });
  if (brandId) where.push({ brandId });
  if (sku) where.push({ skuKey: comparisonKey(sku) });
  if (category) where.push({ category });
  if (typeof isLowStock === 'boolean') where.push(lowStock(isLowStock, outletId));
  return fetchPage(em, InventoryItemEntity, {
    where,
    sort: [
      ['name', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

// Critical is never above the minimum, so low is whatever is not above the minimum; what never moved is at zero.
function lowStock(isLowStock: boolean, outletId: string | null | undefined): object {
  if (!outletId) throw new BadUserInput('Stock is low at an outlet: send outletId too.', ['lowStock']);
  const exists = isLowStock ? 'not exists' : 'exists';
  const isAbove = raw(
    (alias) =>
      `${exists} (select 1 from stock_level l where l.outlet_id = ? and l.item_id = ${alias}.id and l.on_hand_micro > ${alias}.minimum_micro)`,
    [outletId],
  );
  return { [isAbove]: [] };
}

/** One item the viewer may see; NOT_FOUND otherwise. */
export async function getItem(em: SqlEntityManager, viewer: Viewer, id: string): Promise<InventoryItemEntity> {
  const item = await em.findOne(InventoryItemEntity, { $and: [visibleBrands(viewer, 'brandId'), { id }] });
  if (!item) throw notFound('The item');
  return item;
}

/** The item with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockItem(em: SqlEntityManager, viewer: Viewer, id: string): Promise<InventoryItemEntity> {
  const where = { $and: [visibleBrands(viewer, 'brandId'), { id }] };
  const item = await em.findOne(InventoryItemEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!item) throw notFound('The item');
  return item;
}

/** Items by id in the order asked; null where one is missing or invisible. */
export async function loadItems(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(InventoryItemEntity | null)[]> {
  const where = { $and: [visibleBrands(viewer, 'brandId'), { id: { $in: [...ids] } }] };
  return inOrderOf(ids, await em.find(InventoryItemEntity, where), (item) => item.id);
}

/** Batches the items a request asks for into one statement. */
export function itemLoader({ em, viewer, loader }: Context): Loader<string, InventoryItemEntity> {
  return loader('inventory-item', (ids) => loadItems(em, viewer, ids));
}

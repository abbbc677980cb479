import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { selectWithin } from '../../../platform/data/tenant-guard.js';
import {
  anyOf,
  narrowed,
  placeScope,
  unscoped,
  type ScopedConditions,
  type TenantScope,
} from '../../../platform/data/tenant-scope.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { holds, reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { beginsWith } from '../prefix.queries.js';
import { managedMenus } from './menu-category.queries.js';
import { MenuItemEntity } from './menu-item.entity.js';
import { MenuItemPriceEntity } from './menu-item-price.entity.js';

/** Which menu items of an outlet are asked for. */
export interface MenuItemFilter {
  readonly outlet: OutletReplicaEntity;
  readonly search?: string | null;
  readonly categoryId?: string | null;
  readonly page: PageRequest;
}

/** Menu items by name: what the outlet sells and has published, and everything for those who manage its menu. */
export function listMenuItems(
  em: SqlEntityManager,
  viewer: Viewer,
  filter: MenuItemFilter,
): Promise<Page<MenuItemEntity>> {
  const { outlet, search, categoryId, page } = filter;
  const isManager = holds(viewer, 'menu.manage', { brandId: outlet.brandId, outletId: outlet.id });
  return fetchPage(em, MenuItemEntity, {
    where: [
      placeScope({ brandId: outlet.brandId }),
      isManager ? {} : { isPublished: true, ...soldAt(em, outlet.id) },
      categoryId ? { categoryId } : {},
      search ? { nameKey: beginsWith(comparisonKey(search)) } : {},
    ],
    sort: [
      ['nameKey', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** One menu item: a published one, or one the viewer manages; NOT_FOUND otherwise. */
export async function getMenuItem(em: SqlEntityManager, viewer: Viewer, id: string): Promise<MenuItemEntity> {
  const item = await em.findOne(MenuItemEntity, { $and: [visibleItems(viewer), { id }] });
  if (!item) throw notFound('The menu item');
  return item;
}

/** Menu items by id in the order asked; null where one is missing or invisible. */
export async function loadMenuItems(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(MenuItemEntity | null)[]> {
  const rows = await em.find(MenuItemEntity, { $and: [visibleItems(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (item) => item.id);
}

/** A menu item within the scope, locked; NOT_FOUND otherwise. */
export async function lockMenuItem(em: SqlEntityManager, scope: TenantScope, id: string): Promise<MenuItemEntity> {
  const where = { $and: [scope, { id }] };
  const item = await em.findOne(MenuItemEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!item) throw notFound('The menu item');
  return item;
}

/** How many menu items a brand has. */
export function countMenuItems(em: SqlEntityManager, brandId: string): Promise<number> {
  return em.count(MenuItemEntity, placeScope({ brandId }));
}

/** A category and, where only what it sells is meant, an outlet, as a loader's key. */
export type CategoryItemsKey = `${string}@${string}`;

/** The key of a category's published items: those an outlet sells, or all of the brand's. */
export function categoryItemsKey(categoryId: string, outletId: string | null): CategoryItemsKey {
  return `${categoryId}@${outletId ?? ''}`;
}

/** Published items of categories by name, grouped in the order asked; one statement an outlet. */
export async function loadCategoryItems(
  em: SqlEntityManager,
  keys: readonly CategoryItemsKey[],
): Promise<MenuItemEntity[][]> {
  const wanted = keys.map((key) => ({ key, categoryId: key.split('@')[0] ?? '', outletId: key.split('@')[1] ?? '' }));
  const found = new Map<CategoryItemsKey, MenuItemEntity[]>();
  for (const [outletId, ofOutlet] of Map.groupBy(wanted, (key) => key.outletId)) {
    const categoryId = { $in: ofOutlet.map((key) => key.categoryId) };
    const where = { $and: [published(), { categoryId, ...(outletId ? soldAt(em, outletId) : {}) }] };
    const rows = Map.groupBy(
      await em.find(MenuItemEntity, where, { orderBy: { nameKey: 'asc', id: 'asc' } }),
      (row) => row.categoryId,
    );
    for (const one of ofOutlet) found.set(one.key, rows.get(one.categoryId) ?? []);
  }
  return keys.map((key) => found.get(key) ?? []);
}

/** The condition under which a menu item exists for the viewer. */
function visibleItems(viewer: Viewer) {
  const managed = managedMenus(viewer);
  return reachOf(viewer, 'menu.manage').isEverywhere ? managed : anyOf(published(), managed);
}

function published() {
  return narrowed(unscoped('everybody may read what is on a menu'), { isPublished: true });
}

function soldAt(em: SqlEntityManager, outletId: string) {
  const where: ScopedConditions = [placeScope({ outletId })];
  return { id: { $in: selectWithin(em, MenuItemPriceEntity, { column: 'menuItemId', where }) } };
}

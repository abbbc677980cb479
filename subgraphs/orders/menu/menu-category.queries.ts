import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { brandScope, placeScope, unscoped, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { MenuCategoryEntity } from './menu-category.entity.js';

/** A brand's categories by their order; anybody may read them. */
export function listMenuCategories(
  em: SqlEntityManager,
  { brandId, page }: { brandId: string; page: PageRequest },
): Promise<Page<MenuCategoryEntity>> {
  return fetchPage(em, MenuCategoryEntity, {
    where: [placeScope({ brandId })],
    sort: [
      ['sortOrder', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** All of a brand's categories by their order; there are at most 200. */
export function findMenuCategories(em: SqlEntityManager, brandId: string): Promise<MenuCategoryEntity[]> {
  return em.find(MenuCategoryEntity, placeScope({ brandId }), { orderBy: { sortOrder: 'asc', id: 'asc' } });
}

/** Categories by id in the order asked; null where one is missing. */
export async function loadMenuCategories(
  em: SqlEntityManager,
  ids: readonly string[],
): Promise<(MenuCategoryEntity | null)[]> {
  const scope = unscoped('everybody may read the headings of a menu');
  const rows = await em.find(MenuCategoryEntity, { $and: [scope, { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (category) => category.id);
}

/** The category if the viewer works on menus of its brand; NOT_FOUND otherwise. */
export async function getManagedCategory(
  em: SqlEntityManager,
  viewer: Viewer,
  id: string,
): Promise<MenuCategoryEntity> {
  const category = await em.findOne(MenuCategoryEntity, { $and: [managedMenus(viewer), { id }] });
  if (!category) throw notFound('The menu category');
  return category;
}

/** How many categories a brand has. */
export function countMenuCategories(em: SqlEntityManager, brandId: string): Promise<number> {
  return em.count(MenuCategoryEntity, placeScope({ brandId }));
}

/** Throws NOT_FOUND unless the viewer works on menus of the brand, and the brand has an outlet where the viewer's place does not prove it exists. */
export async function requireManagedBrand(em: SqlEntityManager, viewer: Viewer, brandId: string): Promise<void> {
  const reach = reachOf(viewer, 'menu.manage');
  if (reach.touchedBrandIds.includes(brandId)) return;
  if (reach.isEverywhere && (await em.count(OutletReplicaEntity, placeScope({ brandId }))) > 0) return;
  throw notFound('The brand');
}

/** The condition for rows of brands in which the viewer works on menus, be it in one outlet. */
export function managedMenus(viewer: Viewer): TenantScope {
  return brandScope(viewer, 'menu.manage');
}

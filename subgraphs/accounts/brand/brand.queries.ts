import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { brandScope, narrowed, tenantItself, unscoped, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { BrandEntity } from './brand.entity.js';

/** Brands the viewer works for, by name. */
export function listBrands(em: SqlEntityManager, viewer: Viewer, page: PageRequest): Promise<Page<BrandEntity>> {
  return fetchPage(em, BrandEntity, {
    where: [visibleBrands(viewer)],
    sort: [
      ['name', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** Whether the installation has any brand at all; for commands of the product itself. */
export async function hasBrands(em: SqlEntityManager): Promise<boolean> {
  return (await em.count(BrandEntity, unscoped('whether the installation is empty'))) > 0;
}

/** One brand the viewer works for; NOT_FOUND otherwise. */
export async function getBrand(em: SqlEntityManager, viewer: Viewer, id: string): Promise<BrandEntity> {
  const brand = await em.findOne(BrandEntity, { $and: [visibleBrands(viewer), { id }] });
  if (!brand) throw notFound('The brand');
  return brand;
}

/** The brand with its row locked; NOT_FOUND if the viewer does not work for it. */
export async function lockBrand(em: SqlEntityManager, viewer: Viewer, id: string): Promise<BrandEntity> {
  const where = { $and: [visibleBrands(viewer), { id }] };
  const brand = await em.findOne(BrandEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!brand) throw notFound('The brand');
  return brand;
}

/** Throws NOT_FOUND unless the brand takes guests. */
export async function requireActiveBrand(em: SqlEntityManager, id: string): Promise<void> {
  const isActive = await em.count(BrandEntity, narrowed(tenantItself(id), { isActive: true }));
  if (isActive === 0) throw notFound('The brand');
}

/** Brands by id in the order asked; null where one is missing or invisible. */
export async function loadBrands(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(BrandEntity | null)[]> {
  const rows = await em.find(BrandEntity, { $and: [visibleBrands(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (brand) => brand.id);
}

function visibleBrands(viewer: Viewer): TenantScope {
  return brandScope(viewer, 'outlets.read', 'id');
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { placeScope, tenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { OutletEntity } from './outlet.entity.js';

/** Outlets the viewer works in, by name; of one brand where `brandId` is given, NOT_FOUND if they do not work for it. */
export async function listOutlets(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, brandId }: { page: PageRequest; brandId?: string | null },
): Promise<Page<OutletEntity>> {
  if (brandId) await getBrand(em, viewer, brandId);
  return fetchPage(em, OutletEntity, {
    where: [visibleOutlets(viewer), brandId ? { brandId } : {}],
    sort: [
      ['name', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** One outlet the viewer works in; NOT_FOUND otherwise. */
export async function getOutlet(em: SqlEntityManager, viewer: Viewer, id: string): Promise<OutletEntity> {
  const outlet = await em.findOne(OutletEntity, { $and: [visibleOutlets(viewer), { id }] });
  if (!outlet) throw notFound('The outlet');
  return outlet;
}

/** The outlet with its row locked; NOT_FOUND if the viewer does not work there. */
export async function lockOutlet(em: SqlEntityManager, viewer: Viewer, id: string): Promise<OutletEntity> {
  const outlet = await em.findOne(
    OutletEntity,
    { $and: [visibleOutlets(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!outlet) throw notFound('The outlet');
  return outlet;
}

/** Every outlet of a brand whose row the caller has locked, with theirs locked in the order of their ids. */
export function lockOutletsOf(em: SqlEntityManager, brandId: string): Promise<OutletEntity[]> {
  const how = { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  return em.find(OutletEntity, placeScope({ brandId }), how);
}

/** Outlets by id in the order asked; null where one is missing or invisible. */
export async function loadOutlets(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(OutletEntity | null)[]> {
  const rows = await em.find(OutletEntity, { $and: [visibleOutlets(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (outlet) => outlet.id);
}

function visibleOutlets(viewer: Viewer) {
  return tenantScope(viewer, 'outlets.read', { brand: 'brandId', outlet: 'id' });
}

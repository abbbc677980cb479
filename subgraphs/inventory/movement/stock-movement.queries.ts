import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { placeScope, tenantScope, type ScopedConditions } from '../../../platform/data/tenant-scope.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { StockMovementEntity, type MovementKind } from './stock-movement.entity.js';

/** Which movements are asked for; an absent filter leaves all in. */
export interface MovementFilter {
  readonly page: PageRequest;
  readonly outletId: string;
  readonly itemId?: string | null;
  readonly kind?: MovementKind | null;
}

/** Movements at an outlet, newest first; NOT_FOUND for an outlet the viewer may not look into. */
export async function listMovements(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, outletId, itemId, kind }: MovementFilter,
): Promise<Page<StockMovementEntity>> {
  await getOutlet(em, { viewer, slug: 'inventory.read', outletId });
  const where: ScopedConditions = [tenantScope(viewer, 'inventory.read'), { outletId }];
  if (itemId) where.push({ itemId });
  if (kind) where.push({ kind });
  return fetchPage(em, StockMovementEntity, {
    where,
    sort: [
      ['orderKey', 'desc'],
      ['id', 'desc'],
    ],
    page,
  });
}

/** The movements of one cause that the viewer may see, in the order they were made. */
export function findMovementsOf(em: SqlEntityManager, viewer: Viewer, causeId: string): Promise<StockMovementEntity[]> {
  const where = { $and: [tenantScope(viewer, 'inventory.read'), { causeId }] };
  return em.find(StockMovementEntity, where, { orderBy: { orderKey: 'asc', id: 'asc' } });
}

/** Whether the cause has moved the outlet's stock already. */
export async function hasMoved(
  em: SqlEntityManager,
  { outletId, causeId }: { readonly outletId: string; readonly causeId: string },
): Promise<boolean> {
  return (await em.count(StockMovementEntity, { $and: [placeScope({ outletId }), { causeId }] })) > 0;
}

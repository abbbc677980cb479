import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { tenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { FloorEntity } from './floor.entity.js';

/** Floors of an outlet by their position; NOT_FOUND if the viewer may not see the outlet's floors. */
export async function listFloors(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, page }: { outletId: string; page: PageRequest },
): Promise<Page<FloorEntity>> {
  await getOutlet(em, { viewer, slug: 'floor.read', outletId });
  return fetchPage(em, FloorEntity, {
    where: [visibleFloors(viewer), { outletId }],
    sort: [
      ['sortOrder', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** One floor the viewer may see; NOT_FOUND otherwise. */
export async function getFloor(em: SqlEntityManager, viewer: Viewer, id: string): Promise<FloorEntity> {
  const floor = await em.findOne(FloorEntity, { $and: [visibleFloors(viewer), { id }] });
  if (!floor) throw notFound('The floor');
  return floor;
}

/** The floor with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockFloor(em: SqlEntityManager, viewer: Viewer, id: string): Promise<FloorEntity> {
  const floor = await em.findOne(
    FloorEntity,
    { $and: [visibleFloors(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!floor) throw notFound('The floor');
  return floor;
}

/** The request's loader of floors by id; null where one is missing or invisible. */
export function floorLoader(context: Context): Loader<string, FloorEntity> {
  return context.loader<string, FloorEntity>('floor', (ids) => loadFloors(context.em, context.viewer, ids));
}

async function loadFloors(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(FloorEntity | null)[]> {
  const rows = await em.find(FloorEntity, { $and: [visibleFloors(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (floor) => floor.id);
}

function visibleFloors(viewer: Viewer) {
  return tenantScope(viewer, 'floor.read');
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { placeScope, tenantScope } from '../../../platform/data/tenant-scope.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { SeatingEntity } from './seating.entity.js';

/** The party at a table whose row the caller has locked, or null. */
export function findOpenSeating(
  em: SqlEntityManager,
  { id: openKey, outletId }: { readonly id: string; readonly outletId: string },
): Promise<SeatingEntity | null> {
  return em.findOne(SeatingEntity, { $and: [placeScope({ outletId }), { openKey }] });
}

/** The request's loader of seatings by id; null where one is missing or invisible. */
export function seatingLoader(context: Context): Loader<string, SeatingEntity> {
  return context.loader<string, SeatingEntity>('seating', (ids) => loadSeatings(context.em, context.viewer, ids));
}

/** The request's loader of the party at a place by the place's id; null where nobody sits. */
export function currentSeatingLoader(context: Context): Loader<string, SeatingEntity> {
  return context.loader<string, SeatingEntity>('current-seating', (nodeIds) =>
    loadCurrentSeatings(context.em, context.viewer, nodeIds),
  );
}

async function loadSeatings(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(SeatingEntity | null)[]> {
  const rows = await em.find(SeatingEntity, { $and: [visibleSeatings(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (seating) => seating.id);
}

async function loadCurrentSeatings(
  em: SqlEntityManager,
  viewer: Viewer,
  nodeIds: readonly string[],
): Promise<(SeatingEntity | null)[]> {
  const rows = await em.find(SeatingEntity, { $and: [visibleSeatings(viewer), { openKey: { $in: [...nodeIds] } }] });
  return inOrderOf(nodeIds, rows, (seating) => seating.serviceNodeId);
}

function visibleSeatings(viewer: Viewer) {
  return tenantScope(viewer, 'floor.read');
}

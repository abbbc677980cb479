import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { groupedInOrderOf, inOrderOf } from '../../../platform/data/rows.js';
import { placeScope, tenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { ServiceFlowEntity } from './flow.entity.js';
import type { ServiceFlowKind } from './flow.rules.js';

/** Flows of an outlet, oldest first; NOT_FOUND if the viewer may not see the outlet's floors. */
export async function listFlows(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, page }: { outletId: string; page: PageRequest },
): Promise<Page<ServiceFlowEntity>> {
  await getOutlet(em, { viewer, slug: 'floor.read', outletId });
  return fetchPage(em, ServiceFlowEntity, { where: [visibleFlows(viewer), { outletId }], sort: [['id', 'asc']], page });
}

/** The flow with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockFlow(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ServiceFlowEntity> {
  const flow = await em.findOne(
    ServiceFlowEntity,
    { $and: [visibleFlows(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!flow) throw notFound('The flow');
  return flow;
}

/** Whether the two places, both locked by the caller, are connected in this way. */
export async function isConnected(
  em: SqlEntityManager,
  outletId: string,
  edge: { fromNodeId: string; toNodeId: string; kind: ServiceFlowKind },
): Promise<boolean> {
  return (await em.count(ServiceFlowEntity, { $and: [placeScope({ outletId }), edge] })) > 0;
}

/** How many flows begin on a floor. */
export function countFlowsOfFloor(
  em: SqlEntityManager,
  { id: floorId, outletId }: { readonly id: string; readonly outletId: string },
): Promise<number> {
  return em.count(ServiceFlowEntity, { $and: [placeScope({ outletId }), { floorId }] });
}

/** Deletes every flow from or to a place; the caller has locked the place. */
export async function deleteFlowsOfNode(
  em: SqlEntityManager,
  { id, outletId }: { readonly id: string; readonly outletId: string },
): Promise<void> {
  const touching = { $or: [{ fromNodeId: id }, { toNodeId: id }] };
  await em.nativeDelete(ServiceFlowEntity, { $and: [placeScope({ outletId }), touching] });
}

/** The request's loader of flows by id; null where one is missing or invisible. */
export function flowLoader(context: Context): Loader<string, ServiceFlowEntity> {
  return context.loader<string, ServiceFlowEntity>('flow', (ids) => loadFlows(context.em, context.viewer, ids));
}

/** The request's loader of the flows that begin on a floor, oldest first. */
export function flowsOfFloorLoader(context: Context): Loader<string, ServiceFlowEntity[]> {
  return context.loader<string, ServiceFlowEntity[]>('flows-of-floor', (ids) =>
    loadFlowsOfFloors(context.em, context.viewer, ids),
  );
}

async function loadFlows(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ServiceFlowEntity | null)[]> {
  const rows = await em.find(ServiceFlowEntity, { $and: [visibleFlows(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (flow) => flow.id);
}

async function loadFlowsOfFloors(
  em: SqlEntityManager,
  viewer: Viewer,
  floorIds: readonly string[],
): Promise<ServiceFlowEntity[][]> {
  const where = { $and: [visibleFlows(viewer), { floorId: { $in: [...floorIds] } }] };
  const rows = await em.find(ServiceFlowEntity, where, { orderBy: { id: 'asc' } });
  return groupedInOrderOf(floorIds, rows, (flow) => flow.floorId);
}

function visibleFlows(viewer: Viewer) {
  return tenantScope(viewer, 'floor.read');
}

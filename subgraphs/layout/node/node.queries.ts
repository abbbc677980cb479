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
import { ServiceNodeEntity } from './node.entity.js';
import type { ServiceNodeKind } from './node.rules.js';

/** Which places to list. */
export interface ServiceNodeFilter {
  readonly outletId: string;
  readonly kind?: ServiceNodeKind | null;
  readonly page: PageRequest;
}

/** Places of an outlet that were not removed, by label; NOT_FOUND if the viewer may not see the outlet's floors. */
export async function listNodes(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, kind, page }: ServiceNodeFilter,
): Promise<Page<ServiceNodeEntity>> {
  await getOutlet(em, { viewer, slug: 'floor.read', outletId });
  return fetchPage(em, ServiceNodeEntity, {
    where: [visibleNodes(viewer), { outletId, isRemoved: false }, kind ? { kind } : {}],
    sort: [
      ['labelKey', 'asc'],
      ['id', 'asc'],
    ],
    page,
  });
}

/** One place the viewer may see, removed or not; NOT_FOUND otherwise. */
export async function getNode(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ServiceNodeEntity> {
  const node = await em.findOne(ServiceNodeEntity, { $and: [visibleNodes(viewer), { id }] });
  if (!node) throw notFound('The place');
  return node;
}

/** The place with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockNode(em: SqlEntityManager, viewer: Viewer, id: string): Promise<ServiceNodeEntity> {
  const node = await em.findOne(
    ServiceNodeEntity,
    { $and: [visibleNodes(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!node) throw notFound('The place');
  return node;
}

/** Two places with their rows locked, in the order asked; NOT_FOUND if the viewer may not see both. */
export async function lockNodes(
  em: SqlEntityManager,
  viewer: Viewer,
  [firstId, secondId]: readonly [string, string],
): Promise<[ServiceNodeEntity, ServiceNodeEntity]> {
  const rows = await em.find(
    ServiceNodeEntity,
    { $and: [visibleNodes(viewer), { id: { $in: [firstId, secondId] } }] },
    // In the order of their ids, so that two callers never wait for each other.
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const [first, second] = inOrderOf([firstId, secondId], rows, (node) => node.id);
  if (!first || !second) throw notFound('The place');
  return [first, second];
}

/** The floor a visible place is on, to be locked before the place itself; NOT_FOUND otherwise. */
export async function getFloorIdOfNode(em: SqlEntityManager, viewer: Viewer, id: string): Promise<string> {
  // Kept out of the identity map, so that the locked read that follows sees the row and not this copy of it.
  const node = await em.findOne(
    ServiceNodeEntity,
    { $and: [visibleNodes(viewer), { id }] },
    { disableIdentityMap: true },
  );
  if (!node) throw notFound('The place');
  return node.floorId;
}

/** How many places of a floor were not removed. */
export function countNodesOfFloor(
  em: SqlEntityManager,
  { id: floorId, outletId }: { readonly id: string; readonly outletId: string },
): Promise<number> {
  return em.count(ServiceNodeEntity, { $and: [placeScope({ outletId }), { floorId, isRemoved: false }] });
}

/** The request's loader of places by id, removed or not; null where one is missing or invisible. */
export function nodeLoader(context: Context): Loader<string, ServiceNodeEntity> {
  return context.loader<string, ServiceNodeEntity>('node', (ids) => loadNodes(context.em, context.viewer, ids));
}

/** The request's loader of a floor's places that were not removed, by label. */
export function nodesOfFloorLoader(context: Context): Loader<string, ServiceNodeEntity[]> {
  return context.loader<string, ServiceNodeEntity[]>('nodes-of-floor', (ids) =>
    loadNodesOfFloors(context.em, context.viewer, ids),
  );
}

async function loadNodes(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(ServiceNodeEntity | null)[]> {
  const rows = await em.find(ServiceNodeEntity, { $and: [visibleNodes(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (node) => node.id);
}

async function loadNodesOfFloors(
  em: SqlEntityManager,
  viewer: Viewer,
  floorIds: readonly string[],
): Promise<ServiceNodeEntity[][]> {
  const rows = await em.find(
    ServiceNodeEntity,
    { $and: [visibleNodes(viewer), { floorId: { $in: [...floorIds] }, isRemoved: false }] },
    { orderBy: { labelKey: 'asc' } },
  );
  return groupedInOrderOf(floorIds, rows, (node) => node.floorId);
}

function visibleNodes(viewer: Viewer) {
  return tenantScope(viewer, 'floor.read');
}

import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { lockFloor } from '../floor/floor.queries.js';
import { getFloorIdOfNode, lockNodes } from '../node/node.queries.js';
import { requirePresent } from '../node/node.rules.js';
import { ServiceFlowEntity } from './flow.entity.js';
import { nodesConnected, nodesDisconnected } from './flow.events.js';
import { countFlowsOfFloor, isConnected, lockFlow } from './flow.queries.js';
import { requireConnectable, requireRoomForFlow, type ServiceFlowKind } from './flow.rules.js';

/** A new edge: from which place to which, and what moves along it. */
export interface ConnectNodes {
  readonly fromNodeId: string;
  readonly toNodeId: string;
  readonly kind: ServiceFlowKind;
}

/** Connects two places of one outlet; ALREADY_EXISTS when they are connected in this way. */
export function connectNodes({ viewer, unitOfWork }: Context, command: ConnectNodes): Promise<ServiceFlowEntity> {
  const edge = { fromNodeId: command.fromNodeId, toNodeId: command.toNodeId, kind: command.kind };
  return unitOfWork(async (em) => {
    // The floor before its places, as when a place is added; its lock keeps the count of flows true.
    const floor = await lockFloor(em, viewer, await getFloorIdOfNode(em, viewer, edge.fromNodeId));
    const [from, to] = await lockNodes(em, viewer, [edge.fromNodeId, edge.toNodeId]);
    requirePermission(viewer, 'floor.manage', from);
    requireConnectable(from, to);
    requirePresent(from, ['fromNodeId']);
    requirePresent(to, ['toNodeId']);
    if (await isConnected(em, floor.outletId, edge))
      throw new DomainError('ALREADY_EXISTS', 'They are connected in this way already.');
    requireRoomForFlow(await countFlowsOfFloor(em, floor));
    const place = { brandId: from.brandId, outletId: from.outletId, floorId: floor.id };
    const flow = em.create(ServiceFlowEntity, { ...edge, ...place, id: newId('flw'), version: 1 });
    em.persist(flow);
    record(em, nodesConnected(flow));
    return flow;
  });
}

/** Deletes an edge and returns it as it was. */
export function disconnectNodes(
  { viewer, unitOfWork }: Context,
  command: { readonly flowId: string },
): Promise<ServiceFlowEntity> {
  return unitOfWork(async (em) => {
    const flow = await lockFlow(em, viewer, command.flowId);
    requirePermission(viewer, 'floor.manage', flow);
    record(em, nodesDisconnected(flow));
    em.remove(flow);
    return flow;
  });
}

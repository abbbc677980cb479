import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { ServiceFlowEntity } from './flow.entity.js';

/** Two places of a floor were connected. */
export function nodesConnected(flow: ServiceFlowEntity): DomainEvent<'floor.changed'> {
  return { type: 'floor.changed', aggregate: flow, payload: { floorId: flow.floorId } };
}

/** Two places of a floor are no longer connected; the version follows the one the flow had. */
export function nodesDisconnected(flow: ServiceFlowEntity): DomainEvent<'floor.changed'> {
  const { id, brandId, outletId, version, floorId } = flow;
  return { type: 'floor.changed', aggregate: { id, brandId, outletId, version: version + 1 }, payload: { floorId } };
}

import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';

/** What moves along an edge between two places. */
export const ServiceFlowKind = { GUEST: 'GUEST', ORDER: 'ORDER', FOOD: 'FOOD', DISH_RETURN: 'DISH_RETURN' } as const;
export type ServiceFlowKind = keyof typeof ServiceFlowKind;

/** The most flows that may begin on one floor; `Floor.flows` is a plain list because of it. */
export const maximumFlowsPerFloor = 2_000;

/** An end of a flow, as far as the rules care. */
export interface FlowEnd {
  readonly id: string;
  readonly outletId: string;
}

/** Throws unless the two places are different ones of one outlet. */
export function requireConnectable(from: FlowEnd, to: FlowEnd): void {
  if (from.id === to.id) throw new BadUserInput('A flow leads from one place to another.', ['toNodeId']);
  if (from.outletId !== to.outletId) throw new BadUserInput('A flow stays within one outlet.', ['toNodeId']);
}

/** Throws INVALID_STATE when as many flows begin on the floor as may. */
export function requireRoomForFlow(flowCount: number): void {
  if (flowCount < maximumFlowsPerFloor) return;
  throw new DomainError('INVALID_STATE', `At most ${maximumFlowsPerFloor} flows begin on one floor.`, ['fromNodeId']);
}

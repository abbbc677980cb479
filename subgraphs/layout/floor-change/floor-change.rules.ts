import type { AnyEvent } from '../../../platform/events/catalogue.js';

/** What kind of thing changed on a floor. */
export const FloorChangeKind = {
  NODE_SAVED: 'NODE_SAVED',
  SEATED: 'SEATED',
  RELEASED: 'RELEASED',
  FLOOR_SAVED: 'FLOOR_SAVED',
} as const;
export type FloorChangeKind = keyof typeof FloorChangeKind;

/** A change and the rows it is about; null where it is not about such a row. */
export interface FloorChange {
  readonly kind: FloorChangeKind;
  readonly floorId: string | null;
  readonly nodeId: string | null;
  readonly seatingId: string | null;
}

const about = { floorId: null, nodeId: null, seatingId: null };

/** What an event means for the floor, or null if nothing. */
export function toFloorChange(event: AnyEvent): FloorChange | null {
  switch (event.type) {
    case 'floor.changed':
      return { ...about, kind: 'FLOOR_SAVED', floorId: event.payload.floorId };
    case 'service-node.saved':
      return { ...about, kind: 'NODE_SAVED', nodeId: event.aggregateId };
    case 'seating.opened':
      return { ...about, kind: 'SEATED', nodeId: event.payload.serviceNodeId, seatingId: event.aggregateId };
    case 'seating.closed':
      return { ...about, kind: 'RELEASED', nodeId: event.payload.serviceNodeId, seatingId: event.aggregateId };
    default:
      return null;
  }
}

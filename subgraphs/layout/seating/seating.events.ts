import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { SeatingEntity } from './seating.entity.js';

/** A party was seated. */
export function seatingOpened(seating: SeatingEntity): DomainEvent<'seating.opened'> {
  const { serviceNodeId, covers } = seating;
  return { type: 'seating.opened', aggregate: seating, payload: { serviceNodeId, covers } };
}

/** A party has left. */
export function seatingClosed(seating: SeatingEntity): DomainEvent<'seating.closed'> {
  return { type: 'seating.closed', aggregate: seating, payload: { serviceNodeId: seating.serviceNodeId } };
}

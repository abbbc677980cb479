import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { FloorEntity } from './floor.entity.js';

/** A floor was made or changed. */
export function floorChanged(floor: FloorEntity): DomainEvent<'floor.changed'> {
  return { type: 'floor.changed', aggregate: floor, payload: { floorId: floor.id } };
}

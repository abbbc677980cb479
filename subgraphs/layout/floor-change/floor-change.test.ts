import type { AnyEvent, EventPayloads, EventType } from '../../../platform/events/catalogue.js';
import { toFloorChange } from './floor-change.rules.js';

describe('what an event means for the floor', () => {
  it.each<[AnyEvent, object | null]>([
    [
      event('floor.changed', { floorId: 'flr_1' }),
      { kind: 'FLOOR_SAVED', floorId: 'flr_1', nodeId: null, seatingId: null },
    ],
    [
      event('service-node.saved', { label: 'T1', kind: 'TABLE', seats: 4, isRemoved: false }),
      { kind: 'NODE_SAVED', floorId: null, nodeId: 'agg_1', seatingId: null },
    ],
    [
      event('seating.opened', { serviceNodeId: 'nod_1', covers: 2 }),
      { kind: 'SEATED', floorId: null, nodeId: 'nod_1', seatingId: 'agg_1' },
    ],
    [
      event('seating.closed', { serviceNodeId: 'nod_1' }),
      { kind: 'RELEASED', floorId: null, nodeId: 'nod_1', seatingId: 'agg_1' },
    ],
    [event('brand.saved', { name: 'Ours', isActive: true }), null],
  ])('%j', (happened, change) => {
    expect(toFloorChange(happened)).toEqual(change);
  });
});

function event<Type extends EventType>(type: Type, payload: EventPayloads[Type]): AnyEvent {
  const origin = { viewerKind: 'USER', viewerId: 'usr_1', channel: null, reason: null };
  const facts = { id: 'evt_1', seq: 1, brandId: 'brd_1', outletId: 'out_1', aggregateId: 'agg_1', aggregateVersion: 1 };
  // The union is told apart by its type, which a generic cannot show to the compiler.
  return { ...facts, ...origin, occurredAt: new Date('2026-03-14T12:00:00Z'), type, payload } as AnyEvent;
}

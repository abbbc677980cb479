import type { Context } from '../../../platform/context.js';
import { holds, type Viewer } from '../../../platform/domain/viewer.js';
import type { AnyEvent, EventOf } from '../../../platform/events/catalogue.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { isInQueue } from './order.state.js';

/** An outlet's events from now on, or from after a cursor. */
export interface FollowOrders {
  readonly outletId: string;
  readonly since?: string | null;
}

type OrderEvent = EventOf<'order.placed'> | EventOf<'order.status-changed'>;

/** Orders of an outlet as they are placed and go on; a guest's own only. NOT_FOUND where the viewer reads no orders. */
export async function followOrders(
  { em, viewer, events }: Context,
  { outletId, since }: FollowOrders,
): Promise<AsyncIterableIterator<LiveEvent>> {
  const outlet = await getOutlet(em, { viewer, slug: 'orders.read-own', outletId });
  const readsAll = holds(viewer, 'orders.read', { brandId: outlet.brandId, outletId });
  return events.follow(
    outlet.brandId,
    since ?? null,
    (event) => isOrderEvent(event) && event.outletId === outletId && (readsAll || isTold(viewer, event)),
  );
}

/** Changes of the kitchen's list of an outlet; NOT_FOUND where the viewer may not read it. */
export async function followQueue(
  { em, viewer, events }: Context,
  { outletId, since }: FollowOrders,
): Promise<AsyncIterableIterator<LiveEvent>> {
  const { brandId } = await getOutlet(em, { viewer, slug: 'kitchen.read', outletId });
  return events.follow(
    brandId,
    since ?? null,
    (event) => isOrderEvent(event) && event.outletId === outletId && touchesQueue(event),
  );
}

/** The status an order had just after the event; null for events that are not about a status. */
export function statusOf(event: AnyEvent): string | null {
  if (event.type === 'order.placed') return event.payload.status;
  return event.type === 'order.status-changed' ? event.payload.to : null;
}

function isOrderEvent(event: AnyEvent): event is OrderEvent {
  return event.type === 'order.placed' || event.type === 'order.status-changed';
}

// The event itself says whose order it is, so nothing has to be read to keep it from others.
function isTold(viewer: Viewer, { payload }: OrderEvent): boolean {
  return viewer.kind === 'USER' && payload.customerId === viewer.id;
}

function touchesQueue(event: OrderEvent): boolean {
  if (event.type === 'order.placed') return isInQueue(event.payload.status);
  return isInQueue(event.payload.from) || isInQueue(event.payload.to);
}

import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';

/** What an outlet can sell, as it changes from now on or from after `since`; NOT_FOUND if the viewer takes no orders there. */
export async function followMenuAvailability(
  { em, viewer, events }: Context,
  { outletId, since }: { readonly outletId: string; readonly since?: string | null },
): Promise<AsyncIterableIterator<LiveEvent>> {
  const { brandId } = await getOutlet(em, { viewer, slug: 'orders.place', outletId });
  return events.follow(
    brandId,
    since ?? null,
    (event) => event.type === 'menu-item.availability-changed' && event.outletId === outletId,
  );
}

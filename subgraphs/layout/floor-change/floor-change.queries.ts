import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { toFloorChange } from './floor-change.rules.js';

/** Changes of an outlet's floors from now on, or from after `since`; NOT_FOUND if the viewer may not see them. */
export async function followFloors(
  { em, viewer, events }: Context,
  { outletId, since }: { readonly outletId: string; readonly since?: string | null },
): Promise<AsyncIterableIterator<LiveEvent>> {
  const { brandId } = await getOutlet(em, { viewer, slug: 'floor.read', outletId });
  return events.follow(brandId, since ?? null, (event) => event.outletId === outletId && toFloorChange(event) !== null);
}

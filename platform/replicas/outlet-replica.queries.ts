import type { SqlEntityManager } from '@mikro-orm/sql';
import { placeScope, tenantScope, unscoped } from '../data/tenant-scope.js';
import { notFound } from '../domain/errors.js';
import type { Viewer } from '../domain/viewer.js';
import type { EventOf } from '../events/catalogue.js';
import { OutletReplicaEntity } from './outlet-replica.entity.js';

/** Keeps the replica of an outlet in step with `outlet.saved`. */
export async function applyOutletSaved(em: SqlEntityManager, event: EventOf<'outlet.saved'>): Promise<void> {
  const where = { $and: [placeScope({ brandId: event.brandId }), { id: event.aggregateId }] };
  const known = await em.findOne(OutletReplicaEntity, where);
  if (known && known.sourceVersion >= event.aggregateVersion) return;
  const { name, currency, timeZone, cutOff, isActive, details = null } = event.payload;
  await em.upsert(OutletReplicaEntity, {
    id: event.aggregateId,
    brandId: event.brandId,
    name,
    currency,
    timeZone,
    cutOff,
    isActive,
    details,
    sourceVersion: event.aggregateVersion,
  });
}

/** The outlet if the viewer holds the permission there; NOT_FOUND otherwise. */
export async function getOutlet(
  em: SqlEntityManager,
  { viewer, slug, outletId }: { viewer: Viewer; slug: string; outletId: string },
): Promise<OutletReplicaEntity> {
  const scope = tenantScope(viewer, slug, { brand: 'brandId', outlet: 'id' });
  const outlet = await em.findOne(OutletReplicaEntity, { $and: [scope, { id: outletId }] });
  if (!outlet) throw notFound('The outlet');
  return outlet;
}

/** The outlet whoever asks; for what everybody may see, and for the product's own work. */
export async function getAnyOutlet(em: SqlEntityManager, outletId: string): Promise<OutletReplicaEntity> {
  const scope = unscoped('everybody may know of an outlet what its menu and its receipts show');
  const outlet = await em.findOne(OutletReplicaEntity, { $and: [scope, { id: outletId }] });
  if (!outlet) throw notFound('The outlet');
  return outlet;
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import { notFound } from '../domain/errors.js';
import { holds, type Viewer } from '../domain/viewer.js';
import type { EventOf } from '../events/catalogue.js';
import { OutletReplicaEntity } from './outlet-replica.entity.js';

/** Keeps the replica of an outlet in step with `outlet.saved`. */
export async function applyOutletSaved(em: SqlEntityManager, event: EventOf<'outlet.saved'>): Promise<void> {
  const known = await em.findOne(OutletReplicaEntity, { id: event.aggregateId });
  if (known && known.sourceVersion >= event.aggregateVersion) return;
  await em.upsert(OutletReplicaEntity, {
    id: event.aggregateId,
    brandId: event.brandId,
    ...event.payload,
    sourceVersion: event.aggregateVersion,
  });
}

/** The outlet if the viewer holds the permission there; NOT_FOUND otherwise. */
export async function getOutlet(
  em: SqlEntityManager,
  { viewer, slug, outletId }: { viewer: Viewer; slug: string; outletId: string },
): Promise<OutletReplicaEntity> {
  const outlet = await em.findOne(OutletReplicaEntity, { id: outletId });
  if (!outlet || !holds(viewer, slug, { brandId: outlet.brandId, outletId })) throw notFound('The outlet');
  return outlet;
}

/** The outlet whoever asks; for what everybody may see, and for the product's own work. */
export async function getAnyOutlet(em: SqlEntityManager, outletId: string): Promise<OutletReplicaEntity> {
  const outlet = await em.findOne(OutletReplicaEntity, { id: outletId });
  if (!outlet) throw notFound('The outlet');
  return outlet;
}

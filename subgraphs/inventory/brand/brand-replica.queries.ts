import type { SqlEntityManager } from '@mikro-orm/sql';
import { brandScope, tenantItself, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import type { EventOf } from '../../../platform/events/catalogue.js';
import { BrandReplicaEntity } from './brand-replica.entity.js';

/** The brands in whose stock the viewer may look: those where `inventory.read` is held in at least one outlet. */
export function visibleBrands(viewer: Viewer, column: 'id' | 'brandId'): TenantScope {
  return brandScope(viewer, 'inventory.read', column);
}

/** Throws NOT_FOUND unless the brand exists and the viewer may look into its stock. */
export async function requireVisibleBrand(em: SqlEntityManager, viewer: Viewer, id: string): Promise<void> {
  const brand = await em.findOne(BrandReplicaEntity, { $and: [visibleBrands(viewer, 'id'), { id }] });
  if (!brand) throw notFound('The brand');
}

/** Keeps the replica of a brand in step with `brand.saved`. */
export async function applyBrandSaved(em: SqlEntityManager, event: EventOf<'brand.saved'>): Promise<void> {
  const known = await em.findOne(BrandReplicaEntity, tenantItself(event.aggregateId));
  if (known && known.sourceVersion >= event.aggregateVersion) return;
  await em.upsert(BrandReplicaEntity, { id: event.aggregateId, sourceVersion: event.aggregateVersion });
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import { narrowed, placeScope, unscoped } from '../../../platform/data/tenant-scope.js';
import { BrandEntity } from '../brand/brand.entity.js';
import { OutletEntity } from '../outlet/outlet.entity.js';

/** The first brand that was given this name, or null; names of brands are not unique. */
export function findBrandNamed(em: SqlEntityManager, name: string): Promise<BrandEntity | null> {
  const where = narrowed(unscoped("the operator's command finds a brand by its name"), { name });
  return em.findOne(BrandEntity, where, { orderBy: { id: 'asc' } });
}

/** The first outlet of a brand that was given this name, or null. */
export function findOutletNamed(em: SqlEntityManager, brandId: string, name: string): Promise<OutletEntity | null> {
  return em.findOne(OutletEntity, narrowed(placeScope({ brandId }), { name }), { orderBy: { id: 'asc' } });
}

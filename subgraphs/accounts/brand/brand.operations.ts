import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import { requireText } from '../../../platform/domain/text.js';
import { allow, holdsSomewhere, reachOf } from '../../../platform/domain/viewer.js';
import { BrandEntity } from './brand.entity.js';
import { brandSaved } from './brand.events.js';

/** Makes a tenant; for administrators of the whole installation. */
export function createBrand({ viewer, unitOfWork, clock }: Context, command: { name: string }): Promise<BrandEntity> {
  allow(viewer, holdsSomewhere(viewer, 'brands.create') && reachOf(viewer, 'brands.create').isEverywhere);
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  return unitOfWork(async (em) => {
    const brand = em.create(BrandEntity, {
      id: newId('brd'),
      name,
      isActive: true,
      version: 1,
      createdAt: clock.now(),
    });
    em.persist(brand);
    record(em, brandSaved(brand));
    return brand;
  });
}

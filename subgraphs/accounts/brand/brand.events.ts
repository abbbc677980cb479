import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { BrandEntity } from './brand.entity.js';

/** A brand was made or changed. */
export function brandSaved(brand: BrandEntity): DomainEvent<'brand.saved'> {
  return {
    type: 'brand.saved',
    aggregate: {
      id: brand.id,
      brandId: brand.id,
      get version() {
        return brand.version;
      },
    },
    payload: { name: brand.name, isActive: brand.isActive },
  };
}

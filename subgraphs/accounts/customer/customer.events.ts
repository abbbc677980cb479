import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { CustomerProfileEntity } from './customer.entity.js';

/** What a brand keeps about a guest has changed; none of it is told. */
export function customerSaved(profile: CustomerProfileEntity): DomainEvent<'customer.saved'> {
  return {
    type: 'customer.saved',
    aggregate: {
      id: profile.id,
      brandId: profile.brandId,
      get version() {
        return profile.version;
      },
    },
    payload: { userId: profile.userId },
  };
}

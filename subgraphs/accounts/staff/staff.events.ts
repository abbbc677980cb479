import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { StaffProfileEntity } from './staff.entity.js';

/** What is kept about somebody who works at an outlet has changed; none of it is told. */
export function staffSaved(profile: StaffProfileEntity): DomainEvent<'staff.saved'> {
  return {
    type: 'staff.saved',
    aggregate: {
      id: profile.id,
      brandId: profile.brandId,
      outletId: profile.outletId,
      get version() {
        return profile.version;
      },
    },
    payload: { userId: profile.userId },
  };
}

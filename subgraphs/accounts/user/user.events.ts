import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { UserEntity, UserProfileEntity } from './user.entity.js';

/** What a person may do has changed; whoever keeps it must ask again. */
export function rightsChanged(user: UserEntity, brandId: string | null): DomainEvent<'rights.changed'> {
  return {
    type: 'rights.changed',
    aggregate: { id: user.id, brandId: brandId ?? '', version: user.rightsVersion },
    payload: { userId: user.id },
  };
}

/** What a person tells about themselves has changed; what they tell is not told here. */
export function userSaved(user: UserEntity, profile: UserProfileEntity): DomainEvent<'user.saved'> {
  return {
    type: 'user.saved',
    aggregate: { id: user.id, brandId: '', version: profile.version },
    payload: { isActive: user.isActive },
  };
}

import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { UserEntity } from './user.entity.js';

/** What a person may do has changed; whoever keeps it must ask again. */
export function rightsChanged(user: UserEntity, brandId: string | null): DomainEvent<'rights.changed'> {
  return {
    type: 'rights.changed',
    aggregate: { id: user.id, brandId: brandId ?? '', version: user.rightsVersion },
    payload: { userId: user.id },
  };
}

import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { RoleEntity } from './role.entity.js';

/** What a role allows has changed; whoever keeps the rights of its holders must ask again. */
export function roleChanged(role: RoleEntity): DomainEvent<'role.changed'> {
  return {
    type: 'role.changed',
    aggregate: {
      id: role.id,
      brandId: role.brandId ?? '',
      get version() {
        return role.version;
      },
    },
    payload: { roleId: role.id },
  };
}

import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { UserEntity } from '../user/user.entity.js';
import type { DeviceKeyEntity } from './device-key.entity.js';

/** A device can be used to sign in from now on. */
export function deviceKeySaved({ id, version, userId, kind }: DeviceKeyEntity): DomainEvent<'device-key.saved'> {
  return { type: 'device-key.saved', aggregate: { id, brandId: '', version }, payload: { userId, kind } };
}

/** A device can no longer be used to sign in. */
export function deviceKeyRevoked(
  { id, version, userId }: DeviceKeyEntity,
  reason: string,
): DomainEvent<'device-key.revoked'> {
  return { type: 'device-key.revoked', aggregate: { id, brandId: '', version }, payload: { userId }, reason };
}

/** A manager has let somebody enrol a device, or lets them no longer. */
export function deviceLeaveChanged(
  { id, rightsVersion }: UserEntity,
  isAllowed: boolean,
): DomainEvent<'device-leave.changed'> {
  const aggregate = { id, brandId: '', version: rightsVersion };
  return { type: 'device-leave.changed', aggregate, payload: { userId: id, isAllowed } };
}

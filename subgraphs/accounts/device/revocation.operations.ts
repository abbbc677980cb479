import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import type { Clock } from '../../../platform/process/clock.js';
import { endSessions } from '../session/session.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { lockUser } from '../user/user.queries.js';
import { DeviceKeyEntity } from './device-key.entity.js';
import { deviceKeyRevoked } from './device-key.events.js';
import { getManagedKey, lockGoodKeys } from './device-key.queries.js';

/** Which keys of a locked person end, and why. */
export interface RevokeKeys {
  readonly user: UserEntity;
  /** Only those it holds for; all unless told. */
  readonly isMeant?: (key: DeviceKeyEntity) => boolean;
  readonly clock: Clock;
  readonly reason: string;
}

/** Ends a key, by its holder or whoever manages their devices, and at once the sessions on its device; doing it again changes nothing. NOT_FOUND for every other key. */
export function revokeDeviceKey(
  { viewer, unitOfWork, clock }: Context,
  { id }: { id: string },
): Promise<DeviceKeyEntity> {
  return unitOfWork(async (em) => {
    const key = await getManagedKey(em, viewer, id);
    const user = await lockUser(em, key.userId);
    const reason = user.id === viewer.id ? 'REVOKED_BY_HOLDER' : 'REVOKED_BY_MANAGER';
    await revokeKeys(em, { user, isMeant: (each) => each.id === id, clock, reason });
    return key;
  });
}

/** Ends good keys of a person and the sessions on their devices, in the caller's transaction; says how many. */
export async function revokeKeys(
  em: SqlEntityManager,
  { user, isMeant = () => true, clock, reason }: RevokeKeys,
): Promise<number> {
  const good = await lockGoodKeys(em, { userId: user.id });
  const ending = good.filter(isMeant);
  for (const key of ending) {
    key.revokedAt = clock.now();
    key.heldDeviceId = null;
    key.version += 1;
    record(em, deviceKeyRevoked(key, reason));
    await endSessions(em, { userId: user.id, deviceId: key.deviceId, clock, reason: 'DEVICE_REVOKED' });
  }
  if (ending.length === good.length && user.deviceEnrolment === 'ENROLLED') user.deviceEnrolment = 'NONE';
  return ending.length;
}

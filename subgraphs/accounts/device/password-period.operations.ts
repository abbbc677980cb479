import type { SqlEntityManager } from '@mikro-orm/sql';
import { DeviceKeyEntity } from './device-key.entity.js';
import { requireDeviceId } from './device-key.rules.js';

/** Notes, in the transaction of a sign-in by password, that it was given on this device: its key is good for another thirty days. */
export async function notePasswordProof(
  em: SqlEntityManager,
  { userId, deviceId, now }: { userId: string; deviceId: string | null | undefined; now: Date },
): Promise<void> {
  if (!deviceId?.trim()) return;
  const where = { userId, heldDeviceId: requireDeviceId(deviceId) };
  await em.nativeUpdate(DeviceKeyEntity, where, { passwordProvenAt: now });
}

/** Asks all devices of a person, whose row the caller has locked, for the password at their next sign-in; their keys stay. After a change of password. */
export async function requirePasswordAgain(em: SqlEntityManager, userId: string): Promise<void> {
  await em.nativeUpdate(DeviceKeyEntity, { userId, revokedAt: null }, { passwordProvenAt: null });
}

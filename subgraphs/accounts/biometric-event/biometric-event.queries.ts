import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { UserEntity } from '../user/user.entity.js';
import { BiometricEventEntity } from './biometric-event.entity.js';

const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** The event a provider told under an id, or null. */
export function findBiometricEvent(
  em: SqlEntityManager,
  { provider, eventId }: { provider: string; eventId: string },
): Promise<BiometricEventEntity | null> {
  return em.findOne(BiometricEventEntity, { provider, eventId });
}

/** An event that nobody has acted on, with its row locked, or null. */
export function lockUnappliedEvent(em: SqlEntityManager, id: string): Promise<BiometricEventEntity | null> {
  return em.findOne(BiometricEventEntity, { id, appliedAt: null }, locked);
}

/** The person an event is about with their row locked; null where the provider names nobody of ours. */
export function lockSubject(em: SqlEntityManager, userId: string): Promise<UserEntity | null> {
  return em.findOne(UserEntity, { id: userId }, locked);
}

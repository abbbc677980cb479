import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { unreachable } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { installationKey } from '../../../platform/domain/tenant-key.js';
import type { BiometricEvent } from '../../../platform/ports/biometric-webhook.js';
import type { Clock } from '../../../platform/process/clock.js';
import { requirePasswordAgain } from '../device/password-period.operations.js';
import { revokeKeys } from '../device/revocation.operations.js';
import { endSessions } from '../session/session.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { BiometricEventEntity } from './biometric-event.entity.js';
import { findBiometricEvent, lockSubject, lockUnappliedEvent } from './biometric-event.queries.js';

/** The kind of the job that acts on an event. */
export const applyBiometricEventKind = 'apply-biometric-event';

/** Keeps an event whose signature has been checked, and has it acted on later; false for one that was told before. */
export function receiveBiometricEvent(
  { unitOfWork, jobs, clock }: Context,
  { occurredAt, ...event }: Omit<BiometricEvent, 'occurredAt'> & { occurredAt: Date },
): Promise<boolean> {
  return unitOfWork(async (em) => {
    if (await findBiometricEvent(em, event)) return false;
    const id = newId('bev');
    await insertOnce(em, { ...event, id, occurredAt, receivedAt: clock.now(), appliedAt: null });
    await jobs.enqueue(em, {
      kind: applyBiometricEventKind,
      payload: { id },
      dedupKey: installationKey(applyBiometricEventKind, id),
    });
    return true;
  });
}

/** Acts on an event, once: what a provider distrusts signs in no longer. */
export async function applyBiometricEvent(em: SqlEntityManager, clock: Clock, id: string): Promise<void> {
  const event = await lockUnappliedEvent(em, id);
  if (!event) return;
  event.appliedAt = clock.now();
  const user = await lockSubject(em, event.userId);
  if (user) await act(em, { event, user, clock });
}

async function act(
  em: SqlEntityManager,
  { event, user, clock }: { event: BiometricEventEntity; user: UserEntity; clock: Clock },
): Promise<void> {
  const reason = `${event.provider} ${event.kind}`;
  switch (event.kind) {
    case 'LIVENESS_PASSED':
      return;
    case 'LIVENESS_FAILED':
      return requirePasswordAgain(em, user.id);
    case 'ENROLMENT_REVOKED':
      await revokeKeys(em, { user, clock, reason });
      user.deviceEnrolment = 'NONE';
      return;
    case 'DEVICE_LOST': {
      const { deviceId } = event;
      // A provider that does not say which device means any of them.
      await revokeKeys(em, { user, isMeant: (key) => deviceId === null || key.deviceId === deviceId, clock, reason });
      // Also where the device has no key: its sign-in by password is lost with it.
      await endSessions(em, { userId: user.id, ...(deviceId === null ? {} : { deviceId }), clock, reason });
      return;
    }
    default:
      return unreachable(event.kind);
  }
}

async function insertOnce(em: SqlEntityManager, row: BiometricEventEntity): Promise<void> {
  try {
    await em.insert(BiometricEventEntity, row);
  } catch (error) {
    // Another delivery of it was faster; the next run finds it.
    throw error instanceof UniqueConstraintViolationException ? new RunAgain() : error;
  }
}

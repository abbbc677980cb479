import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { plusMs } from '../../../platform/process/clock.js';
import { secondFactorLimit } from '../abuse/limit.rules.js';
import { endSessions, requireOpenSession } from '../session/session.operations.js';
import { lockProven, provePassword } from '../user/password-proof.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { lockUser } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { secondFactorChanged, type SecondFactorChange } from './second-factor.events.js';
import { findSecondFactor } from './second-factor.queries.js';
import { newRecoveryCodes, newTotpSecret, otpauthUriOf, setupMs, stepOfCode } from './second-factor.rules.js';
import { openSecret, recoveryKeysOf, sealSecret, takeCode } from './second-factor.vault.js';

/** What an authenticator app needs; shown once. */
export interface TotpSetup {
  /** base32, for typing. */
  readonly secret: string;
  /** For a QR code. */
  readonly otpauthUri: string;
}

/** Gives the viewer a secret for their app; nothing is asked of them until they confirm it. One that was not confirmed is replaced. */
export async function enableTotp(context: Context, { password }: { password: string }): Promise<TotpSetup> {
  const proven = await provePassword(context, { password });
  const { unitOfWork, vault, clock } = context;
  const secret = newTotpSecret();
  await unitOfWork(async (em) => {
    const { id: userId, isTotpEnabled } = await lockProven(em, { proven });
    if (isTotpEnabled) throw new DomainError('INVALID_STATE', 'You have a second step already. Disable it first.');
    await em.nativeDelete(SecondFactorEntity, { userId });
    await em.insert(SecondFactorEntity, {
      userId,
      secret: sealSecret(vault, secret),
      lastStep: 0,
      recoveryKeys: [],
      createdAt: clock.now(),
      confirmedAt: null,
    });
  });
  return { secret, otpauthUri: otpauthUriOf(secret, emailOf(vault, proven)) };
}

/** Asks the viewer for a second step from now on: their app knows the secret. Their other sessions end; the recovery codes are told once. */
export async function confirmTotp(
  context: Context,
  { code }: { code: string },
): Promise<{ user: UserEntity; recoveryCodes: readonly string[] }> {
  const { viewer, limits, vault, clock, unitOfWork } = context;
  await limits.consume(secondFactorLimit, [secondFactorKey(viewer.id)]);
  const recoveryCodes = newRecoveryCodes();
  return unitOfWork(async (em) => {
    const user = await lockUser(em, viewer.id);
    await requireOpenSession(em, viewer);
    const factor = await findSecondFactor(em, user.id);
    const now = clock.now();
    if (!factor || factor.confirmedAt || now >= plusMs(factor.createdAt, setupMs))
      throw new DomainError('INVALID_STATE', 'There is no secret to confirm. Begin with enableTotp.');
    const step = stepOfCode(code, { secret: openSecret(vault, factor), now });
    if (step === null) throw wrongCode();
    factor.lastStep = step;
    factor.confirmedAt = now;
    factor.recoveryKeys = recoveryKeysOf(vault, user.id, recoveryCodes);
    user.isTotpEnabled = true;
    await endSessions(em, { userId: user.id, exceptSessionId: viewer.sessionId, clock, reason: 'SECOND_FACTOR' });
    record(em, secondFactorChanged(user.id, 'CONFIRMED', now));
    return { user, recoveryCodes };
  });
}

/** Asks the viewer for no second step any longer; they prove both steps. */
export async function disableTotp(
  context: Context,
  { password, code }: { password: string; code: string },
): Promise<UserEntity> {
  const { viewer, limits, vault, clock, unitOfWork } = context;
  await limits.consume(secondFactorLimit, [secondFactorKey(viewer.id)]);
  const proven = await provePassword(context, { password });
  return unitOfWork(async (em) => {
    const user = await lockProven(em, { proven });
    const factor = await findSecondFactor(em, user.id);
    if (!factor?.confirmedAt) throw new DomainError('INVALID_STATE', 'You have no second step.');
    if (!takeCode(vault, factor, { code, now: clock.now() })) throw wrongCode();
    await removeFactor(context, em, { user, reason: 'DISABLED' });
    return user;
  });
}

/** Takes a second step away from somebody who has lost it, in the caller's transaction and with their row locked; their sessions end. */
export async function resetSecondFactor(
  context: Pick<Context, 'clock'>,
  em: SqlEntityManager,
  user: UserEntity,
): Promise<void> {
  if (!user.isTotpEnabled) return;
  await removeFactor(context, em, { user, reason: 'RESET' });
  await endSessions(em, { userId: user.id, clock: context.clock, reason: 'SECOND_FACTOR_RESET' });
}

/** What limits of the second step count by. */
export function secondFactorKey(userId: string): string {
  return `user:${userId}`;
}

/** The answer to a code that is wrong or was used before. */
export function wrongCode(): DomainError {
  return new DomainError('INVALID_CODE', 'This code is wrong or was used already. Take the next one.', ['code']);
}

async function removeFactor(
  { clock }: Pick<Context, 'clock'>,
  em: SqlEntityManager,
  { user, reason }: { user: UserEntity; reason: SecondFactorChange },
): Promise<void> {
  user.isTotpEnabled = false;
  await em.nativeDelete(SecondFactorEntity, { userId: user.id });
  record(em, secondFactorChanged(user.id, reason, clock.now()));
}

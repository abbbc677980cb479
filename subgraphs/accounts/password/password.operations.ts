import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { codeEntryLimit, codeRequestLimit } from '../abuse/limit.rules.js';
import { peekCode, redeemCode } from '../code/code.operations.js';
import { invalidCode, tokenKeys } from '../code/code.rules.js';
import { requirePasswordAgain } from '../device/password-period.operations.js';
import { endSessions } from '../session/session.operations.js';
import { hashPassword, matchesPassword } from '../user/password.js';
import { lockProven, provePassword } from '../user/password-proof.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { findUserByIdentifier, loadProfiles } from '../user/user.queries.js';
import { requirePassword } from '../user/user.rules.js';
import { emailOf } from '../user/user.vault.js';
import { passwordChangedKind, passwordResetKind } from './password.jobs.js';

/** Has a link to a new password mailed to whoever has the address. It answers alike, and does the same, whether anybody has. */
export async function requestPasswordReset(context: Context, { email }: { email: string }): Promise<void> {
  const { limits, remoteAddress, unitOfWork, vault, jobs } = context;
  await limits.consume(codeRequestLimit, [addressKey(remoteAddress), identifierKey(email)]);
  await unitOfWork(async (em) => {
    const user = await findUserByIdentifier(em, vault, email);
    // A job in any case: what it does for nobody, it does after the answer.
    await jobs.enqueue(em, { kind: passwordResetKind, payload: { userId: user?.id ?? null } });
  });
}

/**
 * Sets the password of whoever a mailed token was made for, who has shown that the address is theirs, and ends all their
 * sessions; nobody is signed in by it. A password that is too weak leaves the token good. Somebody who was invited, or signed
 * in by other means only, gets a password so.
 */
export async function confirmPasswordReset(
  context: Context,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<void> {
  const shown = { purposes: ['PASSWORD_RESET', 'INVITATION'], token } as const;
  await context.limits.consume(codeEntryLimit, [addressKey(context.remoteAddress), ...tokenKeys(token)]);
  const good = await peekCode(context, shown);
  if (!good) throw invalidCode('token');
  await requireNewPassword(context, good.user, newPassword);
  // Only whoever shows a good token learns that it is the password they have, and they may set another anyway.
  const { passwordHash: present } = good.user;
  if (present !== null && (await matchesPassword(newPassword, present))) throw samePassword();
  const passwordHash = await hashPassword(newPassword);
  await context.unitOfWork(async (em) => {
    const { user } = await redeemCode(context, em, { ...shown, field: 'token' });
    user.isEmailVerified = true;
    await setPassword(context, em, { user, passwordHash, reason: 'PASSWORD_RESET' });
  });
}

/** Changes the viewer's own password, which they prove to know, and ends their other sessions. */
export async function changePassword(
  context: Context,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<void> {
  const field = ['currentPassword'];
  // What needs no proof is looked at before a proof is counted.
  requirePassword(newPassword, [], 'newPassword');
  if (newPassword === currentPassword) throw samePassword();
  const proven = await provePassword(context, { password: currentPassword, field });
  await requireNewPassword(context, proven, newPassword);
  const passwordHash = await hashPassword(newPassword);
  await context.unitOfWork(async (em) => {
    const user = await lockProven(em, { proven, field });
    const exceptSessionId = context.viewer.sessionId;
    await setPassword(context, em, { user, passwordHash, exceptSessionId, reason: 'PASSWORD_CHANGED' });
  });
}

function samePassword(): DomainError {
  return new DomainError('PASSWORD_TOO_WEAK', 'Use another password than the one you have.', ['newPassword']);
}

async function requireNewPassword({ em, vault }: Context, user: UserEntity, newPassword: string): Promise<void> {
  const [profile] = await loadProfiles(em, vault, [user.id]);
  requirePassword(newPassword, [emailOf(vault, user), profile?.name ?? '', user.username ?? ''], 'newPassword');
}

// Codes of the old password die with it: they are bound to its hash.
async function setPassword(
  { clock, jobs }: Context,
  em: SqlEntityManager,
  { user, passwordHash, ...ending }: { user: UserEntity; passwordHash: string } & Ending,
): Promise<void> {
  user.passwordHash = passwordHash;
  user.passwordChangedAt = clock.now();
  await requirePasswordAgain(em, user.id);
  await endSessions(em, { userId: user.id, clock, ...ending });
  await jobs.enqueue(em, { kind: passwordChangedKind, payload: { userId: user.id } });
}

interface Ending {
  readonly exceptSessionId?: string | null;
  readonly reason: string;
}

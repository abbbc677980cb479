import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { findSession } from '../session/session.queries.js';
import { provePassword } from '../user/password-proof.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { freshPasswordMs } from './device-key.rules.js';

/** When the viewer proved their password, and the hash it was compared with, where it was. */
export interface PasswordProof {
  readonly provenAt: Date;
  /** To be compared again under the lock: the password may have been changed since. */
  readonly passwordHash: string | null;
}

/** That the viewer has given their password now, or has signed in by it within five minutes; throws INVALID_CREDENTIALS or PASSWORD_REQUIRED. */
export async function proveFreshPassword(
  context: Context,
  password: string | null | undefined,
): Promise<PasswordProof> {
  if (!password) return { provenAt: await signedInAt(context), passwordHash: null };
  const { passwordHash } = await provePassword(context, { password });
  return { provenAt: context.clock.now(), passwordHash };
}

/** Whether a proof is one of the password that a locked person has: it may have been changed since. */
export function isStillProof({ provenAt, passwordHash }: PasswordProof, user: UserEntity): boolean {
  if (passwordHash !== null) return passwordHash === user.passwordHash;
  return user.passwordChangedAt === null || user.passwordChangedAt <= provenAt;
}

async function signedInAt({ viewer, em, clock }: Context): Promise<Date> {
  const session = viewer.sessionId ? await findSession(em, viewer.sessionId) : null;
  const isFresh =
    session?.userId === viewer.id &&
    session.method === 'PASSWORD' &&
    clock.now().getTime() - session.createdAt.getTime() <= freshPasswordMs;
  if (!isFresh) throw new DomainError('PASSWORD_REQUIRED', 'Give your password to do this.', ['password']);
  return session.createdAt;
}

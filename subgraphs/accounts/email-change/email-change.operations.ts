import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { codeRequestLimit } from '../abuse/limit.rules.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import type { GoodCode } from '../code/code.operations.js';
import { provePassword, requireProven } from '../user/password-proof.operations.js';
import { UserProfileEntity, type UserEntity } from '../user/user.entity.js';
import { userSaved } from '../user/user.events.js';
import { findTaken } from '../user/user.queries.js';
import { requireEmail } from '../user/user.rules.js';
import { emailOf, sealEmail } from '../user/user.vault.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { emailChangeKind, emailChangeNoticeKind } from './email-change.jobs.js';
import { findEmailChange } from './email-change.queries.js';
import { wisherKeyOf } from './email-change.rules.js';
import { sealWanted, wantedOf } from './email-change.vault.js';

const purpose = 'EMAIL_CHANGE';
const field = ['emailChange', 'currentPassword'];

/** An address somebody wants to sign in with, and the password that shows that it is them. */
export interface EmailWish {
  readonly email: string;
  readonly currentPassword: string;
}

/** An address somebody wants, and who they are, as their password has shown. */
export interface WantedEmail {
  readonly email: string;
  readonly proven: UserEntity;
}

/** Checks an address the viewer wants, and their password; nothing is stored. */
export async function proveEmailChange(context: Context, { email, currentPassword }: EmailWish): Promise<WantedEmail> {
  const { viewer, limits, remoteAddress } = context;
  const wanted = requireEmail(email, ['emailChange', 'email']);
  const proven = await provePassword(context, { password: currentPassword, field });
  await limits.consume(codeRequestLimit, [addressKey(remoteAddress), `user:${viewer.id}`, identifierKey(wanted)]);
  return { email: wanted, proven };
}

/**
 * Notes a wanted address in the caller's transaction, with the person's row locked, and has both addresses written to. Until
 * `verifyEmail` has shown that it is theirs, nothing else changes. Whether somebody else has it is not told: its owner is.
 * The present address takes back what was wanted before.
 */
export async function requestEmailChange(
  context: Context,
  em: SqlEntityManager,
  { user, wanted: { email, proven } }: { user: UserEntity; wanted: WantedEmail },
): Promise<void> {
  const { vault, clock, jobs } = context;
  requireProven(user, { proven, field });
  await forgetEmailChange(em, user.id);
  const present = emailOf(vault, user);
  if (comparisonKey(email) === comparisonKey(present)) return;
  await em.insert(EmailChangeEntity, {
    userId: user.id,
    ...sealWanted(vault, email),
    holderKey: wisherKeyOf(context, user),
    requestedAt: clock.now(),
  });
  await jobs.enqueue(em, { kind: emailChangeNoticeKind, payload: { email: sealEmail(vault, present).email } });
  await jobs.enqueue(em, { kind: emailChangeKind, payload: { userId: user.id } });
}

/**
 * Gives a person the address their locked code was mailed to, in the caller's transaction; false where they want another by
 * now, or where somebody else has it.
 */
export async function changeEmail(context: Context, em: SqlEntityManager, { code, user }: GoodCode): Promise<boolean> {
  const { vault } = context;
  const change = await findEmailChange(context, em, user);
  if (!change || code.detail !== change.emailKey) return false;
  const email = wantedOf(vault, change);
  if ((await findTaken(em, vault, { email, usernameKey: null })) !== null) return false;
  await forgetEmailChange(em, user.id);
  const profile = await em.findOneOrFail(UserProfileEntity, { userId: user.id });
  profile.version += 1;
  Object.assign(user, sealEmail(vault, email), { isEmailVerified: true });
  record(em, userSaved(user, profile));
  return flushedOrTaken(em);
}

/** Ends what somebody wanted, and the link to it, in the caller's transaction. */
export async function forgetEmailChange(em: SqlEntityManager, userId: string): Promise<void> {
  await em.nativeDelete(EmailChangeEntity, { userId });
  await em.nativeDelete(OneTimeCodeEntity, { userId, purpose });
}

// Of two who show at the same time that an address is theirs, the unique key lets one have it.
async function flushedOrTaken(em: SqlEntityManager): Promise<boolean> {
  try {
    await em.flush();
    return true;
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    return false;
  }
}

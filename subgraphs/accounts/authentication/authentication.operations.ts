import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { noteFailure, noteSuccess, requireChallenge, type Attempt } from '../abuse/challenge.operations.js';
import { loginLimit } from '../abuse/limit.rules.js';
import { notePasswordProof } from '../device/password-period.operations.js';
import { beginSecondFactor, type HalfSignedIn } from '../second-factor/second-factor-login.operations.js';
import { startSession, type SignedIn } from '../session/session.operations.js';
import { matchesPassword } from '../user/password.js';
import type { UserEntity } from '../user/user.entity.js';
import { findUserByIdentifier, lockUser } from '../user/user.queries.js';

/** What somebody signs in with. */
export interface Login extends Attempt {
  readonly password: string;
  readonly deviceId?: string | null;
}

/** Signs in by e-mail or user name. Unknown, inactive and wrong password are answered alike and cost the same work. */
export async function login(context: Context, command: Login): Promise<SignedIn | HalfSignedIn> {
  const { identifier, password } = command;
  await context.limits.consume(loginLimit, [addressKey(context.remoteAddress), identifierKey(identifier)]);
  await requireChallenge(context, command);
  const found = await findUserByIdentifier(context.em, context.vault, identifier);
  const isMatch = await matchesPassword(password, found?.passwordHash ?? null);
  const user = isMatch && found?.isActive ? found : null;
  const outcome = user && (await context.unitOfWork((em) => enter(context, em, { user, command })));
  if (!outcome) {
    await noteFailure(context, identifier);
    throw new DomainError('INVALID_CREDENTIALS', 'The name or the password is wrong.');
  }
  if (!('secondFactorToken' in outcome)) await noteSuccess(context, identifier);
  return outcome;
}

// The password was compared outside of the transaction: it may have been changed since, and the person sent away.
async function enter(
  context: Context,
  em: SqlEntityManager,
  { user, command }: { user: UserEntity; command: Login },
): Promise<SignedIn | HalfSignedIn | null> {
  const holder = await lockUser(em, user.id);
  if (!holder.isActive || holder.passwordHash !== user.passwordHash) return null;
  const { deviceId } = command;
  if (holder.isTotpEnabled) return beginSecondFactor(context, em, { user: holder, deviceId, method: 'PASSWORD' });
  await notePasswordProof(em, { userId: holder.id, deviceId, now: context.clock.now() });
  return { user: holder, ...(await startSession(context, em, { user: holder, method: 'PASSWORD', deviceId })) };
}

import type { Context } from '../../../platform/context.js';
import { plusMs } from '../../../platform/process/clock.js';
import { codeLifetimeMs, holderKeyOf, isSameHash } from '../code/code.rules.js';
import type { UserEntity } from '../user/user.entity.js';
import { emailOf } from '../user/user.vault.js';
import type { EmailChangeEntity } from './email-change.entity.js';

/** What a wish is bound to: the address and the password its person had. */
export function wisherKeyOf({ vault }: Pick<Context, 'vault'>, user: UserEntity): string {
  return holderKeyOf(vault, 'EMAIL_CHANGE', { email: emailOf(vault, user), passwordHash: user.passwordHash });
}

/** Whether somebody still wants the address they asked for: it is a day at most, and another password or address ends it. */
export function isWishOf(
  context: Pick<Context, 'vault' | 'clock'>,
  user: UserEntity,
  { holderKey, requestedAt }: EmailChangeEntity,
): boolean {
  const isYoung = context.clock.now() < plusMs(requestedAt, codeLifetimeMs.EMAIL_CHANGE);
  return isYoung && isSameHash(holderKey, wisherKeyOf(context, user));
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { allow } from '../../../platform/domain/viewer.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { addressKey, identifierKey } from '../../../platform/limits/limit-keys.js';
import { codeEntryLimit, codeRequestLimit } from '../abuse/limit.rules.js';
import { lockCode, redeemDigits, spendCode, type GoodCode } from '../code/code.operations.js';
import { invalidCode, tokenKeys } from '../code/code.rules.js';
import { emailChangeKind } from '../email-change/email-change.jobs.js';
import { changeEmail } from '../email-change/email-change.operations.js';
import { findEmailChange } from '../email-change/email-change.queries.js';
import { wantedKeyOf } from '../email-change/email-change.vault.js';
import { emailVerificationKind } from '../user/registration.operations.js';
import { getUser } from '../user/user.queries.js';
import { emailOf } from '../user/user.vault.js';

const purpose = 'EMAIL_VERIFICATION';

/** What shows that an address is somebody's: the token of the mailed link, or its six digits where they are signed in. */
export interface VerifyEmail {
  readonly token?: string | null;
  readonly code?: string | null;
}

/** Has a link and a code mailed to the viewer's own address, or a link to the one they want; the client must know it. INVALID_STATE where it is verified already. */
export async function requestEmailVerification(context: Context, { email }: { email: string }): Promise<void> {
  const { viewer, limits, remoteAddress, unitOfWork, jobs, vault } = context;
  await limits.consume(codeRequestLimit, [addressKey(remoteAddress), `user:${viewer.id}`, identifierKey(email)]);
  await unitOfWork(async (em) => {
    const user = await getUser(em, viewer.id);
    const change = await findEmailChange(context, em, user);
    const payload = { userId: user.id };
    if (change?.emailKey === wantedKeyOf(vault, email)) return jobs.enqueue(em, { kind: emailChangeKind, payload });
    if (comparisonKey(email) !== comparisonKey(emailOf(vault, user)))
      throw new BadUserInput('It is not the address of your account.', ['email']);
    if (user.isEmailVerified) throw new DomainError('INVALID_STATE', 'Your address is verified already.');
    return jobs.enqueue(em, { kind: emailVerificationKind, payload });
  });
}

/** Notes that an address is theirs whom the code was made for; one they wanted becomes their address. Somebody signed in verifies no address but their own. */
export async function verifyEmail(context: Context, { token, code }: VerifyEmail): Promise<void> {
  if (Boolean(token) === Boolean(code))
    throw new BadUserInput('Give exactly one: the token of the link or the code.', ['token']);
  await (token ? verifyByToken(context, token) : verifyByDigits(context, code ?? ''));
}

async function verifyByToken(context: Context, token: string): Promise<void> {
  await context.limits.consume(codeEntryLimit, [addressKey(context.remoteAddress), ...tokenKeys(token)]);
  await context.unitOfWork(async (em) => {
    const good = await lockCode(context, em, { purposes: [purpose, 'EMAIL_CHANGE'], token });
    if (!good || isSomebodyElse(context, good) || !(await noteShown(context, em, good))) throw invalidCode('token');
  });
}

async function noteShown(context: Context, em: SqlEntityManager, good: GoodCode): Promise<boolean> {
  if (good.code.purpose === 'EMAIL_CHANGE') return changeEmail(context, em, good);
  await spendCode(em, good.code);
  good.user.isEmailVerified = true;
  return true;
}

async function verifyByDigits(context: Context, digits: string): Promise<void> {
  const { viewer, limits, remoteAddress } = context;
  allow(viewer, viewer.kind === 'USER');
  await limits.consume(codeEntryLimit, [addressKey(remoteAddress), `user:${viewer.id}`]);
  const isVerified = await context.unitOfWork((em) => enterDigits(context, em, digits));
  if (!isVerified) throw invalidCode('code');
}

// A refusal is returned, not thrown: the wrong guess must be committed.
async function enterDigits(context: Context, em: SqlEntityManager, digits: string): Promise<boolean> {
  const good = await redeemDigits(context, em, { userId: context.viewer.id, purpose, digits });
  if (good) good.user.isEmailVerified = true;
  return good !== null;
}

function isSomebodyElse({ viewer }: Context, { user }: GoodCode): boolean {
  return viewer.kind === 'USER' && viewer.id !== user.id;
}

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { addressKey } from '../../../platform/limits/limit-keys.js';
import type { VouchedIdentity } from '../../../platform/ports/identity-provider.js';
import { googleLoginLimit } from '../abuse/limit.rules.js';
import { beginSecondFactor, type HalfSignedIn } from '../second-factor/second-factor-login.operations.js';
import { startSession, type SignedIn } from '../session/session.operations.js';
import { requireActiveBrand } from '../brand/brand.queries.js';
import { storeGuest } from '../user/registration.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { prepareAccount } from '../user/user.operations.js';
import { lockUser, lockUserByEmail } from '../user/user.queries.js';
import { GoogleIdentityEntity } from './google.entity.js';
import { googleLinked } from './google.events.js';
import { findGoogleIdentity } from './google.queries.js';
import { personOf, requireProof, type GoogleProof } from './google.rules.js';

const SUBJECT = 'google.subject';

/** What somebody signs in with. */
export interface LoginWithGoogle extends GoogleProof {
  readonly nonce?: string | null;
  readonly deviceId?: string | null;
  /** Whose customer a new person becomes. */
  readonly brandId?: string | null;
}

/**
 * Signs in with an account at Google. It is known by Google's name for it, so a change of address there changes nothing.
 * Who comes for the first time gets an account, or has one with the address: that one is taken only if both Google and
 * this product know the address to be theirs. Whoever is refused is refused alike.
 */
export async function loginWithGoogle(context: Context, command: LoginWithGoogle): Promise<SignedIn | HalfSignedIn> {
  const proof = requireProof(command);
  await context.limits.consume(googleLoginLimit, [addressKey(context.remoteAddress)]);
  if (command.brandId) await requireActiveBrand(context.em, command.brandId);
  const identity = await identify(context, { proof, nonce: command.nonce ?? null });
  const outcome = identity && (await context.unitOfWork((em) => enter(context, em, { identity, command })));
  if (outcome) return outcome;
  throw new DomainError(
    'INVALID_CREDENTIALS',
    'Google cannot sign you in here. If you have an account, sign in with its password and verify its address first.',
  );
}

async function identify(
  { ports: { google }, clock, log, requestId }: Context,
  { proof, nonce }: { proof: ReturnType<typeof requireProof>; nonce: string | null },
): Promise<VouchedIdentity | null> {
  if (!google) throw new DomainError('INVALID_STATE', 'Signing in with Google is not set up here.');
  try {
    const idToken = 'code' in proof ? await google.exchange(proof) : proof.idToken;
    return idToken === null ? null : await google.verify(idToken, { nonce, now: clock.now() });
  } catch (error) {
    log.warn({ err: error, requestId }, 'Google could not be asked who somebody is');
    throw new DomainError('INVALID_STATE', 'Google does not answer. Try again, or sign in by other means.');
  }
}

async function enter(
  context: Context,
  em: SqlEntityManager,
  { identity, command }: { identity: VouchedIdentity; command: LoginWithGoogle },
): Promise<SignedIn | HalfSignedIn | null> {
  const subjectKey = context.vault.index(identity.subject, SUBJECT);
  const known = await findGoogleIdentity(em, { subjectKey });
  const user = known
    ? await lockUser(em, known.userId)
    : await welcome(context, em, { identity, subjectKey, brandId: command.brandId ?? null });
  if (!user?.isActive) return null;
  const { deviceId } = command;
  if (user.isTotpEnabled) return beginSecondFactor(context, em, { user, deviceId, method: 'GOOGLE' });
  return { user, ...(await startSession(context, em, { user, method: 'GOOGLE', deviceId })) };
}

// Whoever registers somebody else's address and waits for them to come by Google must not share the account with them
// (Sudhodanan and Paverd, "Pre-hijacked accounts", USENIX Security 2022): an address nobody has verified links nothing.
async function welcome(
  context: Context,
  em: SqlEntityManager,
  { identity, subjectKey, brandId }: { identity: VouchedIdentity; subjectKey: string; brandId: string | null },
): Promise<UserEntity | null> {
  const person = identity.isEmailVerified ? personOf(identity) : null;
  if (!person) return null;
  const owner = await lockUserByEmail(em, context.vault, person.email);
  if (!owner) {
    const user = await register(context, em, { person, brandId });
    await link(context, em, { subjectKey, userId: user.id });
    return user;
  }
  if (!owner.isEmailVerified || !owner.isActive) return null;
  const linked = await findGoogleIdentity(em, { userId: owner.id });
  if (!linked) await link(context, em, { subjectKey, userId: owner.id });
  return !linked || linked.subjectKey === subjectKey ? owner : null;
}

async function register(
  context: Context,
  em: SqlEntityManager,
  { person, brandId }: { person: { email: string; name: string }; brandId: string | null },
): Promise<UserEntity> {
  const account = await prepareAccount(context, { ...person, password: null });
  account.user.isEmailVerified = true;
  try {
    await storeGuest(context, em, { account, brandId });
  } catch (error) {
    // Somebody made it in between; the next run finds it.
    throw error instanceof DomainError && error.code === 'ALREADY_EXISTS' ? new RunAgain('It is taken now.') : error;
  }
  return lockUser(em, account.user.id);
}

async function link(
  { clock }: Context,
  em: SqlEntityManager,
  { subjectKey, userId }: { subjectKey: string; userId: string },
): Promise<void> {
  try {
    await em.insert(GoogleIdentityEntity, { subjectKey, userId, linkedAt: clock.now() });
  } catch (error) {
    throw error instanceof UniqueConstraintViolationException ? new RunAgain('It is linked now.') : error;
  }
  record(em, googleLinked(userId));
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { addressKey } from '../../../platform/limits/limit-keys.js';
import { deviceLoginLimit } from '../abuse/limit.rules.js';
import { startSession, type SignedIn } from '../session/session.operations.js';
import { lockUser } from '../user/user.queries.js';
import type { DeviceChallengeEntity } from './device-challenge.entity.js';
import { deviceLimitKey, takeChallenge } from './device-challenge.operations.js';
import type { DeviceKeyEntity } from './device-key.entity.js';
import { findKeyByCredential, lockGoodKey } from './device-key.queries.js';
import { isCounterAhead, passwordDueAt, requireDeviceId } from './device-key.rules.js';
import { readStatement } from './device-statement.rules.js';
import { counterProvenBy, type SignedStatement } from './native-key.rules.js';
import { counterAssertedBy, relyingPartyOf, type PasskeyAssertion } from './passkey.rules.js';

/** A device's answer to its challenge: one of the two. */
export interface DeviceLogin {
  readonly challengeId: string;
  readonly deviceId: string;
  readonly challengeResponse?: SignedStatement | null;
  readonly passkey?: PasskeyAssertion | null;
}

type LoginRefusal = 'INVALID_CREDENTIALS' | 'PASSWORD_REQUIRED';

/** A key that has signed, and the counter it has signed. */
interface Signed {
  readonly key: DeviceKeyEntity;
  readonly counter: number;
}

/**
 * Signs in by a key of the device. All that can be wrong with the answer is INVALID_CREDENTIALS; only a right one is told
 * PASSWORD_REQUIRED, thirty days after the password was last given on this device or when it was changed since.
 *
 * Nobody is asked for a second step here: a key that opens by finger, face or code is something one has and something one
 * is or knows, a multi-factor authenticator by itself (NIST SP 800-63B-4, 3.1.7; WebAuthn 3, 6.2.3), which is why a
 * signature without user verification is refused.
 */
export async function loginWithDeviceKey(context: Context, command: DeviceLogin): Promise<SignedIn> {
  const { limits, remoteAddress } = context;
  const deviceId = requireDeviceId(command.deviceId);
  await limits.consume(deviceLoginLimit, [addressKey(remoteAddress), deviceLimitKey(deviceId)]);
  const { challengeId } = command;
  const challenge = await takeChallenge(context, { challengeId, purpose: 'LOGIN', deviceId, userId: null });
  const signed = challenge && (await findSigned(context, command, challenge));
  const outcome = signed ? await context.unitOfWork((em) => admit(context, em, signed)) : 'INVALID_CREDENTIALS';
  if (typeof outcome === 'string') throw refused(outcome);
  return outcome;
}

async function findSigned(
  context: Context,
  { challengeResponse, passkey }: DeviceLogin,
  { deviceId, challengeHash }: DeviceChallengeEntity,
): Promise<Signed | null> {
  if (Boolean(challengeResponse) === Boolean(passkey)) return null;
  const credentialId = passkey?.credentialId ?? readStatement(challengeResponse?.statement ?? '')?.keyId;
  const key = credentialId ? await findKeyByCredential(context.em, credentialId) : null;
  if (!key || key.deviceId !== deviceId || key.kind !== (passkey ? 'PASSKEY' : 'NATIVE')) return null;
  const relyingParty = relyingPartyOf(context.config);
  const expected = { purpose: 'LOGIN', origin: relyingParty.apiOrigin, deviceId, challengeHash } as const;
  const counter = passkey
    ? await counterAssertedBy(key, passkey, { ...relyingParty, challengeHash })
    : challengeResponse
      ? counterProvenBy(key, challengeResponse, expected)
      : null;
  return counter === null ? null : { key, counter };
}

// What was read of the key and its holder before may have changed. A refusal is returned, not thrown: the counter is used up.
async function admit(
  context: Context,
  em: SqlEntityManager,
  { key: { id, userId }, counter }: Signed,
): Promise<SignedIn | LoginRefusal> {
  const user = await lockUser(em, userId);
  const key = await lockGoodKey(em, id);
  if (!user.isActive || !key) return 'INVALID_CREDENTIALS';
  if (!isCounterAhead(key.kind, { stored: key.signCount, shown: counter })) return 'INVALID_CREDENTIALS';
  const now = context.clock.now();
  key.signCount = counter;
  if (passwordDueAt(key.passwordProvenAt, now) === null) return 'PASSWORD_REQUIRED';
  key.lastUsedAt = now;
  const { deviceId } = key;
  const method = key.kind === 'PASSKEY' ? 'PASSKEY' : 'DEVICE_KEY';
  return { user, ...(await startSession(context, em, { user, method, deviceId })) };
}

function refused(code: LoginRefusal): DomainError {
  return code === 'PASSWORD_REQUIRED'
    ? new DomainError(code, 'Sign in by password on this device; its key is good again afterwards.')
    : new DomainError(code, 'This device cannot be signed in by this answer.');
}

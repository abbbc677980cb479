import { createHash, randomBytes } from 'node:crypto';
import type { Context } from '../../../platform/context.js';
import type { Vault } from '../../../platform/crypto/vault.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { refusal } from '../../../platform/domain/viewer.js';
import { addressKey } from '../../../platform/limits/limit-keys.js';
import { plusMs } from '../../../platform/process/clock.js';
import { deviceChallengeLimit } from '../abuse/limit.rules.js';
import { DeviceChallengeEntity } from './device-challenge.entity.js';
import { listPasskeyIds, lockChallenge } from './device-key.queries.js';
import {
  challengeLifetimeMs,
  keysPerPerson,
  requireDeviceId,
  sha256Hex,
  type DeviceChallengePurpose,
} from './device-key.rules.js';
import { passkeyAlgorithms, relyingPartyOf, userHandleOf } from './passkey.rules.js';

/** A challenge as it is told this once, with what a passkey needs besides. */
export interface IssuedChallenge {
  readonly challengeId: string;
  readonly challenge: string;
  readonly expiresAt: Date;
  readonly rpId: string;
  /** To sign in: the passkeys that may be of this device. To register: those the person has already. */
  readonly credentialIds: readonly string[];
  readonly algorithms: readonly number[];
  readonly userHandle: string | null;
}

/** What an answer to a challenge must fit. */
export interface AnsweredChallenge {
  readonly challengeId: string;
  readonly purpose: DeviceChallengePurpose;
  readonly deviceId: string;
  readonly userId: string | null;
}

const shownPasskeys = 4;
const decoyBytes = [16, 20, 32, 64];

/**
 * Makes a challenge. At a sign-in a known and an unknown device are answered alike and cost the same work: there are
 * always four credential ids, and those no passkey has are made up, the same ones at every call (WebAuthn 3, 14.6.2).
 */
export async function deviceChallenge(
  context: Context,
  { purpose, ...command }: { deviceId: string; purpose: DeviceChallengePurpose },
): Promise<IssuedChallenge> {
  const { viewer, limits, remoteAddress, clock, em, vault, config } = context;
  const deviceId = requireDeviceId(command.deviceId);
  await limits.consume(deviceChallengeLimit, [addressKey(remoteAddress), deviceLimitKey(deviceId)]);
  if (purpose === 'REGISTER' && viewer.kind !== 'USER') throw refusal(viewer);
  const userId = purpose === 'REGISTER' ? viewer.id : null;
  const credentialIds =
    userId === null
      ? withDecoys(await listPasskeyIds(em, { deviceId }, shownPasskeys), deviceId, vault)
      : await listPasskeyIds(em, { userId }, keysPerPerson);
  const challenge = randomBytes(32).toString('base64url');
  const row: DeviceChallengeEntity = {
    id: newId('dch'),
    purpose,
    deviceId,
    userId,
    challengeHash: sha256Hex(challenge),
    expiresAt: plusMs(clock.now(), challengeLifetimeMs),
  };
  await context.unitOfWork((transaction) => transaction.insert(DeviceChallengeEntity, row));
  return {
    challengeId: row.id,
    challenge,
    expiresAt: row.expiresAt,
    rpId: relyingPartyOf(config).rpId,
    credentialIds,
    algorithms: passkeyAlgorithms,
    userHandle: userId === null ? null : userHandleOf(userId),
  };
}

/** Uses up a challenge, whatever comes of the answer; null where it is gone, expired, or was made for something else. */
export function takeChallenge(
  { unitOfWork, clock }: Context,
  { challengeId, purpose, deviceId, userId }: AnsweredChallenge,
): Promise<DeviceChallengeEntity | null> {
  return unitOfWork(async (em) => {
    // Of those who show it at once, one finds it here: the others wait for the row and then there is none.
    const challenge = await lockChallenge(em, challengeId);
    if (!challenge) return null;
    await em.nativeDelete(DeviceChallengeEntity, { id: challenge.id });
    const isFit =
      challenge.purpose === purpose &&
      challenge.deviceId === deviceId &&
      challenge.userId === userId &&
      challenge.expiresAt > clock.now();
    return isFit ? challenge : null;
  });
}

/** The key a device is counted by. */
export function deviceLimitKey(deviceId: string): string {
  return `device:${comparisonKey(deviceId)}`;
}

function withDecoys(credentialIds: readonly string[], deviceId: string, vault: Vault): string[] {
  const decoys = Array.from({ length: shownPasskeys - credentialIds.length }, (_, number) =>
    decoyOf(vault.index(`${number}\n${deviceId}`, 'device.decoy')),
  );
  const place = (id: string) => vault.index(id, 'device.decoy');
  return [...credentialIds, ...decoys].toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}

// Authenticators do not agree how long a credential id is.
function decoyOf(seed: string): string {
  const outputLength = decoyBytes[Number.parseInt(seed.slice(0, 2), 16) % decoyBytes.length] ?? 32;
  return createHash('shake256', { outputLength }).update(seed).digest('base64url');
}

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { allow, holdsSomewhere, requireSomebodyElse } from '../../../platform/domain/viewer.js';
import { listGrants } from '../membership/membership.queries.js';
import { requireOpenSession } from '../session/session.operations.js';
import type { UserEntity } from '../user/user.entity.js';
import { lockUser } from '../user/user.queries.js';
import type { DeviceChallengeEntity } from './device-challenge.entity.js';
import { takeChallenge } from './device-challenge.operations.js';
import { DeviceKeyEntity } from './device-key.entity.js';
import { deviceKeySaved, deviceLeaveChanged } from './device-key.events.js';
import { isStaff, managesDevicesOf } from './device-key.policy.js';
import { findKeyByCredential, lockGoodKeys } from './device-key.queries.js';
import { keysPerPerson, readLabel, requireDeviceId, sha256Hex, type DeviceKeyKind } from './device-key.rules.js';
import { isStillProof, proveFreshPassword, type PasswordProof } from './fresh-password.operations.js';
import { counterProvenBy, readNativeKey, type NativeKey, type SignedStatement } from './native-key.rules.js';
import { readAttestation, relyingPartyOf, type Passkey, type PasskeyAttestation } from './passkey.rules.js';

/** What registers a key: of a native key the public half and a signed statement, of a passkey what its authenticator answered. */
export interface RegisterDeviceKey {
  readonly challengeId: string;
  readonly deviceId: string;
  readonly kind: DeviceKeyKind;
  readonly publicKey?: string | null;
  readonly signature?: SignedStatement | null;
  readonly passkey?: PasskeyAttestation | null;
  readonly password?: string | null;
  readonly label?: string | null;
}

type Offer =
  | { readonly kind: 'NATIVE'; readonly key: NativeKey; readonly signature: SignedStatement }
  | { readonly kind: 'PASSKEY'; readonly attestation: PasskeyAttestation };

/**
 * Lets the viewer sign in by a key of their device. It takes a fresh password, an answer to a challenge of their own and,
 * of staff, a manager's leave, which is used up by it. Throws PASSWORD_REQUIRED, INVALID_CREDENTIALS, INVALID_STATE
 * without leave, ALREADY_EXISTS for a device or key that is enrolled.
 */
export async function registerDeviceKey(context: Context, command: RegisterDeviceKey): Promise<DeviceKeyEntity> {
  const deviceId = requireDeviceId(command.deviceId);
  const label = readLabel(command.label);
  const offer = readOffer(command);
  const proof = await proveFreshPassword(context, command.password);
  const { challengeId } = command;
  const userId = context.viewer.id;
  const challenge = await takeChallenge(context, { challengeId, purpose: 'REGISTER', deviceId, userId });
  const key = challenge && (await provenKey(context, offer, challenge));
  if (!key) throw new DomainError('INVALID_CREDENTIALS', 'The device has not shown that it holds the key.');
  return context.unitOfWork((em) => enrol(context, em, { facts: { deviceId, label, kind: offer.kind, key }, proof }));
}

/** Lets somebody enrol a device, or no longer; by whoever manages their devices, and never by themselves. */
export async function setDeviceLeave(
  { viewer }: Pick<Context, 'viewer'>,
  em: SqlEntityManager,
  { user, isAllowed }: { user: UserEntity; isAllowed: boolean },
): Promise<void> {
  requireSomebodyElse(viewer, user.id);
  allow(viewer, holdsSomewhere(viewer, 'devices.manage'), 'devices.manage');
  allow(viewer, managesDevicesOf(viewer, await listGrants(em, user.id)));
  if (isAllowed === (user.deviceEnrolment === 'ALLOWED')) return;
  const isEnrolled = (await lockGoodKeys(em, { userId: user.id })).length > 0;
  user.deviceEnrolment = isAllowed ? 'ALLOWED' : isEnrolled ? 'ENROLLED' : 'NONE';
  record(em, deviceLeaveChanged(user, isAllowed));
}

function readOffer({ kind, publicKey, signature, passkey }: RegisterDeviceKey): Offer {
  if (kind === 'PASSKEY') {
    if (!passkey) throw new BadUserInput('A passkey is registered by its attestation.', ['passkey']);
    return { kind, attestation: passkey };
  }
  if (!publicKey) throw new BadUserInput('A native key is registered by its public half.', ['publicKey']);
  if (!signature) throw new BadUserInput('Show by a signature that the device holds the key.', ['signature']);
  return { kind, key: readNativeKey(publicKey), signature };
}

async function provenKey(
  { config }: Context,
  offer: Offer,
  { challengeHash, deviceId }: DeviceChallengeEntity,
): Promise<Passkey | null> {
  const relyingParty = relyingPartyOf(config);
  if (offer.kind === 'PASSKEY') return readAttestation(offer.attestation, { ...relyingParty, challengeHash });
  const { apiOrigin: origin } = relyingParty;
  const expected = { purpose: 'REGISTER', origin, deviceId, challengeHash } as const;
  const signCount = counterProvenBy(offer.key, offer.signature, expected);
  return signCount === null ? null : { ...offer.key, signCount };
}

interface NewKey {
  readonly facts: Pick<DeviceKeyEntity, 'deviceId' | 'label' | 'kind'> & { readonly key: Passkey };
  readonly proof: PasswordProof;
}

async function enrol({ viewer, clock }: Context, em: SqlEntityManager, { facts, proof }: NewKey) {
  const user = await lockUser(em, viewer.id);
  await requireOpenSession(em, viewer);
  if (!user.isActive || !isStillProof(proof, user)) throw new DomainError('INVALID_CREDENTIALS', 'Sign in again.');
  if (isStaff(await listGrants(em, user.id)) && user.deviceEnrolment !== 'ALLOWED')
    throw new DomainError('INVALID_STATE', 'Ask a manager to let you enrol a device.');
  const { key, ...columns } = facts;
  await requireRoom(em, { userId: user.id, ...facts });
  const entity = em.create(DeviceKeyEntity, {
    ...columns,
    ...key,
    id: newId('dvk'),
    userId: user.id,
    heldDeviceId: facts.deviceId,
    credentialKey: sha256Hex(key.credentialId),
    createdAt: clock.now(),
    passwordProvenAt: proof.provenAt,
    version: 1,
  });
  user.deviceEnrolment = 'ENROLLED';
  await flushOrTaken(em.persist(entity));
  record(em, deviceKeySaved(entity));
  return entity;
}

// A revoked key stays known, so that whoever has it cannot bring it back.
async function requireRoom(
  em: SqlEntityManager,
  { userId, deviceId, key }: { userId: string; deviceId: string; key: Passkey },
): Promise<void> {
  const held = await lockGoodKeys(em, { userId });
  if (held.some((each) => each.deviceId === deviceId))
    throw new DomainError('ALREADY_EXISTS', 'This device is enrolled: revoke its key first.', ['deviceId']);
  if (held.length >= keysPerPerson)
    throw new DomainError('INVALID_STATE', `You have ${keysPerPerson} devices enrolled: revoke one first.`);
  if (await findKeyByCredential(em, key.credentialId)) throw keyTaken();
}

async function flushOrTaken(em: SqlEntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    throw error instanceof UniqueConstraintViolationException ? keyTaken() : error;
  }
}

function keyTaken(): DomainError {
  return new DomainError('ALREADY_EXISTS', 'This key was registered before: make a new one.', ['publicKey']);
}

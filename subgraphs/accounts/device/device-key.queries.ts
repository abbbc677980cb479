import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { listGrants } from '../membership/membership.queries.js';
import { DeviceChallengeEntity } from './device-challenge.entity.js';
import { DeviceKeyEntity } from './device-key.entity.js';
import { managesDevicesOf } from './device-key.policy.js';
import { sha256Hex } from './device-key.rules.js';

const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** The good keys of a person, one's own or of somebody whose devices one manages, in the order they were made; NOT_FOUND for everybody else's. */
export async function listDeviceKeys(
  em: SqlEntityManager,
  viewer: Viewer,
  { userId, page }: { userId: string; page: PageRequest },
): Promise<Page<DeviceKeyEntity>> {
  await requireDevicesOf(em, viewer, userId);
  return fetchPage(em, DeviceKeyEntity, { where: [{ userId, revokedAt: null }], sort: [['id', 'asc']], page });
}

/** A key of one's own or of somebody whose devices one manages; NOT_FOUND for every other. */
export async function getManagedKey(em: SqlEntityManager, viewer: Viewer, id: string): Promise<DeviceKeyEntity> {
  const key = await em.findOne(DeviceKeyEntity, { id });
  if (!key || !(await seesDevicesOf(em, viewer, key.userId))) throw notFound('The device key');
  return key;
}

/** The key of a credential, good or not, or null; for signing in, and to see that a key is new. */
export function findKeyByCredential(em: SqlEntityManager, credentialId: string): Promise<DeviceKeyEntity | null> {
  return em.findOne(DeviceKeyEntity, { credentialKey: sha256Hex(credentialId) });
}

/** A key with its row locked, if it is good still; the caller has locked its holder. */
export function lockGoodKey(em: SqlEntityManager, id: string): Promise<DeviceKeyEntity | null> {
  return em.findOne(DeviceKeyEntity, { id, revokedAt: null }, locked);
}

/** The good keys of a person, or that of one device, with their rows locked; the caller has locked the person. */
export function lockGoodKeys(
  em: SqlEntityManager,
  which: { userId: string; deviceId?: string },
): Promise<DeviceKeyEntity[]> {
  return em.find(DeviceKeyEntity, { ...which, revokedAt: null }, { ...locked, orderBy: { id: 'asc' } });
}

/** Ids of the passkeys of a device, whoever they are of, or of a person; the newest first. */
export async function listPasskeyIds(
  em: SqlEntityManager,
  which: { deviceId: string } | { userId: string },
  limit: number,
): Promise<string[]> {
  const where = { ...which, kind: 'PASSKEY', revokedAt: null } as const;
  const keys = await em.find(DeviceKeyEntity, where, { orderBy: { id: 'desc' }, limit });
  return keys.map(({ credentialId }) => credentialId);
}

/** A challenge with its row locked, or null; for whoever answers it. */
export function lockChallenge(em: SqlEntityManager, id: string): Promise<DeviceChallengeEntity | null> {
  return em.findOne(DeviceChallengeEntity, { id }, locked);
}

async function requireDevicesOf(em: SqlEntityManager, viewer: Viewer, userId: string): Promise<void> {
  if (!(await seesDevicesOf(em, viewer, userId))) throw notFound('The user');
}

async function seesDevicesOf(em: SqlEntityManager, viewer: Viewer, userId: string): Promise<boolean> {
  return userId === viewer.id || managesDevicesOf(viewer, await listGrants(em, userId));
}

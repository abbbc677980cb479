import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Vault } from '../../../platform/crypto/vault.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { notFound } from '../../../platform/domain/errors.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { visibleMemberships } from '../membership/membership.queries.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { emailKeysOf, openProfile, type OpenProfile } from './user.vault.js';

/** The person behind an e-mail address or user name, signed in or not; for signing in only. */
export function findUserByIdentifier(
  em: SqlEntityManager,
  vault: Vault,
  identifier: string,
): Promise<UserEntity | null> {
  const key = comparisonKey(identifier);
  return em.findOne(
    UserEntity,
    key.includes('@') ? { emailKey: { $in: [...emailKeysOf(vault, identifier)] } } : { usernameKey: key },
  );
}

/** The account of an e-mail address with its row locked, or null; for the product's own commands. */
export function lockUserByEmail(em: SqlEntityManager, vault: Vault, email: string): Promise<UserEntity | null> {
  const emailKey = { $in: [...emailKeysOf(vault, email)] };
  return em.findOne(UserEntity, { emailKey }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** What is taken of an address and a user name somebody wants, or null; as far as transactions have committed. */
export async function findTaken(
  em: SqlEntityManager,
  vault: Vault,
  { email, usernameKey }: { email: string; usernameKey: string | null },
): Promise<'email' | 'username' | null> {
  // The user name first: what is said of it then says nothing of the address.
  if (usernameKey !== null && (await em.count(UserEntity, { usernameKey })) > 0) return 'username';
  const emailKey = { $in: [...emailKeysOf(vault, email)] };
  return (await em.count(UserEntity, { emailKey })) > 0 ? 'email' : null;
}

/** The account of an id; for the account's own owner and the product itself. */
export async function getUser(em: SqlEntityManager, id: string): Promise<UserEntity> {
  const user = await em.findOne(UserEntity, { id });
  if (!user) throw notFound('The user');
  return user;
}

/** The account of an id with its row locked; for the account's own owner and the product itself. */
export async function lockUser(em: SqlEntityManager, id: string): Promise<UserEntity> {
  const user = await em.findOne(UserEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!user) throw notFound('The user');
  return user;
}

/** A person the viewer may see; NOT_FOUND otherwise. */
export async function getVisibleUser(em: SqlEntityManager, viewer: Viewer, id: string): Promise<UserEntity> {
  const [user] = await loadVisibleUsers(em, viewer, [id]);
  if (!user) throw notFound('The user');
  return user;
}

/** A person the viewer may see, with the row locked; NOT_FOUND otherwise. */
export async function lockVisibleUser(em: SqlEntityManager, viewer: Viewer, id: string): Promise<UserEntity> {
  const user = await em.findOne(UserEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const isVisible =
    seesEverybody(viewer) ||
    (await em.count(MembershipEntity, { $and: [visibleMemberships(viewer), { userId: id }] })) > 0;
  if (!user || !isVisible) throw notFound('The user');
  return user;
}

/** People by id in the order asked; null where one is missing or not visible to the viewer. */
export async function loadVisibleUsers(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(UserEntity | null)[]> {
  const visible = seesEverybody(viewer) ? [...ids] : await visibleAmong(em, viewer, ids);
  const rows = await em.find(UserEntity, { id: { $in: visible } });
  return inOrderOf(ids, rows, (user) => user.id);
}

/** Accounts by id in the order asked; the caller has checked that the viewer may know who they are. */
export async function loadUsers(em: SqlEntityManager, ids: readonly string[]): Promise<(UserEntity | null)[]> {
  const rows = await em.find(UserEntity, { id: { $in: [...ids] } });
  return inOrderOf(ids, rows, (user) => user.id);
}

/** Opened profiles by user id in the order asked; the caller has checked that the people are visible. */
export async function loadProfiles(
  em: SqlEntityManager,
  vault: Vault,
  userIds: readonly string[],
): Promise<(OpenProfile | null)[]> {
  const rows = await em.find(UserProfileEntity, { userId: { $in: [...userIds] } });
  const profiles = rows.map((row) => openProfile(vault, row));
  return inOrderOf(userIds, profiles, (profile) => profile.userId);
}

/** Somebody who holds no role anywhere belongs to no place: only those who see every place see them. */
export function seesEverybody(viewer: Viewer): boolean {
  return reachOf(viewer, 'users.read').isEverywhere;
}

async function visibleAmong(em: SqlEntityManager, viewer: Viewer, ids: readonly string[]): Promise<string[]> {
  const memberships = await em.find(MembershipEntity, {
    $and: [visibleMemberships(viewer), { userId: { $in: [...ids] } }],
  });
  return [...new Set([...memberships.map((membership) => membership.userId), viewer.id])].filter((id) =>
    ids.includes(id),
  );
}

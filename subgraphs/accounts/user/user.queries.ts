import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import { reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { MembershipEntity } from '../role/role.entity.js';
import { visibleMemberships } from '../role/role.queries.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';

/** People who hold a role where the viewer may see people, in the order they joined; of one brand where it is given, NOT_FOUND if they do not work for it. */
export async function listUsers(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, brandId }: { page: PageRequest; brandId?: string | null },
): Promise<Page<UserEntity>> {
  if (brandId) await getBrand(em, viewer, brandId);
  else if (seesEverybody(viewer)) return fetchPage(em, UserEntity, { where: [], sort: [['id', 'asc']], page });
  const members = em
    .createQueryBuilder(MembershipEntity)
    .select('userId')
    .where({ $and: [visibleMemberships(viewer), brandId ? { brandId } : {}] });
  return fetchPage(em, UserEntity, { where: [{ id: { $in: members.getNativeQuery() } }], sort: [['id', 'asc']], page });
}

/** The person behind an e-mail address or user name, signed in or not; for signing in only. */
export function findUserByIdentifier(em: SqlEntityManager, identifier: string): Promise<UserEntity | null> {
  const key = comparisonKey(identifier);
  return em.findOne(UserEntity, key.includes('@') ? { emailKey: key } : { usernameKey: key });
}

/** The account of an e-mail address with its row locked, or null; for the product's own commands. */
export function lockUserByEmail(em: SqlEntityManager, email: string): Promise<UserEntity | null> {
  return em.findOne(UserEntity, { emailKey: comparisonKey(email) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** The account of an id; for the account's own owner and the product itself. */
export async function getUser(em: SqlEntityManager, id: string): Promise<UserEntity> {
  const user = await em.findOne(UserEntity, { id });
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

/** Profiles by user id in the order asked; the caller has checked that the people are visible. */
export async function loadProfiles(
  em: SqlEntityManager,
  userIds: readonly string[],
): Promise<(UserProfileEntity | null)[]> {
  const rows = await em.find(UserProfileEntity, { userId: { $in: [...userIds] } });
  return inOrderOf(userIds, rows, (profile) => profile.userId);
}

// Somebody who holds no role anywhere belongs to no place: only those who see every place see them.
function seesEverybody(viewer: Viewer): boolean {
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

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { MembershipEntity } from '../role/role.entity.js';
import { visibleMemberships } from '../role/role.queries.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';

/** People who hold a role where the viewer may see people, in the order they joined; of one brand where it is given. */
export async function listUsers(em: SqlEntityManager, viewer: Viewer, { page, brandId }: { page: PageRequest; brandId?: string | null }): Promise<Page<UserEntity>> {
  const members = em.createQueryBuilder(MembershipEntity).select('userId').where({ $and: [visibleMemberships(viewer), brandId ? { brandId } : {}] });
  return fetchPage(em, UserEntity, { where: [{ id: { $in: members.getNativeQuery() } }], sort: [['id', 'asc']], page });
}

/** The person behind an e-mail address or user name, signed in or not; for signing in only. */
export function findUserByIdentifier(em: SqlEntityManager, identifier: string): Promise<UserEntity | null> {
  const key = comparisonKey(identifier);
  return em.findOne(UserEntity, key.includes('@') ? { emailKey: key } : { usernameKey: key });
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
  const isVisible = user !== null && (await em.count(MembershipEntity, { $and: [visibleMemberships(viewer), { userId: id }] })) > 0;
  if (!isVisible) throw notFound('The user');
  return user;
}

/** People by id in the order asked; null where one is missing or not visible to the viewer. */
export async function loadVisibleUsers(em: SqlEntityManager, viewer: Viewer, ids: readonly string[]): Promise<(UserEntity | null)[]> {
  const memberships = await em.find(MembershipEntity, { $and: [visibleMemberships(viewer), { userId: { $in: [...ids] } }] });
  const visible = [...new Set([...memberships.map((membership) => membership.userId), viewer.id])].filter((id) => ids.includes(id));
  const rows = await em.find(UserEntity, { id: { $in: visible } });
  return inOrderOf(ids, rows, (user) => user.id);
}

/** Profiles by user id in the order asked; the caller has checked that the people are visible. */
export async function loadProfiles(em: SqlEntityManager, userIds: readonly string[]): Promise<(UserProfileEntity | null)[]> {
  const rows = await em.find(UserProfileEntity, { userId: { $in: [...userIds] } });
  return inOrderOf(userIds, rows, (profile) => profile.userId);
}

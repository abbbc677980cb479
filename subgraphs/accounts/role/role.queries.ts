import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { groupedInOrderOf } from '../../../platform/data/rows.js';
import { notFound } from '../../../platform/domain/errors.js';
import { reachOf, type Grant, type Viewer } from '../../../platform/domain/viewer.js';
import { MembershipEntity, RoleEntity } from './role.entity.js';
import { roleCodes, roleTemplates } from './role.templates.js';

/** Every role with its permissions; at most nine. */
export function listRoles(em: SqlEntityManager): Promise<RoleEntity[]> {
  return em.find(RoleEntity, {}, { orderBy: { code: 'asc' } });
}

/** Stores the templates as roles, or brings stored roles in step with them. */
export async function provisionRoles(em: SqlEntityManager): Promise<void> {
  await em.upsertMany(
    RoleEntity,
    roleCodes.map((code) => ({ code, slugs: roleTemplates[code] })),
  );
}

/** What a person may do, and where. A role that is not stored yet allows what its template says. */
export async function listGrants(em: SqlEntityManager, userId: string): Promise<Grant[]> {
  const memberships = await em.find(MembershipEntity, { userId });
  if (memberships.length === 0) return [];
  const roles = await em.find(RoleEntity, { code: { $in: memberships.map((membership) => membership.roleCode) } });
  const slugsOf = new Map(roles.map((role) => [role.code, role.slugs]));
  return memberships.map(({ roleCode, brandId, outletId }) => ({
    role: roleCode,
    brandId,
    outletId,
    slugs: slugsOf.get(roleCode) ?? roleTemplates[roleCode],
  }));
}

/** Roles of people in the brands the viewer may see people of, grouped in the order asked. */
export async function loadVisibleMemberships(
  em: SqlEntityManager,
  viewer: Viewer,
  userIds: readonly string[],
): Promise<MembershipEntity[][]> {
  const rows = await em.find(
    MembershipEntity,
    { $and: [visibleMemberships(viewer), { userId: { $in: [...userIds] } }] },
    { orderBy: { id: 'asc' } },
  );
  return groupedInOrderOf(userIds, rows, (row) => row.userId);
}

/** One membership the viewer may see; NOT_FOUND otherwise. */
export async function getMembership(em: SqlEntityManager, viewer: Viewer, id: string): Promise<MembershipEntity> {
  const membership = await em.findOne(MembershipEntity, { $and: [visibleMemberships(viewer), { id }] });
  if (!membership) throw notFound('The membership');
  return membership;
}

/** The membership with its row locked; NOT_FOUND if it is not visible, or has ended since it was read. */
export async function lockMembership(em: SqlEntityManager, viewer: Viewer, id: string): Promise<MembershipEntity> {
  const membership = await em.findOne(
    MembershipEntity,
    { $and: [visibleMemberships(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!membership) throw notFound('The membership');
  return membership;
}

/** The condition under which a membership is visible: it is one's own, or in a place where one may see people. */
export function visibleMemberships(viewer: Viewer): object {
  const reach = reachOf(viewer, 'users.read');
  if (reach.isEverywhere) return {};
  return {
    $or: [
      { userId: viewer.id },
      { brandId: { $in: [...reach.brandIds] } },
      { outletId: { $in: [...reach.outletIds] } },
    ],
  };
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { groupedInOrderOf } from '../../../platform/data/rows.js';
import { anyOf, narrowed, tenantScope, unscoped, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import { reachOf, type Grant, type Viewer } from '../../../platform/domain/viewer.js';
import type { Scope } from '../role/role.policy.js';
import { loadRoles, slugsOf } from '../role/role.queries.js';
import { MembershipEntity } from './membership.entity.js';
import { slugsWith } from './membership.rules.js';

/** What a person may do, and where. */
export async function listGrants(em: SqlEntityManager, userId: string): Promise<Grant[]> {
  const memberships = await em.find(MembershipEntity, heldBy(userId), { orderBy: { id: 'asc' } });
  if (memberships.length === 0) return [];
  const roles = await loadRoles(
    em,
    memberships.map(({ roleId }) => roleId),
  );
  return memberships.map((membership, index) => ({
    role: membership.roleId,
    brandId: membership.brandId,
    outletId: membership.outletId,
    slugs: slugsWith(slugsOf(roles[index] ?? null, membership.roleId), membership),
  }));
}

/** The membership by which a person holds a role at exactly this place, or null; the caller has locked the person. */
export function findMembership(
  em: SqlEntityManager,
  { userId, roleId, scope }: { userId: string; roleId: string; scope: Scope },
): Promise<MembershipEntity | null> {
  const { brandId, outletId } = scope;
  return em.findOne(MembershipEntity, narrowed(heldBy(userId), { roleId, brandId, outletId }));
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
export function visibleMemberships(viewer: Viewer): TenantScope {
  const scope = tenantScope(viewer, 'users.read');
  return reachOf(viewer, 'users.read').isEverywhere ? scope : anyOf(heldBy(viewer.id), scope);
}

function heldBy(userId: string): TenantScope {
  return narrowed(unscoped('Somebody may hold roles in any brand, and all of them count.'), { userId });
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import { notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { allow, reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import type { RoleEntity } from '../role/role.entity.js';
import { mayHandOut, mayManageRoles, type Scope } from '../role/role.policy.js';
import { getRole } from '../role/role.queries.js';
import { MembershipEntity } from './membership.entity.js';
import { slugsWith, type Overrides } from './membership.rules.js';

/** A role somebody is to get, and where: in the whole installation if no brand is named, in the whole brand if no outlet is. */
export interface Appointment {
  readonly roleId: string;
  readonly brandId?: string | null;
  readonly outletId?: string | null;
}

/** What a role is held with where nothing is added or left out. */
export const noOverrides: Overrides = { slugsAdded: null, slugsRemoved: null };

/** The role and the place of an appointment the viewer may make; throws NOT_FOUND for what they do not see, FORBIDDEN for what they do not hold. */
export async function requireGrantable(
  em: SqlEntityManager,
  viewer: Viewer,
  { overrides = noOverrides, ...appointment }: Appointment & { overrides?: Overrides },
): Promise<{ role: RoleEntity; scope: Scope }> {
  const scope = await requirePlace(em, viewer, appointment);
  allow(viewer, mayManageRoles(viewer, scope), 'users.manage');
  const role = await getRole(em, viewer, appointment.roleId);
  // A brand's own role is held in that brand only: elsewhere it would say what others may see.
  if (role.brandId !== null && role.brandId !== scope.brandId) throw notFound('The role');
  allow(viewer, mayHandOut(viewer, slugsWith(role.slugs, overrides), scope));
  return { role, scope };
}

/** Lets a person hold a role at a place; who may decide that has been asked. */
export async function insertMembership(
  em: SqlEntityManager,
  facts: { userId: string; roleId: string; scope: Scope; overrides?: Overrides },
): Promise<MembershipEntity> {
  const { userId, roleId, scope, overrides = noOverrides } = facts;
  const { brandId, outletId } = scope;
  const membership = em.create(MembershipEntity, { id: newId('mem'), userId, roleId, brandId, outletId, ...overrides });
  await em.persist(membership).flush();
  return membership;
}

async function requirePlace(
  em: SqlEntityManager,
  viewer: Viewer,
  { brandId = null, outletId = null }: Omit<Appointment, 'roleId'>,
): Promise<Scope> {
  if (brandId === null) {
    allow(viewer, reachOf(viewer, 'users.manage').isEverywhere, 'users.manage');
    return { brandId, outletId: null };
  }
  await getBrand(em, viewer, brandId);
  if (outletId && (await getOutlet(em, viewer, outletId)).brandId !== brandId) throw notFound('The outlet');
  return { brandId, outletId };
}

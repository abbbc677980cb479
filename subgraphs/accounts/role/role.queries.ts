import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { inOrderOf } from '../../../platform/data/rows.js';
import {
  anyOf,
  brandScope,
  narrowed,
  placeScope,
  tenantItself,
  unscoped,
  type TenantScope,
} from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import { reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { BrandEntity } from '../brand/brand.entity.js';
import { getBrand } from '../brand/brand.queries.js';
import { PermissionEntity } from './permission.entity.js';
import { RoleEntity } from './role.entity.js';
import { isRoleCode, roleTemplates } from './role.templates.js';

/** The templates, and of a brand where one is given its own roles after them, each by name; NOT_FOUND for a brand the viewer does not work for. */
export async function listRoles(em: SqlEntityManager, viewer: Viewer, brandId?: string | null): Promise<RoleEntity[]> {
  if (brandId) await getBrand(em, viewer, brandId);
  const where = brandId ? anyOf(templates(), narrowed(visibleRoles(viewer), { brandId })) : templates();
  return em.find(RoleEntity, where, { orderBy: { brandId: 'asc', nameKey: 'asc' } });
}

/** A template, or a role of a brand where the viewer may see people; NOT_FOUND otherwise. */
export async function getRole(em: SqlEntityManager, viewer: Viewer, id: string): Promise<RoleEntity> {
  const role = await em.findOne(RoleEntity, { $and: [visibleRoles(viewer), { id }] });
  if (!role) throw notFound('The role');
  return role;
}

/** The role with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockRole(em: SqlEntityManager, viewer: Viewer, id: string): Promise<RoleEntity> {
  const role = await em.findOne(
    RoleEntity,
    { $and: [visibleRoles(viewer), { id }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!role) throw notFound('The role');
  return role;
}

/** Makes whoever changes roles of the same brand wait, so that names and numbers can be decided on; NOT_FOUND if the viewer does not work for the brand. */
export async function lockRolesOf(em: SqlEntityManager, viewer: Viewer, brandId: string): Promise<void> {
  await getBrand(em, viewer, brandId);
  await em.findOne(BrandEntity, tenantItself(brandId), { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** How many roles of its own a brand has; of a name as it is compared, where one is given. */
export function countOwnRoles(em: SqlEntityManager, brandId: string, nameKey?: string): Promise<number> {
  return em.count(RoleEntity, narrowed(placeScope({ brandId }), nameKey === undefined ? {} : { nameKey }));
}

/** Roles by id in the order asked; the caller has checked that what they are held by is visible. */
export async function loadRoles(em: SqlEntityManager, ids: readonly string[]): Promise<(RoleEntity | null)[]> {
  const rows = await em.find(RoleEntity, narrowed(unscoped('What is held may be shown.'), { id: { $in: [...ids] } }));
  return inOrderOf(ids, rows, (role) => role.id);
}

/** What a role allows as it is stored; as its template says where it is not stored yet. */
export function slugsOf(role: RoleEntity | null, id: string): readonly string[] {
  return role?.slugs ?? (isRoleCode(id) ? roleTemplates[id] : []);
}

/** Every permission there is, by name. */
export function listPermissions(em: SqlEntityManager): Promise<PermissionEntity[]> {
  return em.find(PermissionEntity, {}, { orderBy: { slug: 'asc' } });
}

function templates(): TenantScope {
  return narrowed(unscoped('The templates are those of every brand.'), { brandId: null });
}

function visibleRoles(viewer: Viewer): TenantScope {
  const own = brandScope(viewer, 'users.read');
  return reachOf(viewer, 'users.read').isEverywhere ? own : anyOf(templates(), own);
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import {
  anyOf,
  narrowed,
  tenantScope,
  unscoped,
  type ScopedConditions,
  type TenantScope,
} from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { StaffProfileEntity } from './staff.entity.js';

/** Profiles of people who work where the viewer may see people, in the order they were made; NOT_FOUND for a brand or outlet the viewer does not work for. */
export async function listStaff(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, brandId, outletId }: { page: PageRequest; brandId?: string | null; outletId?: string | null },
): Promise<Page<StaffProfileEntity>> {
  if (brandId) await getBrand(em, viewer, brandId);
  if (outletId) await getOutlet(em, viewer, outletId);
  const where: ScopedConditions = [
    tenantScope(viewer, 'users.read'),
    brandId ? { brandId } : {},
    outletId ? { outletId } : {},
  ];
  return fetchPage(em, StaffProfileEntity, { where, sort: [['id', 'asc']], page });
}

/** The profile of a person, one's own or where the viewer may see people; NOT_FOUND otherwise. */
export async function getStaffProfile(
  em: SqlEntityManager,
  viewer: Viewer,
  userId: string,
): Promise<StaffProfileEntity> {
  const profile = await em.findOne(StaffProfileEntity, { $and: [visibleStaff(viewer), { userId }] });
  if (!profile) throw notFound('The staff profile');
  return profile;
}

/** The profile of a person whose row the caller has locked, or null; for a decision in which one at another brand counts too. */
export function lockStaffProfile(em: SqlEntityManager, userId: string): Promise<StaffProfileEntity | null> {
  const where = narrowed(unscoped('a person has one staff profile in the whole installation'), { userId });
  return em.findOne(StaffProfileEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Profiles by user id in the order asked; null where there is none or it is not visible to the viewer. */
export async function loadStaffProfiles(
  em: SqlEntityManager,
  viewer: Viewer,
  userIds: readonly string[],
): Promise<(StaffProfileEntity | null)[]> {
  const rows = await em.find(StaffProfileEntity, { $and: [visibleStaff(viewer), { userId: { $in: [...userIds] } }] });
  return inOrderOf(userIds, rows, (profile) => profile.userId);
}

function visibleStaff(viewer: Viewer): TenantScope {
  const own = narrowed(unscoped('what is kept about oneself is visible wherever one works'), { userId: viewer.id });
  return anyOf(own, tenantScope(viewer, 'users.read'));
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Vault } from '../../../platform/crypto/vault.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { selectWithin } from '../../../platform/data/tenant-guard.js';
import type { ScopedConditions } from '../../../platform/data/tenant-scope.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { getOutlet } from '../outlet/outlet.queries.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { visibleMemberships } from '../membership/membership.queries.js';
import type { RoleCode } from '../role/role.templates.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { seesEverybody } from './user.queries.js';
import { phoneIn } from './user.rules.js';
import { emailKeysOf, phoneKeyOf } from './user.vault.js';

/** Which people are asked for; all of what is given must hold. */
export interface UserFilter {
  /** Each must be the brand of the role they hold; two different ones find nobody. */
  readonly brandIds?: readonly string[];
  readonly outletId?: string | null;
  readonly role?: RoleCode | null;
  readonly status?: 'ACTIVE' | 'INACTIVE' | null;
  /** An exact e-mail address, phone number or user name: what is sealed cannot be found by a part of it. */
  readonly text?: string | null;
}

/** People who hold a role where the viewer may see people, in the order they joined; NOT_FOUND for a brand or outlet the viewer does not work for. */
export async function listUsers(
  em: SqlEntityManager,
  { viewer, vault }: { viewer: Viewer; vault: Vault },
  { page, ...filter }: UserFilter & { page: PageRequest },
): Promise<Page<UserEntity>> {
  const where = [
    await holdingRoles(em, viewer, filter),
    filter.status ? { isActive: filter.status === 'ACTIVE' } : {},
    filter.text ? foundBy(em, vault, filter.text) : {},
  ];
  return fetchPage(em, UserEntity, { where, sort: [['id', 'asc']], page });
}

/** The condition under which an account has this very e-mail address, phone number or user name. */
export function foundBy(em: SqlEntityManager, vault: Vault, text: string): object {
  if (text.includes('@')) return { emailKey: { $in: [...emailKeysOf(vault, text)] } };
  const phone = phoneIn(text);
  if (phone === null) return { usernameKey: comparisonKey(text) };
  // Profiles from before have no key and hold the number itself.
  const owners = em
    .createQueryBuilder(UserProfileEntity)
    .select('userId')
    .where({ $or: [{ phoneKey: phoneKeyOf(vault, phone) }, { phone }] });
  return { id: { $in: owners.getNativeQuery() } };
}

async function holdingRoles(
  em: SqlEntityManager,
  viewer: Viewer,
  { brandIds = [], outletId, role }: UserFilter,
): Promise<object> {
  const places = [];
  for (const brandId of brandIds) places.push({ brandId: (await getBrand(em, viewer, brandId)).id });
  if (outletId) places.push(await worksIn(em, viewer, outletId));
  if (places.length === 0 && !role && seesEverybody(viewer)) return {};
  const where: ScopedConditions = [visibleMemberships(viewer), ...places, role ? { roleId: role } : {}];
  return { id: { $in: selectWithin(em, MembershipEntity, { column: 'userId', where }) } };
}

// Somebody of the whole brand works in each of its outlets.
async function worksIn(em: SqlEntityManager, viewer: Viewer, outletId: string): Promise<object> {
  const { id, brandId } = await getOutlet(em, viewer, outletId);
  return { $or: [{ outletId: id }, { brandId, outletId: null }] };
}

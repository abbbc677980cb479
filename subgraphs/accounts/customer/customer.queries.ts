import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Vault } from '../../../platform/crypto/vault.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import {
  anyOf,
  brandScope,
  narrowed,
  placeScope,
  unscoped,
  type ScopedConditions,
  type TenantScope,
} from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { requirePermission, type Viewer } from '../../../platform/domain/viewer.js';
import { getBrand } from '../brand/brand.queries.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { UserEntity } from '../user/user.entity.js';
import { foundBy } from '../user/user-list.queries.js';
import { CustomerProfileEntity } from './customer.entity.js';

/** Profiles of a brand's guests in the order they were made; NOT_FOUND for a brand the viewer does not work for, FORBIDDEN to find somebody for those who may not know who they are. */
export async function listCustomers(
  em: SqlEntityManager,
  { viewer, vault }: { viewer: Viewer; vault: Vault },
  { page, brandId, text }: { page: PageRequest; brandId: string; text?: string | null },
): Promise<Page<CustomerProfileEntity>> {
  await getBrand(em, viewer, brandId);
  // Who finds a guest by their address learns that it is theirs.
  if (text) requirePermission(viewer, 'customers.read-personal', { brandId });
  const where: ScopedConditions = [
    brandScope(viewer, 'customers.read'),
    { brandId },
    text ? ofPerson(em, vault, text) : {},
  ];
  return fetchPage(em, CustomerProfileEntity, { where, sort: [['id', 'asc']], page });
}

/** One profile, one's own or of a brand whose guests the viewer may see; NOT_FOUND otherwise. */
export async function getCustomer(em: SqlEntityManager, viewer: Viewer, id: string): Promise<CustomerProfileEntity> {
  const profile = await em.findOne(CustomerProfileEntity, { $and: [visibleCustomers(viewer), { id }] });
  if (!profile) throw notFound('The customer');
  return profile;
}

/** The profile of a person in a brand with its row locked, or null; the caller has locked the person. */
export function lockCustomer(
  em: SqlEntityManager,
  { userId, brandId }: { userId: string; brandId: string },
): Promise<CustomerProfileEntity | null> {
  const where = narrowed(placeScope({ brandId }), { userId });
  return em.findOne(CustomerProfileEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Whether a person holds any role in a brand, as its customer or otherwise. */
export async function isKnownIn(
  em: SqlEntityManager,
  { userId, brandId }: { userId: string; brandId: string },
): Promise<boolean> {
  return (await em.count(MembershipEntity, narrowed(placeScope({ brandId }), { userId }))) > 0;
}

function ofPerson(em: SqlEntityManager, vault: Vault, text: string): object {
  const people = em
    .createQueryBuilder(UserEntity)
    .select('id')
    .where(foundBy(em, vault, text));
  return { userId: { $in: people.getNativeQuery() } };
}

function visibleCustomers(viewer: Viewer): TenantScope {
  const own = narrowed(unscoped('what is kept about oneself is visible in every brand'), { userId: viewer.id });
  return anyOf(own, brandScope(viewer, 'customers.read'));
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { allow, type Viewer } from '../../../platform/domain/viewer.js';
import { RoleEntity } from './role.entity.js';
import { roleChanged } from './role.events.js';
import { mayHandOut, mayManageRoles } from './role.policy.js';
import { countOwnRoles, getRole, lockRole, lockRolesOf } from './role.queries.js';
import { requireSlugs } from './role.rules.js';

/** How many roles of its own a brand may have, so that they fit into one list. */
export const mostOwnRoles = 100;

const longestName = 80;

/** Makes a role of a brand's own out of permissions the maker holds in the whole brand. */
export function createRole(
  { viewer, unitOfWork }: Context,
  command: { brandId: string; name: string; permissions: readonly string[] },
): Promise<RoleEntity> {
  const name = requireName(command.name);
  const slugs = requireSlugs(command.permissions, ['permissions']);
  return unitOfWork(async (em) => {
    const { brandId } = command;
    await lockRolesOf(em, viewer, brandId);
    requireHandedOut(viewer, brandId, slugs);
    if ((await countOwnRoles(em, brandId)) >= mostOwnRoles)
      throw new DomainError('INVALID_STATE', `A brand has at most ${mostOwnRoles} roles of its own.`, ['brandId']);
    await requireFreeName(em, brandId, name);
    const facts = { brandId, name, nameKey: comparisonKey(name), slugs, version: 1 };
    return em.create(RoleEntity, { id: newId('rol'), ...facts }, { persist: true });
  });
}

/** What may change about a role; what is absent stays. */
export interface UpdateRole {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  readonly permissions?: readonly string[] | null;
}

/** Changes a brand's own role for everybody who holds it; the viewer must hold what it allowed and what it is to allow. */
export function updateRole({ viewer, unitOfWork }: Context, command: UpdateRole): Promise<RoleEntity> {
  const name = typeof command.name === 'string' ? requireName(command.name) : null;
  const slugs = command.permissions ? requireSlugs(command.permissions, ['permissions']) : null;
  return unitOfWork(async (em) => {
    const { brandId } = await getRole(em, viewer, command.id);
    if (brandId === null)
      throw new DomainError('INVALID_STATE', 'The templates stay as they are: make a role of the brand.', ['id']);
    await lockRolesOf(em, viewer, brandId);
    const role = await lockRole(em, viewer, command.id);
    requireHandedOut(viewer, brandId, [...role.slugs, ...(slugs ?? [])]);
    // Nobody changes what they may do themselves, not even by what others hold with them.
    if (slugs !== null) allow(viewer, !viewer.grants.some(({ role: held }) => held === role.id));
    requireVersion(role.version, command.expectedVersion);
    if (name !== null && name !== role.name) await rename(em, role, { name, brandId });
    if (slugs !== null && slugs.join() !== role.slugs.join()) {
      role.slugs = slugs;
      record(em, roleChanged(role));
    }
    await em.flush();
    return role;
  });
}

function requireName(name: string): string {
  const limits = { field: ['name'], maximum: longestName };
  const clean = requireText(name, limits);
  // Some letters are compared by a longer form, such as a ligature by its letters.
  requireText(comparisonKey(clean), limits);
  return clean;
}

function requireHandedOut(viewer: Viewer, brandId: string, slugs: readonly string[]): void {
  const brand = { brandId, outletId: null };
  allow(viewer, mayManageRoles(viewer, brand), 'users.manage');
  allow(viewer, mayHandOut(viewer, slugs, brand));
}

async function rename(
  em: SqlEntityManager,
  role: RoleEntity,
  { name, brandId }: { name: string; brandId: string },
): Promise<void> {
  const nameKey = comparisonKey(name);
  if (nameKey !== role.nameKey) await requireFreeName(em, brandId, name);
  role.name = name;
  role.nameKey = nameKey;
}

async function requireFreeName(em: SqlEntityManager, brandId: string, name: string): Promise<void> {
  if ((await countOwnRoles(em, brandId, comparisonKey(name))) > 0)
    throw new DomainError('ALREADY_EXISTS', 'The brand has a role of this name already.', ['name']);
}

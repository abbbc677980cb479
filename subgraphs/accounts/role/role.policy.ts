import type { Grant, Viewer } from '../../../platform/domain/viewer.js';

/** Where a role is held: the whole installation, a brand, or one outlet of it. */
export interface Scope {
  /** null for the whole installation. */
  readonly brandId: string | null;
  /** null for every outlet of the brand. */
  readonly outletId: string | null;
}

/** Whether who holds these permissions holds all of those: `all` is more than a list of everything, for it includes what comes later. */
export function includesAll(held: readonly string[], slugs: readonly string[]): boolean {
  return held.includes('all') || slugs.every((slug) => held.includes(slug));
}

/** Whether the viewer may make roles at the place and give and take them. */
export function mayManageRoles(viewer: Viewer, scope: Scope): boolean {
  return viewer.kind === 'SYSTEM' || viewer.grants.some((grant) => isManaging(grant, scope));
}

/** Whether the viewer may hand out these permissions at the place: only what grants that include handing out hold there. */
export function mayHandOut(viewer: Viewer, slugs: readonly string[], scope: Scope): boolean {
  if (viewer.kind === 'SYSTEM') return true;
  const managing = viewer.grants.filter((grant) => isManaging(grant, scope));
  return (
    managing.length > 0 &&
    includesAll(
      managing.flatMap((grant) => grant.slugs),
      slugs,
    )
  );
}

/** The place two places have in common; null where they have none. */
export function overlapOf(one: Scope, other: Scope): Scope | null {
  if (one.brandId === null) return other;
  if (other.brandId === null) return one;
  if (one.brandId !== other.brandId) return null;
  if (one.outletId === null) return other;
  return other.outletId === null || other.outletId === one.outletId ? one : null;
}

function isManaging(grant: Grant, scope: Scope): boolean {
  return includesAll(grant.slugs, ['users.manage']) && covers(grant, scope);
}

function covers(grant: Grant, scope: Scope): boolean {
  const overlap = overlapOf(grant, scope);
  return overlap !== null && overlap.brandId === scope.brandId && overlap.outletId === scope.outletId;
}

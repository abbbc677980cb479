import { DomainError, PermissionMissing } from './errors.js';

/** A bundle of rights in one place: the whole installation, one brand, or one outlet of a brand. */
export interface Grant {
  readonly role: string;
  /** null only for the installation scope. */
  readonly brandId: string | null;
  /** null means every outlet of the brand. */
  readonly outletId: string | null;
  /** Permission slugs such as `orders.place`; `all` stands for every one. */
  readonly slugs: readonly string[];
}

/** Who is asking. `SYSTEM` is the product itself, in jobs and event consumers; a client can never become it. */
export interface Viewer {
  readonly kind: 'ANONYMOUS' | 'USER' | 'CLIENT' | 'SYSTEM';
  /** The user's or API client's id; empty for nobody and for the system. */
  readonly id: string;
  readonly sessionId: string | null;
  readonly grants: readonly Grant[];
  /** Raised by every change of rights, so that caches can tell old from new. */
  readonly version: number;
}

/** A place rights are asked for. */
export interface Place {
  readonly brandId: string;
  readonly outletId?: string | null;
}

/** Somebody who has not signed in. */
export const anonymous: Viewer = { kind: 'ANONYMOUS', id: '', sessionId: null, grants: [], version: 0 };

/** The product itself, for jobs and event consumers. */
export const system: Viewer = { kind: 'SYSTEM', id: '', sessionId: null, grants: [], version: 0 };

/** Whether the viewer holds the permission at the place. A brand-wide question is only answered by a brand-wide grant. */
export function holds(viewer: Viewer, slug: string, place: Place): boolean {
  return viewer.kind === 'SYSTEM' || viewer.grants.some((grant) => hasSlug(grant, slug) && covers(grant, place));
}

/** Whether the viewer holds the permission anywhere at all. */
export function holdsSomewhere(viewer: Viewer, slug: string): boolean {
  return viewer.kind === 'SYSTEM' || viewer.grants.some((grant) => hasSlug(grant, slug));
}

/** Throws UNAUTHENTICATED or FORBIDDEN, naming the permission, unless the viewer holds it at the place. */
export function requirePermission(viewer: Viewer, slug: string, place: Place): void {
  allow(viewer, holds(viewer, slug, place), slug);
}

/** Throws what `isAllowed` being false means for this viewer; it names the permission it takes, where it is the same for every row. */
export function allow(viewer: Viewer, isAllowed: boolean, slug?: string): void {
  if (!isAllowed) throw refusal(viewer, slug === undefined ? [] : [slug]);
}

/** Throws FORBIDDEN, saying why, where somebody would do to themselves what only others may do to them. */
export function requireSomebodyElse(viewer: Viewer, userId: string, why = 'Nobody changes their own rights.'): void {
  if (viewer.id === userId) throw new DomainError('FORBIDDEN', why);
}

/** The error a refused viewer gets: nobody is asked to sign in, everybody else may not and is told which permission it takes, one of those named. */
export function refusal(viewer: Viewer, slugs: readonly string[] = []): DomainError {
  if (viewer.kind === 'ANONYMOUS') return new DomainError('UNAUTHENTICATED', 'Sign in to do this.');
  if (slugs.length > 0) return new PermissionMissing(slugs);
  return new DomainError('FORBIDDEN', 'You do not have the permission to do this.');
}

/** Where a viewer holds a permission: everywhere, or in these brands and outlets. The only source of a tenant filter. */
export interface Reach {
  readonly isEverywhere: boolean;
  /** Brands where it is held in every outlet. */
  readonly brandIds: readonly string[];
  /** Single outlets where it is held. */
  readonly outletIds: readonly string[];
  /** Brands where it is held in at least one outlet. */
  readonly touchedBrandIds: readonly string[];
}

/** Where the viewer holds the permission. */
export function reachOf(viewer: Viewer, slug: string): Reach {
  const grants = viewer.grants.filter((grant) => hasSlug(grant, slug));
  return {
    isEverywhere: viewer.kind === 'SYSTEM' || grants.some((grant) => grant.brandId === null),
    brandIds: grants.flatMap((grant) => (grant.brandId !== null && grant.outletId === null ? [grant.brandId] : [])),
    outletIds: grants.flatMap((grant) => (grant.outletId !== null ? [grant.outletId] : [])),
    touchedBrandIds: grants.flatMap((grant) => (grant.brandId !== null ? [grant.brandId] : [])),
  };
}

const stamps = new WeakMap<Viewer, string>();

/** Whether two viewers may do the same: their own rights are of one version, and what their roles allow has not changed either. */
export function hasSameRights(one: Viewer, other: Viewer): boolean {
  return one === other || stampOf(one) === stampOf(other);
}

// Looked at for every event of every subscription, so it is made once.
function stampOf(viewer: Viewer): string {
  const stamp = stamps.get(viewer) ?? JSON.stringify([viewer.version, viewer.grants]);
  stamps.set(viewer, stamp);
  return stamp;
}

function hasSlug(grant: Grant, slug: string): boolean {
  return grant.slugs.includes(slug) || grant.slugs.includes('all');
}

function covers(grant: Grant, place: Place): boolean {
  if (grant.brandId === null) return true;
  if (grant.brandId !== place.brandId) return false;
  return grant.outletId === null || grant.outletId === place.outletId;
}

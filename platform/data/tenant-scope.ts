import { reachOf, type Reach, type Viewer } from '../domain/viewer.js';

declare const madeHere: unique symbol;

/** A condition that keeps a query within tenants. Only the functions of this file make one; a copy of one is none. */
export interface TenantScope {
  readonly [madeHere]: true;
  readonly $or?: Record<string, unknown>[];
  readonly $and?: Record<string, unknown>[];
}

/** Conditions that must all hold, the first of which keeps the query within tenants. */
export type ScopedConditions = [TenantScope, ...object[]];

/** Names of the columns that say where a row belongs. */
export interface ScopeColumns {
  readonly brand: string;
  readonly outlet: string | null;
}

/** A tenant that is known already: by a row that the viewer may see, or by an event. */
export type KnownPlace =
  | { readonly brandId: string; readonly outletId?: string | null }
  | { readonly outletId: string; readonly brandId?: undefined };

const made = new WeakSet<object>();
const usualColumns: ScopeColumns = { brand: 'brandId', outlet: 'outletId' };

/** Rows at places where the viewer holds `slug`; nothing at all for a viewer who holds it nowhere. */
export function tenantScope(viewer: Viewer, slug: string, columns: ScopeColumns = usualColumns): TenantScope {
  const reach = reachOf(viewer, slug);
  if (reach.isEverywhere) return make({});
  const byBrand = { [columns.brand]: { $in: [...reach.brandIds] } };
  const byOutlet = columns.outlet === null ? [] : [{ [columns.outlet]: { $in: [...reach.outletIds] } }];
  return make({ $or: [byBrand, ...byOutlet] });
}

/** Rows of brands where the viewer holds `slug`, be it in one outlet; for what a brand's outlets share. */
export function brandScope(viewer: Viewer, slug: string, column = 'brandId'): TenantScope {
  const reach: Reach = reachOf(viewer, slug);
  return make(reach.isEverywhere ? {} : { [column]: { $in: [...reach.touchedBrandIds] } });
}

/** Rows of the brands the viewer has any right in; for parts of rows that another query has shown, and no wider than those brands. */
export function tenantsOf(viewer: Viewer): TenantScope {
  const isEverywhere = viewer.kind === 'SYSTEM' || viewer.grants.some(({ brandId }) => brandId === null);
  return make(isEverywhere ? {} : { brandId: { $in: viewer.grants.map(({ brandId }) => brandId) } });
}

/** Rows of one brand or outlet; throws where it names none. */
export function placeScope({ brandId, outletId }: KnownPlace): TenantScope {
  if (brandId === '' || outletId === '' || (!brandId && !outletId)) throw new Error('A query needs a tenant.');
  return make({ ...(brandId ? { brandId } : {}), ...(outletId ? { outletId } : {}) });
}

/** Rows of these outlets, each of which the viewer was shown. */
export function outletsScope(outletIds: readonly string[]): TenantScope {
  return make({ outletId: { $in: [...outletIds] } });
}

/** A tenant itself, by its id. */
export function tenantItself(brandId: string): TenantScope {
  if (!brandId) throw new Error('A query needs a tenant.');
  return make({ id: brandId });
}

/** Rows of every tenant; says why that is right, for whoever reads the query. */
export function unscoped(reason: string): TenantScope {
  if (!reason.trim()) throw new Error('A query without a tenant needs a reason.');
  return make({});
}

/** What is within the scope and meets the condition. */
export function narrowed(scope: TenantScope, condition: object): TenantScope {
  return make({ $and: [scope, condition] });
}

/** What is within one of the scopes. */
export function anyOf(...scopes: readonly [TenantScope, ...TenantScope[]]): TenantScope {
  return make({ $or: [...scopes] });
}

/** Whether a query's condition is a scope, or lies within one. */
export function isScoped(where: unknown): boolean {
  if (typeof where !== 'object' || where === null) return false;
  if (made.has(where)) return true;
  return '$and' in where && Array.isArray(where.$and) && where.$and.some(isScoped);
}

function make(condition: object): TenantScope {
  made.add(condition);
  if (!isMade(condition)) throw new Error('A scope was not kept.');
  return condition;
}

function isMade(condition: object): condition is TenantScope {
  return made.has(condition);
}

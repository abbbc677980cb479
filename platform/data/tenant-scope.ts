import { reachOf, type Viewer } from '../domain/viewer.js';

/** The condition every query of tenant rows starts from: the rows at places where the viewer holds the permission. */
export type TenantScope = { $or?: Record<string, unknown>[] };

/** Names of the columns that say where a row belongs. */
export interface ScopeColumns {
  readonly brand: string;
  readonly outlet: string | null;
}

const usualColumns: ScopeColumns = { brand: 'brandId', outlet: 'outletId' };

/** Rows at places where the viewer holds `slug`; nothing at all for a viewer who holds it nowhere. */
export function tenantScope(viewer: Viewer, slug: string, columns: ScopeColumns = usualColumns): TenantScope {
  const reach = reachOf(viewer, slug);
  if (reach.isEverywhere) return {};
  const byBrand = { [columns.brand]: { $in: [...reach.brandIds] } };
  const byOutlet = columns.outlet === null ? [] : [{ [columns.outlet]: { $in: [...reach.outletIds] } }];
  return { $or: [byBrand, ...byOutlet] };
}

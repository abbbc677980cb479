import type { FilterQuery } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { selectWithin } from '../../../platform/data/tenant-guard.js';
import { placeScope, tenantsOf, type ScopedConditions, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import {
  defaultPageSize,
  encodeCursor,
  pageRequest,
  type Page,
  type PageRequest,
} from '../../../platform/domain/page.js';
import { comparisonKey } from '../../../platform/domain/text.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { beginsWith } from '../prefix.queries.js';
import { OrderLineEntity } from './order-line.entity.js';
import { OrderTicketEntity } from './order.entity.js';
import { visibleOrders } from './order.queries.js';
import type { OrderStatus } from './order.state.js';

/** The deepest row that page numbers reach; cursors reach all. */
const deepestRow = 10_000;

/** Which orders are asked for. */
export interface OrderFilter {
  readonly outletId?: string | null;
  readonly status?: readonly OrderStatus[] | null;
  readonly businessDay?: string | null;
  readonly search?: string | null;
}

/** Which part of the list is asked for: by cursor, or by number of the page. */
export interface OrderPaging {
  readonly first: number;
  readonly after?: string | null;
  readonly page?: number | null;
  readonly limit?: number | null;
}

/** Orders the viewer may see, newest first; NOT_FOUND for an outlet where they may see none. */
export async function listOrders(
  em: SqlEntityManager,
  viewer: Viewer,
  wanted: OrderFilter & OrderPaging,
): Promise<Page<OrderTicketEntity>> {
  if (wanted.outletId) await getOutlet(em, { viewer, slug: 'orders.read-own', outletId: wanted.outletId });
  const where: ScopedConditions = [visibleOrders(viewer), ...conditions(em, viewer, wanted)];
  const page = await toPageRequest(em, where, wanted);
  if (!page)
    return { edges: [], pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null } };
  return fetchPage(em, OrderTicketEntity, { where, sort: [['id', 'desc']], page });
}

function conditions(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, status, businessDay, search }: OrderFilter,
): object[] {
  const scope = outletId ? placeScope({ outletId }) : tenantsOf(viewer);
  return [
    outletId ? { outletId } : {},
    status && status.length > 0 ? { status: { $in: [...status] } } : {},
    businessDay ? { businessDay } : {},
    search?.trim() ? matching(em, scope, search.trim()) : {},
  ];
}

// A number finds the order people call so; any text finds orders of dishes that begin with it.
function matching(em: SqlEntityManager, scope: TenantScope, search: string): object {
  const where: ScopedConditions = [scope, { nameKey: beginsWith(comparisonKey(search)) }];
  const byDish = { id: { $in: selectWithin(em, OrderLineEntity, { column: 'orderId', where }) } };
  const number = /^#?(\d{1,9})$/.exec(search)?.[1];
  return number === undefined ? byDish : { $or: [{ number: Number(number) }, byDish] };
}

// Page numbers become the cursor of the row before the page, so both ways of paging run the same query; null beyond the end.
async function toPageRequest(
  em: SqlEntityManager,
  where: ScopedConditions,
  paging: OrderPaging,
): Promise<PageRequest | null> {
  const { page, limit } = paging;
  const isNumbered = typeof page === 'number' || typeof limit === 'number';
  if (!isNumbered) return pageRequest(paging.first, paging.after);
  if (paging.after) throw new BadUserInput('Page by "page" and "limit" or by "after", not by both.', ['page']);
  const size = requireLimit(limit ?? defaultPageSize);
  const before = (requirePage(page ?? 1) - 1) * size;
  if (before + size > deepestRow)
    throw new BadUserInput(`Pages reach row ${deepestRow}; continue by "after".`, ['page']);
  if (before === 0) return { first: size, after: null };
  // The conditions are built from column names of this entity; MikroORM's filter type cannot be assembled from parts.
  const filter = { $and: [...where] } as FilterQuery<OrderTicketEntity>;
  const [last] = await em.find(OrderTicketEntity, filter, {
    fields: ['id'],
    orderBy: { id: 'desc' },
    offset: before - 1,
    limit: 1,
    disableIdentityMap: true,
  });
  return last ? { first: size, after: encodeCursor([last.id]) } : null;
}

function requireLimit(limit: number): number {
  if (limit >= 1 && limit <= 100) return limit;
  throw new BadUserInput('"limit" must be between 1 and 100.', ['limit']);
}

function requirePage(page: number): number {
  if (page >= 1) return page;
  throw new BadUserInput('"page" begins at 1.', ['page']);
}

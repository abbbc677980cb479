import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { groupedInOrderOf, inOrderOf } from '../../../platform/data/rows.js';
import { anyOf, narrowed, placeScope, tenantScope, type TenantScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import { holdsSomewhere, reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { OrderLineEntity } from './order-line.entity.js';
import { OrderWorkflowEventEntity } from './order-workflow-event.entity.js';
import { OrderTicketEntity } from './order.entity.js';
import { queueStatuses } from './order.state.js';

const longestQueue = 200;

/** One order the viewer may see; NOT_FOUND otherwise. */
export async function getOrder(em: SqlEntityManager, viewer: Viewer, id: string): Promise<OrderTicketEntity> {
  const order = await em.findOne(OrderTicketEntity, { $and: [visibleOrders(viewer), { id }] });
  if (!order) throw notFound('The order');
  return order;
}

/** The order with its row locked; NOT_FOUND if the viewer may not see it. */
export async function lockOrder(em: SqlEntityManager, viewer: Viewer, id: string): Promise<OrderTicketEntity> {
  const where = { $and: [visibleOrders(viewer), { id }] };
  const order = await em.findOne(OrderTicketEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!order) throw notFound('The order');
  return order;
}

/** Orders by id in the order asked; null where one is missing or invisible. */
export async function loadOrders(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(OrderTicketEntity | null)[]> {
  const rows = await em.find(OrderTicketEntity, { $and: [visibleOrders(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (order) => order.id);
}

/** What the kitchen of an outlet has to do or to hand over, oldest first; at most 200. */
export async function listKitchenQueue(
  em: SqlEntityManager,
  viewer: Viewer,
  outletId: string,
): Promise<OrderTicketEntity[]> {
  await getOutlet(em, { viewer, slug: 'kitchen.read', outletId });
  const where = { $and: [placeScope({ outletId }), { status: { $in: [...queueStatuses] } }] };
  return em.find(OrderTicketEntity, where, { orderBy: { firedAt: 'asc', id: 'asc' }, limit: longestQueue });
}

/** Lines of orders as they stand on them, grouped in the order asked. */
export async function loadOrderLines(
  em: SqlEntityManager,
  scope: TenantScope,
  orderIds: readonly string[],
): Promise<OrderLineEntity[][]> {
  const rows = await em.find(
    OrderLineEntity,
    { $and: [scope, { orderId: { $in: [...orderIds] } }] },
    { orderBy: { orderId: 'asc', position: 'asc' } },
  );
  return groupedInOrderOf(orderIds, rows, (line) => line.orderId);
}

/** Steps of orders, oldest first, grouped in the order asked. */
export async function loadWorkflowEvents(
  em: SqlEntityManager,
  scope: TenantScope,
  orderIds: readonly string[],
): Promise<OrderWorkflowEventEntity[][]> {
  const where = { $and: [scope, { orderId: { $in: [...orderIds] } }] };
  const rows = await em.find(OrderWorkflowEventEntity, where, { orderBy: { orderId: 'asc', at: 'asc', id: 'asc' } });
  return groupedInOrderOf(orderIds, rows, (event) => event.orderId);
}

/** The condition under which an order exists for the viewer: they read the orders of its outlet, or it is their own. */
export function visibleOrders(viewer: Viewer): TenantScope {
  const all = tenantScope(viewer, 'orders.read');
  if (reachOf(viewer, 'orders.read').isEverywhere) return all;
  const own = narrowed(tenantScope(viewer, 'orders.read-own'), { customerId: viewer.id });
  // Guests read by the index on their own orders, which an alternative that never holds would spoil.
  return holdsSomewhere(viewer, 'orders.read') ? anyOf(all, own) : own;
}

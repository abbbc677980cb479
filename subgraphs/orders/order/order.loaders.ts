import type { Context, Loader } from '../../../platform/context.js';
import { tenantsOf } from '../../../platform/data/tenant-scope.js';
import type { OrderLineEntity } from './order-line.entity.js';
import type { OrderWorkflowEventEntity } from './order-workflow-event.entity.js';
import type { OrderTicketEntity } from './order.entity.js';
import { loadOrderLines, loadOrders, loadWorkflowEvents } from './order.queries.js';

/** Orders the viewer may see, by id. */
export function orderLoader(context: Context): Loader<string, OrderTicketEntity> {
  return context.loader<string, OrderTicketEntity>('order', (ids) => loadOrders(context.em, context.viewer, ids));
}

/** Lines of an order, by its id. */
export function orderLinesLoader(context: Context): Loader<string, OrderLineEntity[]> {
  return context.loader<string, OrderLineEntity[]>('order-lines', (ids) =>
    loadOrderLines(context.em, tenantsOf(context.viewer), ids),
  );
}

/** Steps of an order, by its id. */
export function workflowEventsLoader(context: Context): Loader<string, OrderWorkflowEventEntity[]> {
  return context.loader<string, OrderWorkflowEventEntity[]>('order-workflow-events', (ids) =>
    loadWorkflowEvents(context.em, tenantsOf(context.viewer), ids),
  );
}

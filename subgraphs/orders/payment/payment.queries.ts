import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { groupedInOrderOf, inOrderOf } from '../../../platform/data/rows.js';
import { anyOf, narrowed, placeScope, tenantScope, type TenantScope } from '../../../platform/data/tenant-scope.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { holdsSomewhere, reachOf, type Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { PaymentLogEntity } from './payment-log.entity.js';
import { PaymentEntity } from './payment.entity.js';

/** Which payments are asked for. */
export interface PaymentFilter {
  readonly outletId: string;
  readonly businessDay?: string | null;
  readonly page: PageRequest;
}

/** Payments of an outlet, newest first; NOT_FOUND where the viewer may not read them. */
export async function listPayments(
  em: SqlEntityManager,
  viewer: Viewer,
  { outletId, businessDay, page }: PaymentFilter,
): Promise<Page<PaymentEntity>> {
  await getOutlet(em, { viewer, slug: 'payments.read', outletId });
  return fetchPage(em, PaymentEntity, {
    where: [placeScope({ outletId }), businessDay ? { businessDay } : {}],
    sort: [['id', 'desc']],
    page,
  });
}

/** Payments by id in the order asked; null where one is missing or invisible. */
export async function loadPayments(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(PaymentEntity | null)[]> {
  const rows = await em.find(PaymentEntity, { $and: [visiblePayments(viewer), { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (payment) => payment.id);
}

/** Visible payments of orders, oldest first, grouped in the order asked. */
export async function loadPaymentsOfOrders(
  em: SqlEntityManager,
  viewer: Viewer,
  orderIds: readonly string[],
): Promise<PaymentEntity[][]> {
  const where = { $and: [visiblePayments(viewer), { orderId: { $in: [...orderIds] } }] };
  const rows = await em.find(PaymentEntity, where, { orderBy: { orderId: 'asc', id: 'asc' } });
  return groupedInOrderOf(orderIds, rows, (payment) => payment.orderId);
}

/** What happened to payments, oldest first, grouped in the order asked. */
export async function loadPaymentLogs(
  em: SqlEntityManager,
  scope: TenantScope,
  paymentIds: readonly string[],
): Promise<PaymentLogEntity[][]> {
  const rows = await em.find(
    PaymentLogEntity,
    { $and: [scope, { paymentId: { $in: [...paymentIds] } }] },
    { orderBy: { paymentId: 'asc', id: 'asc' } },
  );
  return groupedInOrderOf(paymentIds, rows, (log) => log.paymentId);
}

function visiblePayments(viewer: Viewer): TenantScope {
  const all = tenantScope(viewer, 'payments.read');
  if (reachOf(viewer, 'payments.read').isEverywhere) return all;
  const own = narrowed(tenantScope(viewer, 'orders.read-own'), { customerId: viewer.id });
  return holdsSomewhere(viewer, 'payments.read') ? anyOf(all, own) : own;
}

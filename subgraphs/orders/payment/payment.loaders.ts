import type { Context, Loader } from '../../../platform/context.js';
import { tenantsOf } from '../../../platform/data/tenant-scope.js';
import type { PaymentLogEntity } from './payment-log.entity.js';
import type { PaymentEntity } from './payment.entity.js';
import { loadPaymentLogs, loadPayments, loadPaymentsOfOrders } from './payment.queries.js';

/** Payments the viewer may see, by id. */
export function paymentLoader(context: Context): Loader<string, PaymentEntity> {
  return context.loader<string, PaymentEntity>('payment', (ids) => loadPayments(context.em, context.viewer, ids));
}

/** Payments of an order the viewer may see, by its id. */
export function orderPaymentsLoader(context: Context): Loader<string, PaymentEntity[]> {
  return context.loader<string, PaymentEntity[]>('order-payments', (ids) =>
    loadPaymentsOfOrders(context.em, context.viewer, ids),
  );
}

/** What happened to a payment, by its id. */
export function paymentLogLoader(context: Context): Loader<string, PaymentLogEntity[]> {
  return context.loader<string, PaymentLogEntity[]>('payment-log', (ids) =>
    loadPaymentLogs(context.em, tenantsOf(context.viewer), ids),
  );
}

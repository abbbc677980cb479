import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { once, requireIdempotencyKey } from '../../../platform/data/idempotency.js';
import { record } from '../../../platform/data/outbox.js';
import { businessDayOf } from '../../../platform/domain/business-day.js';
import { newId } from '../../../platform/domain/id.js';
import type { Money } from '../../../platform/domain/money.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { getAnyOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { lockOrder } from '../order/order.queries.js';
import { PaymentLogEntity } from './payment-log.entity.js';
import { PaymentEntity } from './payment.entity.js';
import { paymentCaptured } from './payment.events.js';
import { requirePayable } from './payment.rules.js';

/** Which order is paid, how and how much of it. */
export interface PayOrder {
  readonly orderId: string;
  readonly method: 'CASH';
  readonly amount: Money;
  readonly idempotencyKey?: string | null;
}

/** Takes money for an order, once per idempotency key; the order's status stays as it is. Returns the payment's id. */
export function payOrder(context: Context, { orderId, method, amount, idempotencyKey }: PayOrder): Promise<string> {
  const { viewer, unitOfWork, clock } = context;
  const input = { orderId, method, amountMinor: amount.amountMinor, currency: amount.currency };
  const key = requireIdempotencyKey(idempotencyKey, context.idempotencyKey);
  const request = { viewer, operation: 'payOrder', key, input, now: clock.now() };
  return unitOfWork((em) => once(em, request, () => take(em, context, { orderId, method, amount })));
}

async function take(
  em: SqlEntityManager,
  { viewer, clock }: Context,
  { orderId, method, amount }: PayOrder,
): Promise<string> {
  const order = await lockOrder(em, viewer, orderId);
  requirePermission(viewer, 'payments.take', order);
  requirePayable(order, amount);
  const capturedAt = clock.now();
  const outlet = await getAnyOutlet(em, order.outletId);
  const { brandId, outletId, customerId } = order;
  const takenById = viewer.kind === 'USER' ? viewer.id : null;
  const facts = { id: newId('pay'), method, ...amount, status: 'CAPTURED' as const, capturedAt, takenById, version: 1 };
  const payment = { ...facts, brandId, outletId, orderId, customerId, businessDay: businessDayOf(capturedAt, outlet) };
  const log = {
    id: newId('plg'),
    brandId,
    paymentId: payment.id,
    kind: 'CAPTURED' as const,
    ...amount,
    at: capturedAt,
  };
  await em.insert(PaymentEntity, payment);
  await em.insert(PaymentLogEntity, { ...log, viewerKind: viewer.kind, viewerId: viewer.id });
  order.addPayment(amount.amountMinor);
  record(em, paymentCaptured(payment));
  return payment.id;
}

import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { PaymentEntity } from './payment.entity.js';

/** Money was taken for an order. */
export function paymentCaptured(payment: PaymentEntity): DomainEvent<'payment.captured'> {
  const { orderId, businessDay, amountMinor, currency, method } = payment;
  return {
    type: 'payment.captured',
    aggregate: payment,
    payload: { orderId, businessDay, amountMinor, currency, method },
  };
}

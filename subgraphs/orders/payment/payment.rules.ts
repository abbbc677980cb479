import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { formatAmount, type Money } from '../../../platform/domain/money.js';
import { amountDue, type OrderAmounts } from '../order/order.pricing.js';

/** Throws unless the amount can be taken for the order: INVALID_STATE, INVALID_INPUT, CURRENCY_MISMATCH or AMOUNT_MISMATCH. */
export function requirePayable(order: OrderAmounts, amount: Money): void {
  if (order.status === 'DRAFT' || order.status === 'CANCELLED') {
    throw new DomainError('INVALID_STATE', `An order that is ${order.status} cannot be paid.`, ['orderId']);
  }
  if (amount.amountMinor <= 0) throw new BadUserInput('An amount is more than zero.', ['amount', 'amount']);
  if (amount.currency !== order.currency) {
    throw new DomainError('CURRENCY_MISMATCH', `The order is in ${order.currency}, not ${amount.currency}.`, [
      'amount',
      'currency',
    ]);
  }
  const due = amountDue(order);
  if (amount.amountMinor > due.amountMinor) {
    throw new DomainError('AMOUNT_MISMATCH', `Due is ${formatAmount(due)} ${due.currency}.`, ['amount', 'amount']);
  }
}

import { money, sumMoney, timesMoney, type Money } from '../../../platform/domain/money.js';
import type { OrderStatus } from './order.state.js';

/** Who has the money. */
export const paymentStates = ['UNPAID', 'PARTIALLY_PAID', 'PAID'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** An order's amounts in minor units of its currency. */
export interface OrderAmounts {
  readonly status: OrderStatus;
  readonly totalMinor: number;
  readonly paidMinor: number;
  readonly currency: string;
}

/** What a line costs: its price times its quantity. */
export function lineTotal(unitPrice: Money, quantity: number): Money {
  return timesMoney(unitPrice, quantity);
}

/** What an order costs: exactly the sum of its lines. */
export function orderTotal(lines: readonly { readonly totalMinor: number }[], currency: string): Money {
  return sumMoney(
    lines.map(({ totalMinor }) => money(totalMinor, currency)),
    currency,
  );
}

/** What is still to be paid; nothing for a cancelled order. */
export function amountDue({ status, totalMinor, paidMinor, currency }: OrderAmounts): Money {
  return money(status === 'CANCELLED' ? 0 : Math.max(0, totalMinor - paidMinor), currency);
}

/** Who has the money: all of it, some or none; an order that costs nothing is paid. */
export function paymentStateOf({
  totalMinor,
  paidMinor,
}: Pick<OrderAmounts, 'totalMinor' | 'paidMinor'>): PaymentState {
  if (paidMinor >= totalMinor) return 'PAID';
  return paidMinor > 0 ? 'PARTIALLY_PAID' : 'UNPAID';
}

import type { Channel, DomainEvent } from '../../../platform/data/outbox.js';
import type { SoldLine } from '../../../platform/events/catalogue.js';
import type { OrderLineEntity } from './order-line.entity.js';
import type { OrderTicketEntity } from './order.entity.js';
import type { OrderStatus } from './order.state.js';

type Order = Omit<OrderTicketEntity, 'moveTo' | 'addPayment'>;
type Line = Pick<OrderLineEntity, 'id' | 'menuItemId' | 'name' | 'quantity' | 'totalMinor'>;

/** An order was placed. */
export function orderPlaced(order: Order): DomainEvent<'order.placed'> {
  const { status, businessDay, totalMinor, currency, covers, customerId, channel } = order;
  return {
    type: 'order.placed',
    aggregate: order,
    channel,
    payload: { status, businessDay, totalMinor, currency, covers, customerId },
  };
}

/** The kitchen got an order: what it needs is used up. */
export function orderFired(order: Order, lines: readonly Line[]): DomainEvent<'order.fired'> {
  return {
    type: 'order.fired',
    aggregate: order,
    payload: { businessDay: order.businessDay, lines: lines.map(toSoldLine) },
  };
}

/** How a step was taken. */
export interface StepFacts {
  readonly from: OrderStatus;
  readonly channel: Channel | null;
  readonly reason: string | null;
}

/** An order went one step along its graph. */
export function orderStatusChanged(
  order: Order,
  { from, channel, reason }: StepFacts,
): DomainEvent<'order.status-changed'> {
  const { status, businessDay, customerId } = order;
  return {
    type: 'order.status-changed',
    aggregate: order,
    payload: { from, to: status, businessDay, customerId },
    ...(channel && { channel }),
    ...(reason && { reason }),
  };
}

/** An order was handed over: it is a sale of the day it was placed on. */
export function orderCompleted(order: Order, lines: readonly Line[]): DomainEvent<'order.completed'> {
  const { businessDay, totalMinor, currency, covers, completedAt } = order;
  if (!completedAt) throw new Error(`${order.id} is not completed.`);
  const payload = {
    businessDay,
    totalMinor,
    currency,
    covers,
    completedAt: completedAt.toISOString(),
    lines: lines.map(toSoldLine),
  };
  return { type: 'order.completed', aggregate: order, payload };
}

function toSoldLine({ id, menuItemId, name, quantity, totalMinor }: Line): SoldLine {
  return { lineId: id, menuItemId, name, quantity, totalMinor };
}

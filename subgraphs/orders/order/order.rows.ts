import type { Channel } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import type { ServedTable } from '../table/table.queries.js';
import { orderTotal } from './order.pricing.js';
import type { FulfilmentType, OrderChannel, PricedLine } from './order.rules.js';
import type { OrderStatus } from './order.state.js';

/** What a new order is made from. */
export interface NewOrder extends ServedTable {
  readonly brandId: string;
  readonly outletId: string;
  readonly currency: string;
  readonly number: number;
  readonly businessDay: string;
  readonly placedAt: Date;
  readonly fulfilmentType: FulfilmentType;
  readonly channel: OrderChannel;
  readonly note: string | null;
}

/** The row of a new order: queued and fired where staff take it, pending and the guest's own where a guest does. */
export function toOrderRow(order: NewOrder, lines: readonly PricedLine[], by: { viewer: Viewer; isStaff: boolean }) {
  const person = by.viewer.kind === 'USER' ? by.viewer.id : null;
  const status: OrderStatus = by.isStaff ? 'QUEUED' : 'PENDING';
  const { amountMinor: totalMinor } = orderTotal(lines, order.currency);
  const people = { placedById: person, customerId: by.isStaff ? null : person };
  const times = { firedAt: by.isStaff ? order.placedAt : null, completedAt: null };
  return {
    ...order,
    ...people,
    ...times,
    id: newId('ord'),
    status,
    totalMinor,
    paidMinor: 0,
    cancelReason: null,
    version: 1,
  };
}

/** The rows of an order's lines. */
export function toLineRows(order: { id: string } & NewOrder, lines: readonly PricedLine[]) {
  const { id: orderId, brandId, outletId, currency } = order;
  return lines.map((line) => ({ ...line, id: newId('lin'), orderId, brandId, outletId, currency }));
}

/** One step of an order. */
export interface Step {
  readonly from: OrderStatus | null;
  readonly channel: Channel | null;
  readonly reason: string | null;
  readonly at: Date;
}

/** The row of a step that has brought an order to its status. */
export function toStepRow(
  order: { readonly id: string; readonly brandId: string; readonly status: OrderStatus },
  { from, ...how }: Step,
  viewer: Viewer,
) {
  const what = { orderId: order.id, brandId: order.brandId, fromStatus: from, toStatus: order.status };
  return { ...what, ...how, id: newId('wfe'), viewerKind: viewer.kind, viewerId: viewer.id };
}

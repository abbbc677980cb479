import type { Context } from '../../platform/context.js';
import { idAt } from '../../platform/domain/id.js';
import { comparisonKey } from '../../platform/domain/text.js';
import { plusMs } from '../../platform/process/clock.js';
import { OrderLineEntity } from '../../subgraphs/orders/order/order-line.entity.js';
import { OrderWorkflowEventEntity } from '../../subgraphs/orders/order/order-workflow-event.entity.js';
import { OrderTicketEntity } from '../../subgraphs/orders/order/order.entity.js';
import type { OrderStatus } from '../../subgraphs/orders/order/order.state.js';
import { PaymentLogEntity } from '../../subgraphs/orders/payment/payment-log.entity.js';
import { PaymentEntity } from '../../subgraphs/orders/payment/payment.entity.js';
import { orderTotalMinor, type PastOrder } from './history.js';
import type { HistoryPlace } from './history-insights.js';
import type { Random } from './random.js';

/** What the stored orders of the past share. */
export interface OrdersPlace extends HistoryPlace {
  readonly currency: string;
  readonly tableIds: readonly string[];
  readonly waiterId: string;
  readonly chefId: string;
}

// Orders a statement: much longer texts cost more to parse than they save, on both databases.
const CHUNK = 100;
const completedPath: readonly (readonly [OrderStatus, number])[] = [
  ['QUEUED', 0],
  ['PREPARING', 0.1],
  ['READY', 0.6],
  ['COMPLETED', 1],
];
const cancelledPath: readonly (readonly [OrderStatus, number])[] = [
  ['QUEUED', 0],
  ['CANCELLED', 0.05],
];

/** Stores past orders with their lines, steps and payments, as the operations would have left them. */
export function writeOrders(
  { unitOfWork }: Context,
  place: OrdersPlace,
  { orders, random }: { orders: readonly PastOrder[]; random: Random },
): Promise<void> {
  const rows = orders.map((order) => rowsOf(order, place, random));
  return unitOfWork(async (em) => {
    for (let start = 0; start < rows.length; start += CHUNK) {
      const chunk = rows.slice(start, start + CHUNK);
      await em.insertMany(
        OrderTicketEntity,
        chunk.map(({ ticket }) => ticket),
      );
      await em.insertMany(
        OrderLineEntity,
        chunk.flatMap(({ lines }) => lines),
      );
      await em.insertMany(
        OrderWorkflowEventEntity,
        chunk.flatMap(({ steps }) => steps),
      );
      await em.insertMany(
        PaymentEntity,
        chunk.flatMap(({ payments }) => payments),
      );
      await em.insertMany(
        PaymentLogEntity,
        chunk.flatMap(({ log }) => log),
      );
    }
  });
}

function rowsOf(order: PastOrder, place: OrdersPlace, random: Random) {
  const { brandId, outletId } = place;
  const id = idAt('ord', order.placedAt, random.next);
  const path = order.isCancelled ? cancelledPath : completedPath;
  const payment = order.isCancelled ? null : paymentOf(order, { place, random, orderId: id });
  return {
    ticket: ticketOf(order, place, id),
    lines: order.lines.map(({ dish, quantity }, position) => ({
      id: idAt('lin', order.placedAt, random.next),
      orderId: id,
      brandId,
      outletId,
      menuItemId: dish.menuItemId,
      name: dish.name,
      nameKey: comparisonKey(dish.name),
      quantity,
      unitPriceMinor: dish.priceMinor,
      totalMinor: dish.priceMinor * quantity,
      currency: place.currency,
      note: null,
      position,
      isCounted: false,
    })),
    steps: path.map(([toStatus, share], index) => {
      const at = plusMs(order.placedAt, (order.completedAt.getTime() - order.placedAt.getTime()) * share);
      const viewerId = toStatus === 'PREPARING' || toStatus === 'READY' ? place.chefId : place.waiterId;
      const reason = toStatus === 'CANCELLED' ? 'The guests left.' : null;
      const fromStatus = path[index - 1]?.[0] ?? null;
      return {
        id: idAt('wfe', at, random.next),
        orderId: id,
        brandId,
        fromStatus,
        toStatus,
        viewerKind: 'USER',
        viewerId,
        channel: 'POS' as const,
        reason,
        at,
      };
    }),
    payments: payment ? [payment.row] : [],
    log: payment ? [payment.log] : [],
  };
}

function ticketOf(order: PastOrder, place: OrdersPlace, id: string) {
  const { brandId, outletId, currency, tableIds, waiterId } = place;
  const totalMinor = orderTotalMinor(order);
  const { isCancelled, businessDay, number, covers, placedAt } = order;
  return {
    id,
    brandId,
    outletId,
    number,
    businessDay,
    covers,
    currency,
    totalMinor,
    placedAt,
    status: isCancelled ? ('CANCELLED' as const) : ('COMPLETED' as const),
    fulfilmentType: 'DINE_IN' as const,
    channel: 'POS' as const,
    customerId: null,
    placedById: waiterId,
    tableId: tableIds[order.tableIndex] ?? null,
    seatingId: null,
    note: null,
    paidMinor: isCancelled ? 0 : totalMinor,
    firedAt: placedAt,
    completedAt: isCancelled ? null : order.completedAt,
    cancelReason: isCancelled ? 'The guests left.' : null,
    version: isCancelled ? 2 : 5,
  };
}

function paymentOf(
  order: PastOrder,
  { place, random, orderId }: { place: OrdersPlace; random: Random; orderId: string },
) {
  const id = idAt('pay', order.completedAt, random.next);
  const { brandId, outletId, currency, waiterId } = place;
  const at = order.completedAt;
  const shared = { brandId, amountMinor: orderTotalMinor(order), currency };
  const taken = {
    method: 'CASH' as const,
    status: 'CAPTURED' as const,
    capturedAt: at,
    takenById: waiterId,
    businessDay: order.businessDay,
  };
  return {
    row: { ...shared, ...taken, id, outletId, orderId, customerId: null, version: 1 },
    log: {
      ...shared,
      id: idAt('plg', at, random.next),
      paymentId: id,
      kind: 'CAPTURED' as const,
      viewerKind: 'USER',
      viewerId: waiterId,
      at,
    },
  };
}

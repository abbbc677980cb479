import { setTimeout as sleep } from 'node:timers/promises';
import {
  CompleteOrderDocument,
  MarkOrderReadyDocument,
  PayOrderDocument,
  PlaceOrderDocument,
  ReleaseTableDocument,
  SeatPartyDocument,
  StartOrderDocument,
} from '../../schema/client/graphql.js';
import type { Random } from '../demo/random.js';
import type { ApiClient } from './api-client.js';

/** The people on duty, each with a sign-in of their own. */
export interface Staff {
  readonly waiter: ApiClient;
  readonly chef: ApiClient;
}

/** One party's visit. */
export interface Visit {
  readonly outletId: string;
  readonly table: { readonly id: string; readonly label: string };
  readonly covers: number;
  readonly lines: readonly { readonly menuItemId: string; readonly quantity: number }[];
  /** Makes the visit's idempotency keys its own. */
  readonly key: string;
}

/** Seats a party, cooks for it, takes its money and clears the table; each step by whoever does it in a real house. */
export async function playVisit({ waiter, chef }: Staff, visit: Visit, pause: () => Promise<void>): Promise<string> {
  const { outletId, table, covers, lines, key } = visit;
  const seated = await waiter.run(SeatPartyDocument, { input: { tableId: table.id, covers } });
  const seatingId = required(seated.seatParty.seating, seated.seatParty.userErrors).id;
  await pause();
  const placed = await waiter.run(PlaceOrderDocument, {
    input: {
      outletId,
      fulfilmentType: 'DINE_IN',
      channel: 'POS',
      tableId: table.id,
      seatingId,
      lines: [...lines],
      idempotencyKey: `order-${key}`,
    },
  });
  const order = required(placed.placeOrder.order, placed.placeOrder.userErrors);
  const input = { orderId: order.id };
  await pause();
  const started = await chef.run(StartOrderDocument, { input });
  required(started.startOrder.order, started.startOrder.userErrors);
  await pause();
  const ready = await chef.run(MarkOrderReadyDocument, { input });
  required(ready.markOrderReady.order, ready.markOrderReady.userErrors);
  await pause();
  const completed = await waiter.run(CompleteOrderDocument, { input });
  required(completed.completeOrder.order, completed.completeOrder.userErrors);
  const paid = await waiter.run(PayOrderDocument, {
    input: { orderId: order.id, method: 'CASH', amount: order.total, idempotencyKey: `payment-${key}` },
  });
  required(paid.payOrder.payment, paid.payOrder.userErrors);
  await pause();
  const released = await waiter.run(ReleaseTableDocument, { input: { tableId: table.id } });
  required(released.releaseTable.seating, released.releaseTable.userErrors);
  return `${table.label}: order ${order.number} for ${covers}, ${order.total.amount} ${order.total.currency}`;
}

/** A pause of about the given length, never the same twice. */
export function pausesOf(paceMs: number, random: Random): () => Promise<void> {
  return () => sleep(paceMs * (0.5 + random.next()));
}

function required<Thing>(thing: Thing | null | undefined, userErrors: readonly { readonly message: string }[]): Thing {
  if (thing === null || thing === undefined)
    throw new Error(userErrors.map(({ message }) => message).join(' ') || 'The API answered nothing.');
  return thing;
}

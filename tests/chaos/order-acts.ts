import { formatAmount, parseMoney } from '../../platform/domain/money.js';
import type { Caller } from './caller.js';
import * as documents from './documents.js';
import type { Dish } from './house.js';
import type { JournalOrder } from './journal.js';
import type { Load } from './actor.js';
import { settleByKey, settleByState } from './settle.js';

/** What a guest wants, and who writes it down. */
export interface WantedOrder {
  readonly by: Caller;
  readonly at: {
    readonly fulfilmentType: 'DINE_IN' | 'PICKUP';
    readonly tableId?: string;
    readonly seatingId?: string;
  };
  readonly lines: readonly (Dish & { readonly quantity: number })[];
  /** QUEUED where staff take it, PENDING where the guest does. */
  readonly status: 'QUEUED' | 'PENDING';
}

const isNotHeardYet = (code: string) => code === 'NOT_FOUND';

/** Places an order; null where that was refused or never settled, which is in the journal. */
export async function placeOrder(load: Load, wanted: WantedOrder): Promise<JournalOrder | null> {
  const { house, journal } = load;
  const key = load.newKey('order');
  const lines = wanted.lines.map(({ menuItemId, quantity }) => ({ menuItemId, quantity }));
  const place = { outletId: house.outletId, channel: 'POS', ...wanted.at };
  // The key is also the note, so that the books find an order that was never acknowledged.
  const input = { ...place, lines, note: key, idempotencyKey: key };
  const ask = () => wanted.by.change(documents.PLACE, input);
  const outcome = await settleByKey({ journal, what: key, ask }, isNotHeardYet);
  if (outcome?.kind !== 'DONE') return refused(load, key, outcome);
  const { order } = outcome.payload;
  const expectedMinor = wanted.lines.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0);
  const placed = { key, outletId: house.outletId, lines, expectedMinor, id: order.id, statuses: [wanted.status] };
  journal.orders.push(placed);
  if (minorOf(order.total) !== expectedMinor)
    journal.find('orders', `${key} costs ${order.total.amount}, not ${expectedMinor} minor units`);
  await load.sometimes('REPLAY', () => replay(load, key, ask, ({ order: again }) => again.id === order.id));
  const askOther = () => wanted.by.change(documents.PLACE, { ...input, note: null });
  await load.sometimes('REPLAY', () => refuseOther(load, key, askOther));
  await load.sometimes('READ', () => readOrder(load, placed, (seen) => seen.version >= order.version));
  return placed;
}

/** Brings an order a step on; false where that failed, which is in the journal. */
export async function takeStep(
  load: Load,
  { by, order }: { by: Caller; order: JournalOrder },
  status: keyof typeof documents.STEPS,
): Promise<boolean> {
  const { journal } = load;
  const what = `${order.key} to ${status}`;
  const readDone = async () => {
    const seen = (await by.read(documents.ORDER, { id: order.id }))?.['order'];
    return seen?.status === status ? { order: seen } : null;
  };
  const ask = () => by.change(documents.STEPS[status], { orderId: order.id, reason: 'as the plan says' });
  const outcome = await settleByState({ journal, what, ask }, readDone);
  if (outcome?.kind !== 'DONE') return refused(load, what, outcome) !== null;
  order.statuses.push(status);
  if (outcome.payload['order'].status !== status)
    journal.find('steps', `${what} ended as ${outcome.payload['order'].status}`);
  await load.sometimes('READ', () => readOrder(load, order, (seen) => seen.status === status));
  return true;
}

/** Pays a part of an order in cash. */
export async function payOrder(
  load: Load,
  { by, order }: { by: Caller; order: JournalOrder },
  amountMinor: number,
): Promise<void> {
  const { journal, house } = load;
  const key = load.newKey('payment');
  const amount = { amount: formatAmount({ amountMinor, currency: house.currency }), currency: house.currency };
  const input = { orderId: order.id, method: 'CASH', amount, idempotencyKey: key };
  const ask = () => by.change(documents.PAY, input);
  const outcome = await settleByKey({ journal, what: key, ask });
  if (outcome?.kind !== 'DONE') return void refused(load, key, outcome);
  const { id } = outcome.payload['payment'];
  journal.payments.push({ key, id, orderId: order.id, amountMinor });
  await load.sometimes('REPLAY', () => replay(load, key, ask, ({ payment }) => payment.id === id));
  await load.sometimes('READ', () =>
    readOrder(load, order, ({ payments }) => payments.some((payment: any) => payment.id === id)),
  );
}

async function readOrder(load: Load, { id, key }: JournalOrder, isSeen: (order: any) => boolean): Promise<void> {
  const { journal, house } = load;
  const data = await house.people.manager.read(documents.ORDER, { id });
  if (!data) return;
  journal.counts.reads += 1;
  if (!data['order'] || !isSeen(data['order']))
    journal.find('reads', `${key} was acknowledged and then read as ${JSON.stringify(data['order'])}`);
}

/** Sends an acknowledged write again: the same result or no answer, but nothing else. */
export async function replay(
  { journal }: Load,
  key: string,
  ask: () => ReturnType<Caller['change']>,
  isSame: (payload: any) => boolean,
): Promise<void> {
  const again = await ask();
  if (again.kind === 'UNKNOWN') return;
  journal.counts.replays += 1;
  if (again.kind === 'REFUSED' || !isSame(again.payload))
    journal.find('keys', `${key} again gave ${JSON.stringify(again)}`);
}

async function refuseOther({ journal }: Load, key: string, ask: () => ReturnType<Caller['change']>): Promise<void> {
  const other = await ask();
  if (other.kind === 'UNKNOWN') return;
  journal.counts.replays += 1;
  if (other.kind !== 'REFUSED' || other.code !== 'IDEMPOTENCY_KEY_REUSED')
    journal.find('keys', `${key} with another input gave ${JSON.stringify(other)}`);
}

/** Nothing in the load is meant to be refused. */
export function refused({ journal }: Load, what: string, outcome: { code?: string; message?: string } | null): null {
  if (outcome) journal.find('outcomes', `${what} was refused: ${outcome.code} ${outcome.message}`);
  return null;
}

function minorOf({ amount, currency }: { amount: string; currency: string }): number {
  return parseMoney(amount, currency).amountMinor;
}

import type { Caller } from './caller.js';
import { RELEASE, SEAT, TABLE } from './documents.js';
import type { JournalOrder } from './journal.js';
import type { Load } from './actor.js';
import { payOrder, placeOrder, refused, takeStep, type WantedOrder } from './order-acts.js';
import { settleByState } from './settle.js';

const SPLIT_SHARE = 0.3;
const CANCEL_SHARE = 0.08;

/** A party comes, eats, pays and leaves; the table is this actor's alone. */
export async function serveParty(load: Load, tableId: string): Promise<void> {
  const { waiter } = load.house.people;
  const seatingId = await seat(load, waiter, tableId);
  if (seatingId === null) return;
  await load.pause();
  const at = { fulfilmentType: 'DINE_IN', tableId, seatingId } as const;
  const order = await placeOrder(load, { by: waiter, at, lines: pickLines(load), status: 'QUEUED' });
  if (order) await serve(load, order);
  await release(load, waiter, tableId);
}

/** A guest orders from outside; the house takes the order on. */
export async function serveGuest(load: Load): Promise<void> {
  const { customer, waiter } = load.house.people;
  const at = { fulfilmentType: 'PICKUP' } as const;
  const order = await placeOrder(load, { by: customer, at, lines: pickLines(load), status: 'PENDING' });
  await load.pause();
  if (order && (await takeStep(load, { by: waiter, order }, 'QUEUED'))) await serve(load, order);
}

async function serve(load: Load, order: JournalOrder): Promise<void> {
  const { waiter, chef, manager } = load.house.people;
  await load.pause();
  if (load.random.next() < CANCEL_SHARE) return void (await takeStep(load, { by: manager, order }, 'CANCELLED'));
  for (const [by, status] of [
    [chef, 'PREPARING'],
    [chef, 'READY'],
    [waiter, 'COMPLETED'],
  ] as const) {
    if (!(await takeStep(load, { by, order }, status))) return;
    await load.pause();
  }
  await pay(load, waiter, order);
}

async function pay(load: Load, by: Caller, order: JournalOrder): Promise<void> {
  const { expectedMinor } = order;
  const first = load.random.next() < SPLIT_SHARE ? Math.floor(expectedMinor / 3) : expectedMinor;
  await payOrder(load, { by, order }, first);
  if (first < expectedMinor) await payOrder(load, { by, order }, expectedMinor - first);
}

async function seat(load: Load, by: Caller, tableId: string): Promise<string | null> {
  const { journal } = load;
  const what = `seating at ${tableId}`;
  const readDone = async () => {
    const seating = (await by.read(TABLE, { id: tableId }))?.['serviceNode']?.currentSeating;
    return seating ? { seating } : null;
  };
  const ask = () => by.change(SEAT, { tableId, covers: load.random.between(1, 6) });
  const outcome = await settleByState({ journal, what, ask }, readDone);
  if (outcome?.kind !== 'DONE') return refused(load, what, outcome);
  const { id } = outcome.payload['seating'];
  journal.seatings.push(id);
  await load.sometimes('READ', () => lookAtTable(load, tableId, id));
  return id;
}

async function lookAtTable({ house, journal }: Load, tableId: string, seatingId: string): Promise<void> {
  const data = await house.people.manager.read(TABLE, { id: tableId });
  if (!data) return;
  journal.counts.reads += 1;
  const seen = data['serviceNode']?.currentSeating?.id;
  if (seen !== seatingId) journal.find('reads', `${seatingId} was acknowledged and then read as ${seen}`);
}

async function release(load: Load, by: Caller, tableId: string): Promise<void> {
  const what = `release of ${tableId}`;
  const readDone = async () => {
    const table = (await by.read(TABLE, { id: tableId }))?.['serviceNode'];
    return table?.currentSeating === null ? { seating: null } : null;
  };
  const ask = () => by.change(RELEASE, { tableId });
  const outcome = await settleByState({ journal: load.journal, what, ask }, readDone);
  if (outcome?.kind !== 'DONE') refused(load, what, outcome);
}

function pickLines({ house, random }: Load): WantedOrder['lines'] {
  const dishes = new Set(Array.from({ length: random.between(1, 3) }, () => random.pick(house.dishes)));
  return [...dishes].map((dish) => ({ ...dish, quantity: random.between(1, 3) }));
}

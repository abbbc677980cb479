import { setTimeout as sleep } from 'node:timers/promises';
import { parseQuantity } from '../../platform/domain/quantity.js';
import { ADJUST, MOVEMENTS, RECEIVE, REPORT } from './documents.js';
import type { Load } from './actor.js';
import { refused, replay } from './order-acts.js';
import { settleByKey } from './settle.js';

const BETWEEN_ACTS_MS = 500;
const REPORT_SHARE = 0.3;

/** One act of the office: a delivery, a correction after a count, or a report of the last week. */
export async function runBackOffice(load: Load): Promise<void> {
  if (load.random.next() < REPORT_SHARE) await requestReport(load);
  else await changeStock(load);
  await sleep(BETWEEN_ACTS_MS);
}

async function requestReport(load: Load): Promise<void> {
  const { journal, house } = load;
  const key = load.newKey('report');
  const input = { outletId: house.outletId, type: 'SALES', range: '7d', format: 'PDF', idempotencyKey: key };
  const ask = () => house.people.manager.change(REPORT, input);
  const outcome = await settleByKey({ journal, what: key, ask });
  if (outcome?.kind !== 'DONE') return void refused(load, key, outcome);
  const { id } = outcome.payload['reportJob'];
  journal.reports.push({ key, id });
  await load.sometimes('REPLAY', () => replay(load, key, ask, ({ reportJob }) => reportJob.id === id));
}

async function changeStock(load: Load): Promise<void> {
  const { journal, house, random } = load;
  const { manager } = house.people;
  const isDelivery = random.next() < 0.7;
  const { id: itemId, unit } = random.pick(house.items);
  const key = load.newKey('stock');
  const quantity = String(random.between(1, 9));
  const change = { itemId, outletId: house.outletId, quantity, unit, reason: key, idempotencyKey: key };
  const ask = () =>
    isDelivery ? manager.change(RECEIVE, change) : manager.change(ADJUST, { ...change, direction: 'INCREASE' });
  const outcome = await settleByKey({ journal, what: key, ask });
  if (outcome?.kind !== 'DONE') return void refused(load, key, outcome);
  const movementIds: string[] = outcome.payload['movements'].map(({ id }: any) => id);
  const quantityMicro = parseQuantity(quantity, unit);
  journal.stock.push({ key, outletId: house.outletId, itemId, quantityMicro, movementIds });
  await load.sometimes('REPLAY', () =>
    replay(load, key, ask, ({ movements }) => movements.map(({ id }: any) => id).join() === movementIds.join()),
  );
  await load.sometimes('READ', () => readMovements(load, { key, itemId, movementIds }));
}

async function readMovements(
  { house, journal }: Load,
  { key, itemId, movementIds }: { key: string; itemId: string; movementIds: readonly string[] },
): Promise<void> {
  const data = await house.people.manager.read(MOVEMENTS, { outletId: house.outletId, itemId });
  if (!data) return;
  journal.counts.reads += 1;
  const seen: string[] = data['stockMovements'].edges.map(({ node }: any) => node.id);
  if (!movementIds.every((id) => seen.includes(id))) journal.find('reads', `${key} was acknowledged and is not read`);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countUntoldMoves, readDrift, type Audit } from './opening.js';

type Row = Record<string, any>;

/** What follows from orders and requests elsewhere: stock, the day's figures, reports and tables. */
export async function auditEffects(audit: Audit): Promise<void> {
  await checkLevels(audit);
  await checkConsumption(audit);
  await checkStockChanges(audit);
  await checkFigures(audit);
  await checkReports(audit);
  await checkTables(audit);
}

/** On hand is the opening and what has moved since, and what its batches have left. */
async function checkLevels({ ledger, journal, opening }: Audit): Promise<void> {
  for (const [place, drift] of await readDrift(ledger)) {
    const before = opening.driftMicro.get(place) ?? 0;
    if (drift !== before) journal.find('stock', `${place} differs from its movements by ${drift - before}`);
  }
  const wrong = await ledger.select(
    `select l.outlet_id, l.item_id, l.on_hand_micro, coalesce(sum(b.quantity_micro), 0) batches from {inventory}.stock_level l
     left join {inventory}.stock_batch b on b.outlet_id = l.outlet_id and b.item_id = l.item_id
     group by l.outlet_id, l.item_id having l.on_hand_micro <> batches`,
  );
  for (const row of wrong)
    journal.find('stock', `${row['item_id']} has ${row['on_hand_micro']}, its batches ${row['batches']}`);
  const untold = await countUntoldMoves(ledger);
  if (untold !== opening.untoldMoves)
    journal.find('stock', `${untold - opening.untoldMoves} changes have no event, or too many`);
}

/** Each fired order took what its recipes need, once; what was not there is a shortfall. */
async function checkConsumption({ ledger, journal, run }: Audit): Promise<void> {
  const needed = await ledger.select(
    `select concat(o.id, ' ', i.item_id) place, sum(l.quantity * i.quantity_micro / r.yield_portions) micro
     from {orders}.order_ticket o join {orders}.order_line l on l.order_id = o.id
     join {inventory}.recipe r on r.menu_item_id = l.menu_item_id
     join {inventory}.recipe_ingredient i on i.recipe_id = r.id
     where o.note like ? and o.fired_at is not null group by o.id, i.item_id`,
    [`${run}-%`],
  );
  const used = await ledger.select(
    `select concat(m.cause_id, ' ', m.item_id) place, sum(m.missing_micro - m.quantity_micro) micro
     from {inventory}.stock_movement m join {orders}.order_ticket o on o.id = m.cause_id
     where o.note like ? and m.kind in ('CONSUME', 'SHORTFALL') group by m.cause_id, m.item_id`,
    [`${run}-%`],
  );
  if (needed.length === 0) journal.find('stock', 'no order of this run needs anything');
  const usedAt = new Map(used.map(({ place, micro }) => [place, Number(micro)]));
  for (const { place, micro } of needed) {
    const taken = usedAt.get(place) ?? 0;
    usedAt.delete(place);
    // A yield that does not divide is rounded to whole micro units.
    if (Math.abs(taken - Number(micro)) >= 1) journal.find('stock', `${place} needs ${micro} and took ${taken}`);
  }
  for (const [place, micro] of usedAt) journal.find('stock', `${place} took ${micro} and needs nothing`);
}

async function checkStockChanges({ ledger, journal, run }: Audit): Promise<void> {
  const rows = await ledger.select('select * from {inventory}.stock_movement where reason like ?', [`${run}-%`]);
  const byReason = Map.groupBy(rows, ({ reason }) => reason);
  for (const { key, movementIds, quantityMicro } of journal.stock) {
    const moved = byReason.get(key) ?? [];
    byReason.delete(key);
    const sum = moved.reduce((total, row) => total + Number(row['quantity_micro']), 0);
    const ids = moved
      .map(({ id }) => id)
      .toSorted()
      .join();
    if (sum !== quantityMicro || ids !== [...movementIds].toSorted().join())
      journal.find('stock', `${key} was to move ${quantityMicro} and moved ${sum}`);
  }
  for (const reason of byReason.keys()) journal.find('stock', `${reason} moved stock and was never acknowledged`);
}

const daysOfRun = 'select outlet_id, business_day from {orders}.order_ticket where note like ?';
const sold = "status = 'COMPLETED'";

/** What insights counted of the days of this run is what the ledger of orders adds up to. */
async function checkFigures({ ledger, journal, run }: Audit): Promise<void> {
  const mine = [`${run}-%`];
  const ledgerDays = await ledger.select(
    `select outlet_id, business_day, count(*) placed, sum(${sold}) completed, sum(status = 'CANCELLED') cancelled,
       sum(if(${sold}, total_minor, 0)) sales, sum(if(${sold}, covers, 0)) covers,
       (select coalesce(sum(p.amount_minor), 0) from {orders}.payment p where p.outlet_id = o.outlet_id and p.business_day = o.business_day) paid
     from {orders}.order_ticket o where (outlet_id, business_day) in (${daysOfRun}) group by outlet_id, business_day`,
    mine,
  );
  const sumOf = (table: string, column: string) =>
    `(select coalesce(sum(x.${column}), 0) from {insights}.${table} x where x.outlet_id = d.outlet_id and x.business_day = d.business_day)`;
  const toldDays = await ledger.select(
    `select outlet_id, business_day, orders_placed placed, orders_completed completed, orders_cancelled cancelled, sales_minor sales,
       covers, paid_minor paid, ${sumOf('item_sales', 'sales_minor')} items, ${sumOf('time_sales', 'sales_minor')} times,
       ${sumOf('payment_mix', 'amount_minor')} mix
     from {insights}.daily_summary d where (outlet_id, business_day) in (${daysOfRun})`,
    mine,
  );
  const told = new Map(toldDays.map((day) => [`${day['outlet_id']} ${day['business_day']}`, day]));
  if (ledgerDays.length === 0) journal.find('figures', 'no day has an order of this run');
  for (const day of ledgerDays) {
    const place = `${day['outlet_id']} ${day['business_day']}`;
    for (const complaint of differences(day, told.get(place) ?? {})) journal.find('figures', `${place}: ${complaint}`);
  }
}

function differences(day: Row, told: Row): string[] {
  const pairs = [
    ...['placed', 'completed', 'cancelled', 'sales', 'covers', 'paid'].map((name) => [name, name] as const),
    ...([
      ['sales', 'items'],
      ['sales', 'times'],
      ['paid', 'mix'],
    ] as const),
  ];
  return pairs
    .filter(([is, says]) => Number(day[is]) !== Number(told[says]))
    .map(([is, says]) => `${says} is ${told[says]}, the ledger has ${day[is]}`);
}

async function checkReports({ ledger, journal, dataDir, opening }: Audit): Promise<void> {
  const rows = await ledger.select(
    `select r.id, r.state, r.file_key, r.error, j.state job, j.attempts, j.error failure,
       (select count(*) from {insights}.outbox_event e where e.aggregate_id = r.id and e.type = 'report.progressed'
         and json_value(e.payload, '$.state') = 'DONE') ends
     from {insights}.report_job r join {insights}.job j on j.id = r.job_id`,
  );
  const byId = new Map(rows.map((row) => [row['id'], row]));
  for (const { key, id } of journal.reports) {
    const { state, job, ends, file_key, failure, attempts } = byId.get(id) ?? {};
    if (state !== 'DONE' || job !== 'DONE' || ends !== 1)
      journal.find(
        'reports',
        `${key} is ${state}, its job ${job} after ${attempts} failures (${failure}), its end told ${ends} times`,
      );
    else if (!isPdf(join(dataDir, 'files', file_key))) journal.find('reports', `${key} has no file`);
  }
  if (rows.length - opening.reports !== journal.reports.length)
    journal.find('reports', `${journal.reports.length} were acknowledged, ${rows.length - opening.reports} are there`);
}

function isPdf(path: string): boolean {
  return readFileSync(path, 'latin1').startsWith('application/pdf\n%PDF');
}

async function checkTables({ ledger, journal, opening }: Audit): Promise<void> {
  const rows = await ledger.select(
    `select s.id, s.released_at, r.is_open, sum(e.type = 'seating.opened') opened, sum(e.type = 'seating.closed') closed
     from {layout}.seating s left join {layout}.outbox_event e on e.aggregate_id = s.id
     left join {orders}.seating_replica r on r.id = s.id group by s.id, s.released_at, r.is_open`,
  );
  const byId = new Map(rows.map((row) => [row['id'], row]));
  for (const id of journal.seatings) {
    const { released_at, is_open, opened, closed } = byId.get(id) ?? {};
    if (!released_at || Number(is_open) !== 0 || Number(opened) !== 1 || Number(closed) !== 1)
      journal.find(
        'tables',
        `${id} was left at ${released_at}, orders has it as ${is_open}, told ${opened} and ${closed} times`,
      );
  }
  if (new Set(journal.seatings).size !== journal.seatings.length)
    journal.find('tables', 'a seating was given out twice');
  if (rows.length - opening.seatings !== journal.seatings.length)
    journal.find(
      'tables',
      `${journal.seatings.length} parties were seated, ${rows.length - opening.seatings} are there`,
    );
}

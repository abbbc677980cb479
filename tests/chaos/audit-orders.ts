import type { JournalOrder } from './journal.js';
import type { Audit } from './opening.js';

type Rows = Record<string, any>[];

/** Orders, their lines and steps, and their payments: each acknowledged one once, and no other. */
export async function auditOrders(audit: Audit): Promise<void> {
  const { ledger, run } = audit;
  const mine = [`${run}-%`];
  const orders = await ledger.select('select * from {orders}.order_ticket where note like ?', mine);
  const lines = await ledger.select(ofMyOrders('order_line', 'position'), mine);
  const steps = await ledger.select(ofMyOrders('order_workflow_event', 'at, x.id'), mine);
  const payments = await ledger.select(ofMyOrders('payment', 'id'), mine);
  checkOrders(audit, orders, lines);
  await checkNumbers(audit);
  checkSteps(audit, orders, steps);
  checkPayments(audit, orders, payments);
  await checkEveryPaid(audit);
}

function ofMyOrders(table: string, sort: string): string {
  return `select x.* from {orders}.${table} x join {orders}.order_ticket o on o.id = x.order_id where o.note like ? order by x.${sort}`;
}

function checkOrders({ journal }: Audit, orders: Rows, lines: Rows): void {
  const byNote = Map.groupBy(orders, ({ note }) => note);
  const linesOf = Map.groupBy(lines, ({ order_id }) => order_id);
  for (const { key, id, expectedMinor, lines: asked } of journal.orders) {
    const rows = byNote.get(key) ?? [];
    byNote.delete(key);
    if (rows.length !== 1 || rows[0]?.['id'] !== id) {
      journal.find(
        'orders',
        `${key} was acknowledged as ${id} and is ${rows.map((row) => row['id']).join() || 'lost'}`,
      );
      continue;
    }
    const kept = linesOf.get(id) ?? [];
    const sum = kept.reduce((total, line) => total + Number(line['total_minor']), 0);
    const isSame = text(kept, 'menu_item_id') === text(asked, 'menuItemId');
    if (!isSame || sum !== expectedMinor || Number(rows[0]['total_minor']) !== expectedMinor)
      journal.find('orders', `${key} was to cost ${expectedMinor}, has ${rows[0]['total_minor']} and lines of ${sum}`);
  }
  for (const note of byNote.keys()) journal.find('orders', `${note} is there and was never acknowledged`);
}

const text = (lines: readonly Record<string, any>[], item: string) =>
  lines
    .map((line) => `${line[item]} ${line['quantity']}`)
    .toSorted()
    .join();

/** Order numbers of a day count from 1 without gaps: whoever lost a transaction lost its number too. */
async function checkNumbers({ ledger, journal, run }: Audit): Promise<void> {
  const rows = await ledger.select(
    `select o.outlet_id, o.business_day, count(*) n, count(distinct o.number) numbers, c.last_number last
     from {orders}.order_ticket o
     join {orders}.order_counter c on c.outlet_id = o.outlet_id and c.business_day = o.business_day
     where (o.outlet_id, o.business_day) in (select outlet_id, business_day from {orders}.order_ticket where note like ?)
     group by o.outlet_id, o.business_day, c.last_number`,
    [`${run}-%`],
  );
  if (rows.length === 0) journal.find('orders', 'no order of this run has a number');
  for (const { outlet_id, n, numbers, last } of rows)
    if (n !== numbers || n !== last)
      journal.find('orders', `${outlet_id} has ${n} orders, ${numbers} numbers up to ${last}`);
}

function checkSteps({ journal }: Audit, orders: Rows, steps: Rows): void {
  const stepsOf = Map.groupBy(steps, ({ order_id }) => order_id);
  const statusOf = new Map(orders.map(({ id, status }) => [id, status]));
  for (const { key, id, statuses } of journal.orders) {
    const taken = stepsOf.get(id) ?? [];
    const chain = taken.map((step) => `${step['from_status'] ?? ''}>${step['to_status']}`).join(' ');
    const expected = statuses.map((status, index) => `${statuses[index - 1] ?? ''}>${status}`).join(' ');
    if (chain !== expected) journal.find('steps', `${key} went ${chain}, not ${expected}`);
    if (statusOf.get(id) !== statuses.at(-1))
      journal.find('steps', `${key} is ${statusOf.get(id)}, not ${statuses.at(-1)}`);
  }
}

function checkPayments({ journal }: Audit, orders: Rows, payments: Rows): void {
  const rest = new Map(payments.map((payment) => [payment['id'], payment]));
  for (const { key, id, orderId, amountMinor } of journal.payments) {
    const row = rest.get(id);
    rest.delete(id);
    if (row?.['order_id'] !== orderId || Number(row['amount_minor']) !== amountMinor)
      journal.find(
        'payments',
        `${key} of ${amountMinor} was acknowledged as ${id} and is ${row?.['amount_minor'] ?? 'lost'}`,
      );
  }
  for (const id of rest.keys()) journal.find('payments', `${id} was taken and never acknowledged`);
  const paidOf = new Map(orders.map(({ id, paid_minor }) => [id, Number(paid_minor)]));
  for (const order of journal.orders) {
    if (paidOf.get(order.id) !== dueOf(order))
      journal.find('payments', `${order.key} has ${paidOf.get(order.id)} paid`);
  }
}

/** Completed orders are paid in full by whoever serves them, and others not at all. */
function dueOf({ statuses, expectedMinor }: JournalOrder): number {
  return statuses.includes('COMPLETED') ? expectedMinor : 0;
}

/** Of every order there is, not of this run alone: paid is the sum of its payments, and each payment has its line in the log. */
async function checkEveryPaid({ ledger, journal }: Audit): Promise<void> {
  const wrong = await ledger.select(
    `select o.id, o.paid_minor, coalesce(p.paid, 0) paid from {orders}.order_ticket o
     left join (select order_id, sum(amount_minor) paid from {orders}.payment group by order_id) p on p.order_id = o.id
     where o.paid_minor <> coalesce(p.paid, 0)`,
  );
  for (const { id, paid_minor, paid } of wrong)
    journal.find('payments', `${id} says ${paid_minor} paid, its payments ${paid}`);
  const unlogged = await ledger.select(
    `select p.id, count(l.id) n from {orders}.payment p left join {orders}.payment_log l on l.payment_id = p.id and l.amount_minor = p.amount_minor
     join {orders}.order_ticket o on o.id = p.order_id where o.note is not null group by p.id having n <> 1`,
  );
  for (const { id, n } of unlogged) journal.find('payments', `${id} has ${n} lines in the log`);
}

import { subgraphNames, type SubgraphName } from '../../platform/events/catalogue.js';
import { listUnsettled } from './ledger.js';
import type { Audit } from './opening.js';

/** Events: each once in the outbox, published without gaps, applied by every reader and heard by every subscriber. */
export async function auditStreams(audit: Audit): Promise<void> {
  for (const open of await listUnsettled(audit.ledger)) audit.journal.find('consumers', open);
  for (const name of subgraphNames) await checkPositions(audit, name);
  await checkOrderEvents(audit);
  await checkPaymentEvents(audit);
  for (const reading of readings) await checkReading(audit, reading);
  await checkSubscribers(audit);
}

async function checkPositions({ ledger, journal }: Audit, name: SubgraphName): Promise<void> {
  const [row] = await ledger.select(
    `select count(*) n, count(distinct e.published_seq) places, min(e.published_seq) first, max(e.published_seq) latest, h.last_seq head
     from {${name}}.outbox_event e, {${name}}.stream_head h group by h.last_seq`,
  );
  // One that has told nothing yet.
  if (!row) return;
  const { n, places, first, latest, head } = row;
  if (n !== places || Number(first) !== 1 || Number(latest) !== n || Number(head) !== n)
    journal.find('outbox', `${name} has ${n} events at ${places} places from ${first} to ${latest}, head ${head}`);
}

/** In published order, the events of an order tell exactly the steps that were acknowledged. */
async function checkOrderEvents({ ledger, journal, run }: Audit): Promise<void> {
  const rows = await ledger.select(
    `select e.aggregate_id, e.type, json_value(e.payload, '$.status') status, json_value(e.payload, '$.to') step
     from {orders}.outbox_event e join {orders}.order_ticket o on o.id = e.aggregate_id
     where o.note like ? order by e.published_seq`,
    [`${run}-%`],
  );
  const eventsOf = Map.groupBy(rows, ({ aggregate_id }) => aggregate_id);
  for (const { key, id, statuses } of journal.orders) {
    const events = eventsOf.get(id) ?? [];
    const told = events.flatMap(({ type, status, step }) =>
      type === 'order.placed' ? [status] : type === 'order.status-changed' ? [step] : [],
    );
    const count = (wanted: string) => events.filter(({ type }) => type === wanted).length;
    const isOnce = ([type, status]: readonly [string, string]) => count(type) === (statuses.includes(status) ? 1 : 0);
    const areOnce = (
      [
        ['order.fired', 'QUEUED'],
        ['order.completed', 'COMPLETED'],
      ] as const
    ).every(isOnce);
    if (told.join() !== statuses.join() || !areOnce)
      journal.find(
        'outbox',
        `${key} went ${statuses.join()}, its events ${events.map(({ type, step }) => step ?? type).join()}`,
      );
  }
}

async function checkPaymentEvents({ ledger, journal }: Audit): Promise<void> {
  const rows = await ledger.select("select aggregate_id from {orders}.outbox_event where type = 'payment.captured'");
  const told = Map.groupBy(rows, ({ aggregate_id }) => aggregate_id);
  for (const { key, id } of journal.payments) {
    const times = told.get(id)?.length ?? 0;
    if (times !== 1) journal.find('outbox', `${key} is told ${times} times`);
  }
}

interface Reading {
  readonly reader: SubgraphName;
  readonly source: SubgraphName;
  readonly types: readonly string[];
}

const readings: readonly Reading[] = [
  { reader: 'inventory', source: 'orders', types: ['order.fired'] },
  {
    reader: 'insights',
    source: 'orders',
    types: ['order.placed', 'order.status-changed', 'order.completed', 'payment.captured'],
  },
  { reader: 'orders', source: 'layout', types: ['seating.opened', 'seating.closed'] },
];

/** An event is remembered in the transaction of its effect, under a key: it is there once or the effect is not. */
async function checkReading({ ledger, journal }: Audit, { reader, source, types }: Reading): Promise<void> {
  const [row] = await ledger.select(
    `select count(*) n, sum(c.event_id is null) unread from {${source}}.outbox_event e
     left join {${reader}}.consumed_event c on c.event_id = e.id where e.type in (?)`,
    [types],
  );
  if (Number(row?.['n']) === 0) journal.find('consumers', `${source} has told nothing that ${reader} reads`);
  if (Number(row?.['unread']) > 0)
    journal.find('consumers', `${reader} has left out ${row?.['unread']} of ${row?.['n']} events of ${source}`);
}

async function checkSubscribers({ ledger, journal, subscribers, opening }: Audit): Promise<void> {
  for (const { outletId, events } of subscribers) {
    const rows = await ledger.select(
      `select e.published_seq seq, e.aggregate_id id, h.epoch,
         coalesce(json_value(e.payload, '$.to'), json_value(e.payload, '$.status')) status
       from {orders}.outbox_event e, {orders}.stream_head h
       where e.outlet_id = ? and e.published_seq > ? and e.type in ('order.placed', 'order.status-changed')
       order by e.published_seq`,
      [outletId, opening.ordersSeq],
    );
    const expected = rows.map(({ epoch, seq, status }) => `${epoch}.${seq} ${status}`);
    const heard = events.map(({ cursor, status }) => `${cursor} ${status}`);
    const at = expected.findIndex((line, index) => line !== heard[index]);
    if (at !== -1 || heard.length !== expected.length)
      journal.find(
        'subscribers',
        `${outletId}: heard ${heard.length} of ${expected.length}, first difference at ${at}: ${expected[at]} / ${heard[at]}`,
      );
    const foreign = events.find(({ orderId }, index) => orderId !== null && orderId !== rows[index]?.['id']);
    if (foreign) journal.find('subscribers', `${outletId}: ${foreign.cursor} came with ${foreign.orderId}`);
  }
}

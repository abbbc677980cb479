import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { subgraphNames, type SubgraphName } from '../../platform/events/catalogue.js';

/** The databases of a cluster, read with SELECTs behind the back of everybody. */
export interface Ledger {
  /** Rows of a statement, in which `{orders}` and the like stand for the subgraphs' schemas. */
  select(statement: string, parameters?: readonly unknown[]): Promise<Record<string, any>[]>;
}

/** A ledger that connects for each statement, so that it outlives the server; big numbers that fit are numbers. */
export function createLedger({ databaseUrl, prefix }: { databaseUrl: string; prefix: string }): Ledger {
  const schemas = new Map<string, string>(subgraphNames.map((name) => [name, `\`${prefix}${name}\``]));
  return {
    select: async (statement, parameters = []) => {
      const text = statement.replaceAll(/\{(\w+)\}/g, (_, name: string) => schemas.get(name) ?? name);
      const connection = await createConnection({ uri: databaseUrl, decimalNumbers: true });
      try {
        const [rows] = await connection.query<RowDataPacket[]>(text, [...parameters]);
        return rows;
      } finally {
        await connection.end();
      }
    },
  };
}

/** The figures of the books at one moment. */
export type Balance = Readonly<Record<string, number>>;

const figures: Readonly<Record<string, string>> = {
  orders: 'select count(*) n from {orders}.order_ticket',
  'order lines': 'select count(*) n from {orders}.order_line',
  'order totals, minor units': 'select coalesce(sum(total_minor), 0) n from {orders}.order_ticket',
  'order steps': 'select count(*) n from {orders}.order_workflow_event',
  payments: 'select count(*) n from {orders}.payment',
  'payments, minor units': 'select coalesce(sum(amount_minor), 0) n from {orders}.payment',
  'paid of orders, minor units': 'select coalesce(sum(paid_minor), 0) n from {orders}.order_ticket',
  'stock movements': 'select count(*) n from {inventory}.stock_movement',
  'on hand, millions of micro units': 'select coalesce(sum(on_hand_micro), 0) / 1000000 n from {inventory}.stock_level',
  'moved, millions of micro units':
    'select coalesce(sum(quantity_micro), 0) / 1000000 n from {inventory}.stock_movement',
  'insights: orders placed': 'select coalesce(sum(orders_placed), 0) n from {insights}.daily_summary',
  'insights: paid, minor units': 'select coalesce(sum(paid_minor), 0) n from {insights}.daily_summary',
  seatings: 'select count(*) n from {layout}.seating',
  reports: 'select count(*) n from {insights}.report_job',
};

/** Reads the figures of all books and of all event streams. */
export async function readBalance(ledger: Ledger): Promise<Balance> {
  const balance: Record<string, number> = {};
  for (const [name, statement] of Object.entries(figures))
    balance[name] = Number((await ledger.select(statement))[0]?.['n']);
  for (const name of subgraphNames) balance[`events of ${name}`] = await countEvents(ledger, name);
  return balance;
}

async function countEvents(ledger: Ledger, name: SubgraphName): Promise<number> {
  const [row] = await ledger.select(`select count(*) n from {${name}}.outbox_event`);
  return Number(row?.['n']);
}

/** The cursor after the last published event of orders, for subscribers who begin now. */
export async function readOrdersCursor(ledger: Ledger): Promise<{ cursor: string; seq: number }> {
  const [head] = await ledger.select('select epoch, last_seq from {orders}.stream_head');
  return { cursor: `${head?.['epoch']}.${head?.['last_seq']}`, seq: Number(head?.['last_seq']) };
}

/** What has still to happen before the books can be closed: unpublished events, readers behind, unfinished reports. */
export async function listUnsettled(ledger: Ledger): Promise<string[]> {
  const open: string[] = [];
  for (const name of subgraphNames) {
    const [row] = await ledger.select(`select count(*) n from {${name}}.outbox_event where published_seq is null`);
    if (Number(row?.['n']) > 0) open.push(`${row?.['n']} events of ${name} are not published`);
    const behind = await ledger.select(cursorsBehind(name));
    open.push(...behind.map(({ source, seq, last }) => `${name} has read ${source} to ${seq} of ${last}`));
  }
  const jobs = await ledger.select("select id, state from {insights}.job where state in ('QUEUED', 'RUNNING')");
  return [...open, ...jobs.map(({ id, state }) => `job ${id} is ${state}`)];
}

function cursorsBehind(reader: SubgraphName): string {
  return subgraphNames
    .map(
      (source) =>
        `select c.source, c.seq, h.last_seq last from {${reader}}.stream_cursor c, {${source}}.stream_head h
         where c.source = '${source}' and c.seq <> h.last_seq`,
    )
    .join(' union all ');
}

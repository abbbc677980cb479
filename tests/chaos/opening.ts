import type { Journal } from './journal.js';
import type { Ledger } from './ledger.js';
import type { Subscriber } from './subscriber.js';

/** Everything the closing of the books needs. */
export interface Audit {
  readonly ledger: Ledger;
  readonly journal: Journal;
  /** Every order's note and every correction's reason begins with it. */
  readonly run: string;
  readonly dataDir: string;
  readonly subscribers: readonly Subscriber[];
  readonly opening: Opening;
}

/** What was there before, where the end alone cannot tell. */
export interface Opening {
  /** The last published position of orders, which subscribers began after. */
  readonly ordersSeq: number;
  /** On hand less the sum of movements, by outlet and item: 0 unless stock was written without its ledger. */
  readonly driftMicro: ReadonlyMap<string, number>;
  readonly seatings: number;
  readonly reports: number;
  /** Changes of stock that have no event: those the demo wrote in bulk. */
  readonly untoldMoves: number;
}

/** Reads what the books begin with. */
export async function openBooks(ledger: Ledger, ordersSeq: number): Promise<Opening> {
  const count = async (from: string) => Number((await ledger.select(`select count(*) n from ${from}`))[0]?.['n']);
  return {
    ordersSeq,
    driftMicro: await readDrift(ledger),
    seatings: await count('{layout}.seating'),
    reports: await count('{insights}.report_job'),
    untoldMoves: await countUntoldMoves(ledger),
  };
}

/** On hand less the sum of its movements, by outlet and item. */
export async function readDrift(ledger: Ledger): Promise<Map<string, number>> {
  const rows = await ledger.select(
    `select concat(l.outlet_id, ' ', l.item_id) place, l.on_hand_micro - coalesce(sum(m.quantity_micro), 0) drift
     from {inventory}.stock_level l
     left join {inventory}.stock_movement m on m.outlet_id = l.outlet_id and m.item_id = l.item_id
     group by l.outlet_id, l.item_id`,
  );
  return new Map(rows.map(({ place, drift }) => [place, Number(drift)]));
}

/** Causes that moved an item, less the events that told of one. */
export async function countUntoldMoves(ledger: Ledger): Promise<number> {
  const [row] = await ledger.select(
    `select (select count(distinct cause_id, item_id) from {inventory}.stock_movement where kind <> 'SHORTFALL')
          - (select count(*) from {inventory}.outbox_event where type = 'stock.moved') n`,
  );
  return Number(row?.['n']);
}

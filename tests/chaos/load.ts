import { newLoad, type Actor, type Load } from './actor.js';
import { runBackOffice } from './back-office.js';
import type { House } from './house.js';
import { serveGuest, serveParty } from './visits.js';

/** How much is going on. */
export interface LoadOptions extends Omit<Actor, 'house' | 'isOver'> {
  readonly houses: readonly House[];
  readonly durationMs: number;
  /** On a busy machine it goes on until so many orders are acknowledged. */
  readonly leastOrders: number;
  /** Tables served at a time in each house. */
  readonly tablesAtOnce: number;
}

// Where next to nothing works there is no use in going on.
const MOST_TIMES = 4;

/** Plays all houses until the time is over and every visit has ended as it should. */
export async function playLoad({ houses, ...options }: LoadOptions): Promise<void> {
  const startedAt = performance.now();
  const { durationMs, leastOrders, journal } = options;
  const isOver = () => {
    const passedMs = performance.now() - startedAt;
    return passedMs > durationMs && (journal.orders.length >= leastOrders || passedMs > durationMs * MOST_TIMES);
  };
  await Promise.all(
    houses.flatMap((house, place) => {
      const actor = (number: number) => newLoad({ ...options, house, isOver }, place * 100 + number);
      const tables = house.tables.splice(0, options.tablesAtOnce);
      return [
        ...tables.map((tableId, number) => whileOpen(actor(number), (load) => serveParty(load, tableId))),
        whileOpen(actor(90), serveGuest),
        whileOpen(actor(91), runBackOffice),
      ];
    }),
  );
}

async function whileOpen(load: Load, act: (load: Load) => Promise<void>): Promise<void> {
  while (!load.isOver()) {
    await act(load);
    await load.pause();
  }
}

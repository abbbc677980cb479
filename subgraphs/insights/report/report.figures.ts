import { z } from 'zod';
import { sumOf } from '../summary/summary.rules.js';

const method = z.object({ method: z.string(), amountMinor: z.number(), count: z.number() });
const day = z.object({
  businessDay: z.string(),
  salesMinor: z.number(),
  orders: z.number(),
  covers: z.number(),
  payments: z.array(method),
});

/** The figures of business days as a checkpoint keeps them. */
export const dayFigures = z.array(day);

/** Payments by one method: minor units and how many. */
export type MethodFigures = Readonly<z.infer<typeof method>>;

/** One business day of a report, in minor units; what was paid is the sum of its methods and nothing else, so that the two agree. */
export type DayFigures = Readonly<z.infer<typeof day>>;

/** What the days of a report come to. */
export interface Totals {
  readonly salesMinor: number;
  readonly paidMinor: number;
  readonly orders: number;
  readonly covers: number;
}

/** Captured payments of one day. */
export function paidOn({ payments }: DayFigures): number {
  return sumOf(payments, 'amountMinor');
}

/** The sums over all days. */
export function totalsOf(days: readonly DayFigures[]): Totals {
  return {
    salesMinor: sumOf(days, 'salesMinor'),
    paidMinor: days.reduce((total, figures) => total + paidOn(figures), 0),
    orders: sumOf(days, 'orders'),
    covers: sumOf(days, 'covers'),
  };
}

/** Payments of all days by method, the largest amount first. */
export function paymentMixOf(days: readonly DayFigures[]): MethodFigures[] {
  const byMethod = Map.groupBy(
    days.flatMap(({ payments }) => payments),
    (payment) => payment.method,
  );
  const mix = [...byMethod].map(([name, parts]) => ({
    method: name,
    amountMinor: sumOf(parts, 'amountMinor'),
    count: sumOf(parts, 'count'),
  }));
  return mix.sort((a, b) => b.amountMinor - a.amountMinor || a.method.localeCompare(b.method));
}

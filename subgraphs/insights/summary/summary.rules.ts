import { DateTime } from 'luxon';
import { createHash } from 'node:crypto';
import type { DayRule } from '../../../platform/domain/business-day.js';
import { idAt } from '../../../platform/domain/id.js';
import { money, type Money } from '../../../platform/domain/money.js';
import { instant, plusMs } from '../../../platform/process/clock.js';

const QUARTER_MS = 15 * 60_000;
const HOURS = 24;

/** The id of an outlet's business day; it follows from the two, so that it never has to be looked up or chosen. */
export function summaryIdOf(outletId: string, businessDay: string): string {
  const bytes = createHash('sha256').update(`${outletId} ${businessDay}`).digest().values();
  return idAt('sum', instant(`${businessDay}T00:00:00Z`), () => (bytes.next().value ?? 0) / 256);
}

/** The quarter of an hour an instant lies in, as ISO 8601 text in UTC of its start. */
export function quarterOf(time: Date): string {
  return plusMs(time, -(time.getTime() % QUARTER_MS)).toISOString();
}

/** Sales of a quarter of an hour, or of the local hour it is part of. */
export interface QuarterSales {
  readonly startsAt: string;
  readonly orders: number;
  readonly salesMinor: number;
}

/** Sales of one hour of the outlet's clock, 0 to 23. */
export interface HourSales {
  readonly hour: number;
  readonly orders: number;
  readonly salesMinor: number;
}

/** The 24 hours of a business day by the outlet's clock, beginning with the hour of the cut-off; an hour the clocks repeat is one. */
export function salesByHour(quarters: readonly QuarterSales[], { timeZone, cutOff }: DayRule): HourSales[] {
  const byHour = Map.groupBy(quarters, ({ startsAt }) => DateTime.fromISO(startsAt, { zone: timeZone }).hour);
  const first = Number(cutOff.slice(0, 2));
  return Array.from({ length: HOURS }, (_, index) => {
    const hour = (first + index) % HOURS;
    const parts = byHour.get(hour) ?? [];
    return { hour, orders: sumOf(parts, 'orders'), salesMinor: sumOf(parts, 'salesMinor') };
  });
}

/** What completed orders came to on average, rounded to the nearest minor unit; null when there were none. */
export function averageOf(
  totalMinor: number,
  { orders, currency }: { orders: number; currency: string },
): Money | null {
  return orders === 0 ? null : money(Math.round(totalMinor / orders), currency);
}

/** The sum of one number of every row. */
export function sumOf<Key extends string>(rows: readonly { readonly [K in Key]: number }[], key: Key): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

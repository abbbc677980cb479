import { DateTime } from 'luxon';
import { addDays } from '../../../platform/domain/business-day.js';
import { BadUserInput } from '../../../platform/domain/errors.js';

/** The most business days one report covers: a leap year. */
export const longestRangeDays = 366;

const lengths: ReadonlyMap<string, number> = new Map([
  ['24h', 1],
  ['7d', 7],
  ['30d', 30],
]);
const DATES = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/;
const FORMS = `Write "24h" (the current business day), "7d", "30d", or two days such as "2026-03-01..2026-03-31", at most ${longestRangeDays} days.`;

/** Business days of one outlet, the first and the last included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/**
 * Reads a range: "24h", "7d" and "30d" are the last 1, 7 and 30 business days with the current one, so that every figure belongs
 * to a whole business day; "from..to" names both days. Throws BadUserInput saying the forms.
 */
export function parseRange(text: string, today: string): DayRange {
  const length = lengths.get(text);
  if (length) return { from: addDays(today, 1 - length), to: today };
  const [, from, to] = DATES.exec(text) ?? [];
  if (!from || !to || !isDay(from) || !isDay(to))
    throw new BadUserInput(`"${text.slice(0, 50)}" is not a range. ${FORMS}`, ['range']);
  if (from > to) throw new BadUserInput(`The range ends before it begins. ${FORMS}`, ['range']);
  if (to > addDays(from, longestRangeDays - 1)) throw new BadUserInput(`The range is too long. ${FORMS}`, ['range']);
  return { from, to };
}

function isDay(text: string): boolean {
  return DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

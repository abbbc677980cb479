import { DateTime, IANAZone } from 'luxon';

/** Where and when an outlet's day begins: its IANA zone and the local time at which one business day ends, such as "04:00". */
export interface DayRule {
  readonly timeZone: string;
  readonly cutOff: string;
}

/** The business day ("2026-03-29") that an instant belongs to; each instant belongs to exactly one. */
export function businessDayOf(instant: Date, rule: DayRule): string {
  const local = DateTime.fromJSDate(instant, { zone: rule.timeZone });
  const day = local.toISODate() ?? unknownZone(rule);
  return instant < startOf(day, rule) ? previousDay(day) : day;
}

/** The instants at which a business day begins (inclusive) and ends (exclusive); 23 or 25 hours apart when clocks change. */
export function businessDayBounds(day: string, rule: DayRule): { from: Date; to: Date } {
  return { from: startOf(day, rule), to: startOf(addDays(day, 1), rule) };
}

/** The calendar day a number of days after another; negative goes back. */
export function addDays(day: string, count: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: count }).toISODate() ?? invalidDay(day);
}

/** Every day from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Whether the text names a zone this runtime knows; "local" and offsets such as "+05:30" name none. */
export function isTimeZone(text: string): boolean {
  return /^[A-Za-z]/.test(text) && IANAZone.isValidZone(text);
}

// A cut-off inside a spring gap moves forward with the clock (luxon's rule), so days still tile time.
function startOf(day: string, rule: DayRule): Date {
  const start = DateTime.fromISO(`${day}T${rule.cutOff}`, { zone: rule.timeZone });
  return start.isValid ? start.toJSDate() : unknownZone(rule);
}

function previousDay(day: string): string {
  return addDays(day, -1);
}

function unknownZone(rule: DayRule): never {
  throw new Error(`Not a time zone with a cut-off: ${rule.timeZone} ${rule.cutOff}`);
}

function invalidDay(day: string): never {
  throw new Error(`Not a calendar day: ${day}`);
}

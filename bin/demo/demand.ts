import { businessDayBounds } from '../../platform/domain/business-day.js';
import { holidayOn, type Country } from './holidays.js';

// Sunday to Saturday: quiet start of the week, full Fridays and Saturdays.
const weekdayShare = [1.06, 0.78, 0.82, 0.9, 1, 1.28, 1.36];
const holidayShare = { BUSY: 1.25, CLOSED: 0 };
// What trade grew by in the 120 days before today.
const growth = 0.08;
const growthDays = 120;
const utc = { timeZone: 'UTC', cutOff: '00:00' };

/** A past day's share of today's average trade, before chance: 0 where it was closed, else by weekday, holiday and the growth since. */
export function demandOn(day: string, { daysAgo, country }: { daysAgo: number; country: Country }): number {
  const weekday = weekdayShare[businessDayBounds(day, utc).from.getUTCDay()] ?? 1;
  const holiday = holidayOn(country, day);
  return weekday * (holiday ? holidayShare[holiday.trade] : 1) * (1 + growth) ** (-daysAgo / growthDays);
}

import { DateTime } from 'luxon';
import { addDays } from '../domain/business-day.js';
import { weekdays, type OpenInterval, type OutletDetails } from './outlet-details.js';

/** What says when an outlet is open. */
export interface OutletHours extends Pick<OutletDetails, 'openingHours' | 'specialDays'> {
  readonly timeZone: string;
}

/** Whether an outlet's hours have it open at an instant; always where no hours were told. Its closing time is the first at which it is closed. */
export function isOpenAt(hours: OutletHours, at: Date): boolean {
  const today = DateTime.fromJSDate(at, { zone: hours.timeZone }).toISODate();
  if (today === null) throw new Error(`Not a time zone: ${hours.timeZone}`);
  // No interval lasts longer than a day, so only what began yesterday can still go on.
  return [addDays(today, -1), today].some((day) =>
    intervalsOf(hours, day).some((interval) => {
      const { from, to } = boundsOf(interval, day, hours.timeZone);
      return from <= at.getTime() && at.getTime() < to;
    }),
  );
}

/** The intervals that begin on a day of the calendar: those of a special day, or of its weekday. */
export function intervalsOf({ openingHours, specialDays }: OutletHours, day: string): readonly OpenInterval[] {
  const special = specialDays.find(({ date }) => date === day);
  if (special) return special.intervals;
  if (openingHours.length === 0) return [{ opensAt: '00:00', closesAt: '00:00' }];
  const weekday = weekdays[DateTime.fromISO(day, { zone: 'utc' }).weekday - 1];
  return openingHours.find((hours) => hours.weekday === weekday)?.intervals ?? [];
}

// Where clocks are put back a time comes twice: it opens at the first and closes at the last. Where they are put
// forward a time is missing: it moves with the clock, as the business day does.
function boundsOf({ opensAt, closesAt }: OpenInterval, day: string, timeZone: string): { from: number; to: number } {
  const lastDay = closesAt > opensAt ? day : addDays(day, 1);
  return {
    from: Math.min(...instantsOf(day, opensAt, timeZone)),
    to: Math.max(...instantsOf(lastDay, closesAt, timeZone)),
  };
}

function instantsOf(day: string, time: string, zone: string): number[] {
  return DateTime.fromISO(`${day}T${time}`, { zone })
    .getPossibleOffsets()
    .map((instant) => instant.toMillis());
}

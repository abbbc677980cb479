import { BadUserInput } from '../../../platform/domain/errors.js';
import { requireText } from '../../../platform/domain/text.js';
import {
  weekdays,
  type OpenInterval,
  type SpecialDay,
  type Weekday,
  type WeekdayHours,
} from '../../../platform/replicas/outlet-details.js';

type Field = readonly string[];

/** A day of the week as clients state it. */
export interface StatedWeekday {
  readonly weekday: Weekday;
  readonly intervals: readonly OpenInterval[];
}

const mostIntervals = 6;
const mostSpecialDays = 200;
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/** The hours of a week; throws BadUserInput where a day comes twice or two intervals overlap, those across midnight included. */
export function requireOpeningHours(stated: readonly StatedWeekday[]): WeekdayHours[] {
  const hours = stated.map(({ weekday, intervals }, index) => {
    const at = ['openingHours', String(index)];
    if (stated.findIndex((other) => other.weekday === weekday) !== index)
      throw new BadUserInput('This day is there already.', [...at, 'weekday']);
    return { weekday, intervals: requireIntervals(intervals, at) };
  });
  const spans = hours.flatMap(({ weekday, intervals }, day) =>
    intervals.map((interval, index) =>
      spanOf(interval, weekdays.indexOf(weekday) * dayMinutes, [
        'openingHours',
        String(day),
        'intervals',
        String(index),
      ]),
    ),
  );
  refuseOverlaps(spans);
  const inOrder = spans.toSorted((a, b) => a.from - b.from);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (first && last && last !== first && last.to - weekMinutes > first.from)
    throw new BadUserInput('It ends when the outlet has opened again.', [...last.field, 'closesAt']);
  return hours;
}

/** Days with hours of their own, in the calendar's order; throws BadUserInput where a date comes twice or intervals overlap. */
export function requireSpecialDays(stated: readonly SpecialDay[]): SpecialDay[] {
  if (stated.length > mostSpecialDays)
    throw new BadUserInput(`There are at most ${mostSpecialDays} special days.`, ['specialDays']);
  const days = stated.map(({ date, name, intervals }, index) => {
    const at = ['specialDays', String(index)];
    if (stated.findIndex((other) => other.date === date) !== index)
      throw new BadUserInput('This date is there already.', [...at, 'date']);
    const hours = requireIntervals(intervals, at);
    refuseOverlaps(hours.map((interval, place) => spanOf(interval, 0, [...at, 'intervals', String(place)])));
    return { date, name: requireText(name, { field: [...at, 'name'], maximum: 60 }), intervals: hours };
  });
  return days.toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

function requireIntervals(stated: readonly OpenInterval[], at: Field): OpenInterval[] {
  if (stated.length > mostIntervals)
    throw new BadUserInput(`A day has at most ${mostIntervals} intervals.`, [...at, 'intervals']);
  return stated.map(({ opensAt, closesAt }, index) => ({
    opensAt: requireTime(opensAt, [...at, 'intervals', String(index), 'opensAt']),
    closesAt: requireTime(closesAt, [...at, 'intervals', String(index), 'closesAt']),
  }));
}

function requireTime(text: string, field: Field): string {
  const match = /^((?:[01]\d|2[0-3]):[0-5]\d)(?::00(?:\.0+)?)?$/.exec(text);
  if (!match?.[1]) throw new BadUserInput('It must be a whole minute from "00:00" to "23:59".', field);
  return match[1];
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly field: Field;
}

function spanOf({ opensAt, closesAt }: OpenInterval, dayStart: number, field: Field): Span {
  const from = dayStart + minutesOf(opensAt);
  const to = dayStart + minutesOf(closesAt) + (closesAt > opensAt ? 0 : dayMinutes);
  return { from, to, field };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function refuseOverlaps(spans: readonly Span[]): void {
  const inOrder = spans.toSorted((a, b) => a.from - b.from);
  const overlapping = inOrder.find((span, index) => index > 0 && span.from < (inOrder[index - 1]?.to ?? 0));
  if (overlapping) throw new BadUserInput('The outlet is still open then.', [...overlapping.field, 'opensAt']);
}

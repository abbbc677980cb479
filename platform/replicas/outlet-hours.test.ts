import { IANAZone } from 'luxon';
import { instant, plusMs } from '../process/clock.js';
import type { SpecialDay, WeekdayHours } from './outlet-details.js';
import { isOpenAt } from './outlet-hours.rules.js';

// 2026-03-28 is a Saturday; Berlin's clocks go forward in the night to Sunday 29, and back in the night to Sunday 25 October.
const everyDay = (...intervals: [string, string][]): WeekdayHours[] =>
  (['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const).map((weekday) => ({
    weekday,
    intervals: intervals.map(([opensAt, closesAt]) => ({ opensAt, closesAt })),
  }));
const lunchAndDinner = everyDay(['11:30', '14:00'], ['18:00', '23:00']);
const bar = everyDay(['20:00', '02:30']);
const nightShift = everyDay(['02:15', '02:45']);
const dayAndNight = everyDay(['06:00', '06:00']);
const holiday = (date: string, ...intervals: [string, string][]): SpecialDay => ({
  date,
  name: 'Holiday',
  intervals: intervals.map(([opensAt, closesAt]) => ({ opensAt, closesAt })),
});

interface Case {
  openingHours?: WeekdayHours[];
  specialDays?: SpecialDay[];
  timeZone?: string;
}

const isOpen = ({ openingHours = [], specialDays = [], timeZone = 'Europe/Berlin' }: Case, at: string) =>
  isOpenAt({ openingHours, specialDays, timeZone }, instant(at));

describe('an outlet of several intervals a day', () => {
  it.each([
    ['before it opens', '2026-03-14T10:29:59.999Z', false],
    ['when it opens', '2026-03-14T10:30:00.000Z', true],
    ['until it closes', '2026-03-14T12:59:59.999Z', true],
    ['when it closes', '2026-03-14T13:00:00.000Z', false],
    ['in the afternoon', '2026-03-14T15:00:00.000Z', false],
    ['in the evening', '2026-03-14T21:30:00.000Z', true],
  ])('TS-19 %s', (_when, at, expected) => {
    expect(isOpen({ openingHours: lunchAndDinner }, at)).toBe(expected);
  });

  it('TS-19 is closed on days that have no hours', () => {
    const saturdays = lunchAndDinner.filter(({ weekday }) => weekday === 'SATURDAY');
    expect(isOpen({ openingHours: saturdays }, '2026-03-14T12:00:00.000Z')).toBe(true);
    expect(isOpen({ openingHours: saturdays }, '2026-03-15T12:00:00.000Z')).toBe(false);
  });

  it('TS-19 is open whenever it trades until hours are told', () => {
    expect(isOpen({}, '2026-03-14T03:00:00.000Z')).toBe(true);
  });
});

describe('hours across midnight', () => {
  it.each([
    ['go on after midnight', '2026-03-14T23:30:00.000Z', true],
    ['end on the day after', '2026-03-15T01:30:00.000Z', false],
    ['have not begun', '2026-03-14T18:59:59.000Z', false],
  ])('TS-19 %s', (_what, at, expected) => {
    expect(isOpen({ openingHours: bar }, at)).toBe(expected);
  });

  it('TS-19 run from the last day of the week into the first', () => {
    const sundays = bar.filter(({ weekday }) => weekday === 'SUNDAY');
    expect(isOpen({ openingHours: sundays }, '2026-03-16T00:00:00.000Z')).toBe(true);
    expect(isOpen({ openingHours: sundays }, '2026-03-15T00:00:00.000Z')).toBe(false);
  });

  it('TS-19 of a whole day leave no moment out', () => {
    for (let hour = 0; hour < 24; hour += 1)
      expect(isOpen({ openingHours: dayAndNight }, `2026-03-29T${String(hour).padStart(2, '0')}:00:00.000Z`)).toBe(
        true,
      );
  });
});

describe('special days', () => {
  it.each([
    ['closed all day', [holiday('2026-03-14')], '2026-03-14T12:00:00.000Z', false],
    ['the day after is as always', [holiday('2026-03-14')], '2026-03-15T12:00:00.000Z', true],
    ['other hours', [holiday('2026-03-14', ['15:00', '16:00'])], '2026-03-14T14:30:00.000Z', true],
    ['other hours instead of its own', [holiday('2026-03-14', ['15:00', '16:00'])], '2026-03-14T12:00:00.000Z', false],
    ['other hours across midnight', [holiday('2026-03-14', ['20:00', '03:00'])], '2026-03-15T01:30:00.000Z', true],
  ])('TS-19 %s', (_what, specialDays, at, expected) => {
    expect(isOpen({ openingHours: lunchAndDinner, specialDays }, at)).toBe(expected);
  });

  it('TS-19 do not cut the night short that began the day before', () => {
    const closedSunday = { openingHours: bar, specialDays: [holiday('2026-03-15')] };
    expect(isOpen(closedSunday, '2026-03-15T00:30:00.000Z')).toBe(true);
    expect(isOpen(closedSunday, '2026-03-15T20:30:00.000Z')).toBe(false);
    expect(isOpen(closedSunday, '2026-03-16T00:30:00.000Z')).toBe(false);
  });

  it('TS-19 are days of the outlet, not of the world', () => {
    const closed = {
      openingHours: lunchAndDinner,
      specialDays: [holiday('2026-03-15')],
      timeZone: 'Pacific/Kiritimati',
    };
    expect(isOpen(closed, '2026-03-14T22:30:00.000Z')).toBe(false);
    expect(isOpen({ ...closed, specialDays: [] }, '2026-03-14T22:30:00.000Z')).toBe(true);
  });
});

describe('nights in which clocks change', () => {
  it.each([
    ['forward: open until the gap', bar, '2026-03-29T00:59:59.000Z', true],
    ['forward: a closing time that is missing moves with the clock', bar, '2026-03-29T01:29:59.000Z', true],
    ['forward: and then it is closed', bar, '2026-03-29T01:30:00.000Z', false],
    ['forward: hours within the gap move with the clock', nightShift, '2026-03-29T01:20:00.000Z', true],
    ['forward: and end with it', nightShift, '2026-03-29T01:45:00.000Z', false],
    ['forward: and have not begun before it', nightShift, '2026-03-29T00:50:00.000Z', false],
    ['back: open at the first 02:00', bar, '2026-10-25T00:00:00.000Z', true],
    ['back: still open after the first 02:30', bar, '2026-10-25T00:45:00.000Z', true],
    ['back: open until the last 02:30', bar, '2026-10-25T01:29:59.000Z', true],
    ['back: and then it is closed', bar, '2026-10-25T01:30:00.000Z', false],
    ['back: hours in the doubled hour begin at the first', nightShift, '2026-10-25T00:15:00.000Z', true],
    ['back: and do not close in between', nightShift, '2026-10-25T01:00:00.000Z', true],
    ['back: and end at the last', nightShift, '2026-10-25T01:45:00.000Z', false],
  ])('S28 TS-15 %s', (_what, openingHours, at, expected) => {
    expect(isOpen({ openingHours }, at)).toBe(expected);
  });

  it.each([
    ['Asia/Kathmandu', 0],
    ['Europe/Berlin', 2],
    ['Pacific/Chatham', 2],
    ['Australia/Lord_Howe', 2],
    ['America/Santiago', 2],
    ['Africa/Cairo', 2],
    ['America/Havana', 2],
  ])('S28 in %s, where clocks change %i times a year, hours of a whole day leave no gap then', (timeZone, changes) => {
    const openingHours = everyDay(['00:00', '12:00'], ['12:00', '00:00']);
    const days = changesIn(timeZone);
    const halfHours = days.flatMap((day) =>
      Array.from({ length: 96 }, (_, half) => plusMs(day, (half - 24) * 1_800_000)),
    );

    const closed = halfHours.filter((at) => !isOpenAt({ openingHours, specialDays: [], timeZone }, at));

    expect(days).toHaveLength(changes);
    expect(closed).toEqual([]);
  });
});

/** Midnights before the days of 2026 on which the zone's distance from UTC changes. */
function changesIn(timeZone: string): Date[] {
  const zone = IANAZone.create(timeZone);
  const days = Array.from({ length: 365 }, (_, day) => plusMs(instant('2026-01-01T00:00:00.000Z'), day * 86_400_000));
  return days.filter((day) => zone.offset(day.getTime()) !== zone.offset(day.getTime() + 86_400_000));
}

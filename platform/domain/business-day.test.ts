import fc from 'fast-check';
import { addDays, businessDayBounds, businessDayOf, daysBetween, isTimeZone } from './business-day.js';

const mumbai = { timeZone: 'Asia/Kolkata', cutOff: '04:00' };
const lisbon = { timeZone: 'Europe/Lisbon', cutOff: '03:00' };
const at = (text: string) => new Date(text);

describe('the business day', () => {
  it.each([
    ['before the cut-off it is still yesterday', '2026-03-14T22:29:59.999Z', mumbai, '2026-03-14'],
    ['at the cut-off the next day begins', '2026-03-14T22:30:00.000Z', mumbai, '2026-03-15'],
    ['noon', '2026-03-15T06:30:00.000Z', mumbai, '2026-03-15'],
    ['a night in winter time', '2026-01-10T02:59:00.000Z', lisbon, '2026-01-09'],
    ['a night in summer time', '2026-07-10T02:00:00.000Z', lisbon, '2026-07-10'],
  ])('TS-15 %s', (_what, instant, rule, day) => {
    expect(businessDayOf(at(instant), rule)).toBe(day);
  });

  it.each([
    ['spring', '2026-03-28', 23],
    ['autumn', '2026-10-24', 25],
    ['an ordinary day', '2026-06-01', 24],
  ])('S28 LES-13 has the right length in %s', (_what, day, hours) => {
    const { from, to } = businessDayBounds(day, lisbon);
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(hours);
  });

  const zones = [
    'Asia/Kolkata',
    'Europe/Lisbon',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'Pacific/Chatham',
    'America/Sao_Paulo',
    'UTC',
  ];

  it('S28 puts every instant on exactly one business day, in every zone and at every cut-off', () => {
    const instants = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 11, 31) });
    fc.assert(
      fc.property(
        instants,
        fc.constantFrom(...zones),
        fc.constantFrom('00:00', '02:30', '04:00', '06:15'),
        (time, timeZone, cutOff) => {
          const instant = new Date(time);
          const day = businessDayOf(instant, { timeZone, cutOff });
          const { from, to } = businessDayBounds(day, { timeZone, cutOff });
          expect(from <= instant && instant < to).toBe(true);
          expect(businessDayBounds(addDays(day, 1), { timeZone, cutOff }).from).toEqual(to);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('counts days across months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02']);
    expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
  });

  it('knows zones by name', () => {
    const names = ['Asia/Kolkata', 'UTC', 'Mumbai', 'local', 'system', 'utc+3', '+05:30', ''];
    expect(names.filter(isTimeZone)).toEqual(['Asia/Kolkata', 'UTC']);
  });
});

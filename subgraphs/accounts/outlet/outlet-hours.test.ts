import type { OpenInterval, Weekday } from '../../../platform/replicas/outlet-details.js';
import { requireOpeningHours, requireSpecialDays } from './outlet-hours.rules.js';

const interval = (opensAt: string, closesAt: string): OpenInterval => ({ opensAt, closesAt });
const day = (weekday: Weekday, ...intervals: OpenInterval[]) => ({ weekday, intervals });
const special = (date: string, ...intervals: OpenInterval[]) => ({ date, name: 'Holiday', intervals });
const refusal = (...field: string[]) => expect.objectContaining({ name: 'BadUserInput', field });

describe('the hours of a week', () => {
  it.each([
    ['none', []],
    ['a closed day', [day('MONDAY')]],
    ['lunch and dinner, in any order', [day('MONDAY', interval('18:00', '23:00'), interval('11:30', '14:00'))]],
    ['one after the other', [day('MONDAY', interval('08:00', '12:00'), interval('12:00', '18:00'))]],
    [
      'across midnight until the next opening',
      [day('MONDAY', interval('20:00', '04:00')), day('TUESDAY', interval('04:00', '10:00'))],
    ],
    ['a whole day', [day('MONDAY', interval('06:00', '06:00')), day('TUESDAY', interval('06:00', '06:00'))]],
    [
      'from the last night of the week into the first morning',
      [day('SUNDAY', interval('20:00', '04:00')), day('MONDAY', interval('04:00', '10:00'))],
    ],
    ['six intervals', [day('MONDAY', ...[0, 1, 2, 3, 4, 5].map((hour) => interval(`0${hour}:00`, `0${hour}:30`)))]],
  ])('TS-19 are kept: %s', (_what, stated) => {
    expect(requireOpeningHours(stated)).toEqual(stated);
  });

  it('TS-19 are kept to the minute', () => {
    expect(requireOpeningHours([day('MONDAY', interval('08:00:00', '12:00:00.000'))])).toEqual([
      day('MONDAY', interval('08:00', '12:00')),
    ]);
  });

  it.each([
    ['a day twice', [day('MONDAY'), day('TUESDAY'), day('MONDAY')], ['2', 'weekday']],
    [
      'seven intervals',
      [day('MONDAY', ...Array<OpenInterval>(7).fill(interval('08:00', '09:00')))],
      ['0', 'intervals'],
    ],
    [
      'overlapping intervals',
      [day('MONDAY', interval('12:00', '14:00'), interval('08:00', '12:01'))],
      ['0', 'intervals', '0', 'opensAt'],
    ],
    [
      'the same twice',
      [day('MONDAY', interval('12:00', '14:00'), interval('12:00', '14:00'))],
      ['0', 'intervals', '1', 'opensAt'],
    ],
    [
      'a night into the next morning',
      [day('TUESDAY', interval('03:59', '10:00')), day('MONDAY', interval('20:00', '04:00'))],
      ['0', 'intervals', '0', 'opensAt'],
    ],
    [
      'the last night into the first morning',
      [day('MONDAY', interval('03:59', '10:00')), day('WEDNESDAY'), day('SUNDAY', interval('20:00', '04:00'))],
      ['2', 'intervals', '0', 'closesAt'],
    ],
    ['seconds', [day('MONDAY', interval('08:00:01', '09:00'))], ['0', 'intervals', '0', 'opensAt']],
    ['an hour there is not', [day('MONDAY', interval('08:00', '24:00'))], ['0', 'intervals', '0', 'closesAt']],
    ['no time', [day('MONDAY', interval('08:00', 'late'))], ['0', 'intervals', '0', 'closesAt']],
  ])('TS-19 are refused by the name of the field: %s', (_what, stated, field) => {
    expect(() => requireOpeningHours(stated)).toThrow(refusal('openingHours', ...field));
  });
});

describe('special days', () => {
  it('TS-19 are kept in the order of the calendar', () => {
    const days = [special('2026-12-25'), special('2026-01-26', interval('20:00', '02:00'))];
    expect(requireSpecialDays(days)).toEqual(days.toReversed());
  });

  it.each([
    ['a date twice', [special('2026-12-25'), special('2026-12-25')], ['1', 'date']],
    ['no name', [{ ...special('2026-12-25'), name: ' ' }], ['0', 'name']],
    ['a name of 61 characters', [{ ...special('2026-12-25'), name: 'x'.repeat(61) }], ['0', 'name']],
    [
      'overlapping intervals',
      [special('2026-12-25', interval('08:00', '10:00'), interval('09:00', '11:00'))],
      ['0', 'intervals', '1', 'opensAt'],
    ],
    ['a time there is not', [special('2026-12-25', interval('8:00', '10:00'))], ['0', 'intervals', '0', 'opensAt']],
  ])('TS-19 are refused by the name of the field: %s', (_what, days, field) => {
    expect(() => requireSpecialDays(days)).toThrow(refusal('specialDays', ...field));
  });

  it('TS-19 are at most 200', () => {
    const many = Array.from({ length: 201 }, (_, index) =>
      special(`20${10 + Math.floor(index / 28)}-01-${String(1 + (index % 28)).padStart(2, '0')}`),
    );
    expect(requireSpecialDays(many.slice(0, 200))).toHaveLength(200);
    expect(() => requireSpecialDays(many)).toThrow(refusal('specialDays'));
  });
});

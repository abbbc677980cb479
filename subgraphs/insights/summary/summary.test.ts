import { isId } from '../../../platform/domain/id.js';
import { averageOf, quarterOf, salesByHour, summaryIdOf } from './summary.rules.js';

describe('the id of a business day', () => {
  it('is an id, the same every time, and another for another outlet or day', () => {
    const ids = [
      summaryIdOf('out_a', '2026-03-14'),
      summaryIdOf('out_a', '2026-03-15'),
      summaryIdOf('out_b', '2026-03-14'),
    ];

    expect(ids.every((id) => isId('sum', id))).toBe(true);
    expect(new Set(ids).size).toBe(3);
    expect(summaryIdOf('out_a', '2026-03-14')).toBe(ids[0]);
  });
});

describe('the quarter of an instant', () => {
  it.each([
    ['2026-03-14T18:30:00.000Z', '2026-03-14T18:30:00.000Z'],
    ['2026-03-14T18:44:59.999Z', '2026-03-14T18:30:00.000Z'],
    ['2026-03-14T18:45:00.000Z', '2026-03-14T18:45:00.000Z'],
    ['2026-12-31T23:59:00.000Z', '2026-12-31T23:45:00.000Z'],
  ])('of %s begins at %s', (time, expected) => {
    expect(quarterOf(new Date(time))).toBe(expected);
  });
});

describe('sales by hour', () => {
  const sale = (startsAt: string, salesMinor = 100) => ({ startsAt, orders: 1, salesMinor });
  const hoursOf = (quarters: ReturnType<typeof sale>[], timeZone: string) =>
    salesByHour(quarters, { timeZone, cutOff: '04:00' }).flatMap(({ hour, orders, salesMinor }) =>
      orders ? [[hour, orders, salesMinor]] : [],
    );

  it('has all hours of the day, beginning with the cut-off', () => {
    const hours = salesByHour([], { timeZone: 'Asia/Kolkata', cutOff: '04:30' });

    expect(hours.map(({ hour }) => hour)).toEqual([...Array.from({ length: 20 }, (_, index) => index + 4), 0, 1, 2, 3]);
    expect(hours.every(({ orders, salesMinor }) => orders === 0 && salesMinor === 0)).toBe(true);
  });

  it.each([
    [
      'a zone of half an hour',
      'Asia/Kolkata',
      ['2026-03-14T18:15:00.000Z', '2026-03-14T18:30:00.000Z'],
      [
        [23, 1, 100],
        [0, 1, 100],
      ],
    ],
    [
      'a zone of three quarters',
      'Asia/Kathmandu',
      ['2026-03-14T18:00:00.000Z', '2026-03-14T18:15:00.000Z'],
      [
        [23, 1, 100],
        [0, 1, 100],
      ],
    ],
    [
      'the hour a spring night skips',
      'Europe/Paris',
      ['2026-03-29T00:45:00.000Z', '2026-03-29T01:00:00.000Z'],
      [
        [1, 1, 100],
        [3, 1, 100],
      ],
    ],
    [
      'the hour an autumn night repeats',
      'Europe/Paris',
      ['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z'],
      [[2, 2, 200]],
    ],
  ])('LES-13 goes by the clock on the wall in %s', (_what, timeZone, starts, expected) => {
    expect(
      hoursOf(
        starts.map((startsAt) => sale(startsAt)),
        timeZone,
      ),
    ).toEqual(expected);
  });
});

describe('the average order', () => {
  it.each([
    [0, 0, null],
    [1000, 3, 333],
    [2000, 3, 667],
    [-500, 2, -250],
  ])('of %i minor units in %i orders is %p', (totalMinor, orders, expected) => {
    expect(averageOf(totalMinor, { orders, currency: 'INR' })?.amountMinor ?? null).toBe(expected);
  });
});

import { paymentMixOf, totalsOf, type DayFigures } from './report.figures.js';
import { parseRange } from './report.range.js';
import { amountText, fileNameOf, rangeText } from './report.text.js';

describe('INS-02 a range', () => {
  it.each([
    ['24h', '2026-03-14', '2026-03-14'],
    ['7d', '2026-03-08', '2026-03-14'],
    ['30d', '2026-02-13', '2026-03-14'],
    ['2026-03-01..2026-03-31', '2026-03-01', '2026-03-31'],
    ['2026-03-14..2026-03-14', '2026-03-14', '2026-03-14'],
    ['2024-01-01..2024-12-31', '2024-01-01', '2024-12-31'],
    ['2024-02-29..2025-02-28', '2024-02-29', '2025-02-28'],
  ])('%s on 14 March is %s to %s', (text, from, to) => {
    expect(parseRange(text, '2026-03-14')).toEqual({ from, to });
  });

  it.each([
    ['', 'not a range'],
    ['1y', 'not a range'],
    ['24H', 'not a range'],
    ['2026-03-14', 'not a range'],
    ['2026-03-01..', 'not a range'],
    ['2026-02-30..2026-03-14', 'not a range'],
    ['2026-13-01..2026-13-02', 'not a range'],
    ['2026-03-01T00:00Z..2026-03-02T00:00Z', 'not a range'],
    ['2026-03-01..2026-03-31 or 1=1', 'not a range'],
    ['2026-03-14..2026-03-13', 'ends before it begins'],
    ['2026-01-01..2027-01-02', 'too long'],
    ['0001-01-01..9999-12-31', 'too long'],
  ])('%p is refused, saying the forms', (text, message) => {
    expect(() => parseRange(text, '2026-03-14')).toThrow(
      expect.objectContaining({ name: 'BadUserInput', field: ['range'] }),
    );
    expect(() => parseRange(text, '2026-03-14')).toThrow(message);
    expect(() => parseRange(text, '2026-03-14')).toThrow(
      'Write "24h" (the current business day), "7d", "30d", or two days',
    );
  });
});

describe('the figures of days', () => {
  const day = (businessDay: string, salesMinor: number, payments: DayFigures['payments']): DayFigures => ({
    businessDay,
    salesMinor,
    orders: 1,
    covers: 2,
    payments,
  });
  const days = [
    day('2026-03-13', 100, [{ method: 'CASH', amountMinor: 60, count: 2 }]),
    day('2026-03-14', 50, [
      { method: 'CARD', amountMinor: 70, count: 1 },
      { method: 'CASH', amountMinor: 20, count: 1 },
    ]),
  ];

  it('I18 add up to totals in which the payments of all methods are what was paid', () => {
    expect(totalsOf(days)).toEqual({ salesMinor: 150, paidMinor: 150, orders: 2, covers: 4 });
    expect(paymentMixOf(days)).toEqual([
      { method: 'CASH', amountMinor: 80, count: 3 },
      { method: 'CARD', amountMinor: 70, count: 1 },
    ]);
  });

  it('of no days are zeros', () => {
    expect([totalsOf([]), paymentMixOf([])]).toEqual([{ salesMinor: 0, paidMinor: 0, orders: 0, covers: 0 }, []]);
  });
});

describe('the words of a report', () => {
  it.each([
    [12_345_650, 'INR', '₹1,23,456.50'],
    [-5, 'INR', '−₹0.05'],
    [123_456_789, 'USD', '$1,234,567.89'],
    [1500, 'JPY', '¥1,500'],
    [1234, 'KWD', 'KWD\u00a01.234'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '€90,071,992,547,409.91'],
  ])('write %i minor units of %s as %s', (amountMinor, currency, expected) => {
    expect(amountText({ amountMinor, currency })).toBe(expected);
  });

  it('write a range as its days, or the one day', () => {
    expect(rangeText({ from: '2026-03-08', to: '2026-03-14' })).toBe('Sun, 8 Mar 2026 – Sat, 14 Mar 2026');
    expect(rangeText({ from: '2026-03-14', to: '2026-03-14' })).toBe('Sat, 14 Mar 2026');
  });

  it.each([
    ['Downtown Cafe', 'sales-Downtown-Cafe-2026-03-08-to-2026-03-14.pdf'],
    ['../"Ann\'s"/\u202e Café', 'sales-Ann-s-Café-2026-03-08-to-2026-03-14.pdf'],
    ['चाय घर', 'sales-चाय-घर-2026-03-08-to-2026-03-14.pdf'],
    ['★', 'sales-2026-03-08-to-2026-03-14.pdf'],
  ])('name the file of %p %s', (name, expected) => {
    expect(fileNameOf(name, { from: '2026-03-08', to: '2026-03-14' })).toBe(expected);
  });
});

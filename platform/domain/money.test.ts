import fc from 'fast-check';
import {
  addMoney,
  currencyDigits,
  formatAmount,
  money,
  parseMoney,
  subtractMoney,
  sumMoney,
  timesMoney,
} from './money.js';

describe('money', () => {
  it.each([
    ['INR', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('S26 knows that %s has %i decimals', (currency, digits) => {
    expect(currencyDigits(currency)).toBe(digits);
  });

  it.each([
    ['12.50', 'INR', 1_250],
    ['12.5', 'INR', 1_250],
    ['12', 'INR', 1_200],
    ['-0.01', 'EUR', -1],
    ['0', 'JPY', 0],
    ['1.234', 'KWD', 1_234],
    ['-0', 'EUR', 0],
  ])('reads %s %s as %i minor units', (text, currency, minor) => {
    expect(parseMoney(text, currency)).toEqual({ amountMinor: minor, currency });
  });

  it.each([
    ['12.505', 'INR'],
    ['1.5', 'JPY'],
    ['1e3', 'INR'],
    [' 1', 'INR'],
    ['1,5', 'EUR'],
    ['', 'EUR'],
    ['NaN', 'EUR'],
    ['99999999999999999', 'EUR'],
    ['100000000000000', 'KWD'],
    ['1', 'rupees'],
  ])('S26 refuses "%s" %s', (text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(expect.objectContaining({ name: 'BadUserInput' }));
  });

  it('S26 refuses amounts that are not safe integers', () => {
    expect(() => money(0.1 + 0.2, 'EUR')).toThrow('not whole');
    expect(() => timesMoney(money(2 ** 52, 'EUR'), 3)).toThrow('too large');
  });

  it('never adds across currencies', () => {
    expect(() => addMoney(money(1, 'EUR'), money(1, 'INR'))).toThrow(
      expect.objectContaining({ code: 'CURRENCY_MISMATCH' }),
    );
  });

  it('reads back every amount it writes', () => {
    const amounts = fc.tuple(fc.integer(), fc.constantFrom('INR', 'JPY', 'KWD', 'AED'));
    fc.assert(
      fc.property(amounts, ([minor, currency]) => {
        expect(parseMoney(formatAmount(money(minor, currency)), currency)).toEqual(money(minor, currency));
      }),
    );
  });

  it('LES-08 adds up exactly whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), (minors) => {
        const amounts = minors.map((minor) => money(minor, 'EUR'));
        const total = sumMoney(amounts, 'EUR');
        expect(sumMoney(amounts.toReversed(), 'EUR')).toEqual(total);
        expect(amounts.reduce(subtractMoney, total).amountMinor).toBe(0);
      }),
    );
  });
});

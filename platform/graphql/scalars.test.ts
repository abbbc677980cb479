import 'reflect-metadata';
import { parseValue, type GraphQLScalarType } from 'graphql';
import { BadUserInput } from '../domain/errors.js';
import { instant } from '../process/clock.js';
import { CurrencyCode, DateTime, Decimal, EmailAddress, LocalDate, LocalTime, UrlScalar } from './scalars.js';
import { fromMoneyInput, toMoney } from './shared-types.js';

const noon = instant('2026-03-14T12:00:00.123Z');

describe('a scalar', () => {
  it.each<[GraphQLScalarType, unknown, unknown]>([
    [Decimal, '12.50', '12.50'],
    [Decimal, '-0.000000001', '-0.000000001'],
    [Decimal, '999999999999999', '999999999999999'],
    [Decimal, 12, '12'],
    [CurrencyCode, 'INR', 'INR'],
    [CurrencyCode, 'JPY', 'JPY'],
    [DateTime, '2026-03-14T12:00:00.123Z', noon],
    [DateTime, '2026-03-14T17:30:00.123+05:30', noon],
    [LocalDate, '2024-02-29', '2024-02-29'],
    [LocalTime, '04:00', '04:00'],
    [EmailAddress, 'ann@example.com', 'ann@example.com'],
  ])('%s takes %j', (scalar, given, inside) => {
    expect(scalar.parseValue(given)).toEqual(inside);
    expect(scalar.parseLiteral(parseValue(JSON.stringify(given)), {})).toEqual(inside);
  });

  it.each<[GraphQLScalarType, unknown]>([
    [Decimal, 12.5],
    [Decimal, 1e21],
    [Decimal, '1e3'],
    [Decimal, '1,50'],
    [Decimal, ' 1'],
    [Decimal, ''],
    [Decimal, '.5'],
    [Decimal, '5.'],
    [Decimal, '+5'],
    [Decimal, '٣'],
    [Decimal, '1'.repeat(16)],
    [Decimal, '0.1234567891'],
    [Decimal, null],
    [Decimal, true],
    [Decimal, ['1']],
    [CurrencyCode, 'inr'],
    [CurrencyCode, 'XXZ'],
    [CurrencyCode, 'RUPEES'],
    [CurrencyCode, ''],
    [CurrencyCode, 356],
    [CurrencyCode, null],
    [DateTime, '2026-03-14'],
    [DateTime, '2026-03-14T12:00:00'],
    [DateTime, '2026-02-30T12:00:00Z'],
    [DateTime, 'yesterday'],
    [LocalDate, '2026-02-29'],
    [LocalDate, '2026-2-1'],
    [LocalDate, '2026-03-14T12:00:00Z'],
    [LocalDate, 20260314],
    [LocalTime, '24:61'],
    [LocalTime, '4'],
    [EmailAddress, 'ann'],
    [EmailAddress, 'ann@'],
    [UrlScalar, 'no link'],
    [UrlScalar, '/relative'],
  ])('%s refuses %j', (scalar, given) => {
    expect(() => scalar.parseValue(given)).toThrow();
    expect(() => scalar.parseLiteral(parseValue(JSON.stringify(given)), {})).toThrow();
  });

  it.each<[GraphQLScalarType, unknown, unknown]>([
    [Decimal, '12.50', '12.50'],
    [CurrencyCode, 'INR', 'INR'],
    [LocalDate, '2026-03-14', '2026-03-14'],
    [UrlScalar, 'https://example.com/a?b=c', 'https://example.com/a?b=c'],
  ])('%s gives out %j', (scalar, inside, given) => {
    expect(scalar.serialize(inside)).toEqual(given);
  });

  it('DateTime gives out UTC with milliseconds', () => {
    expect(JSON.stringify(DateTime.serialize(noon))).toBe('"2026-03-14T12:00:00.123Z"');
  });

  it('Decimal does not give out a float either', () => {
    expect(() => Decimal.serialize(0.1 + 0.2)).toThrow('no digit is lost');
  });

  it.each([Decimal, CurrencyCode, DateTime, LocalDate, LocalTime, EmailAddress, UrlScalar])(
    '%s says what it is and where that is written',
    (scalar) => {
      expect(scalar.description).toMatch(/\.$/);
      expect(scalar.specifiedByURL).toMatch(/^https:/);
    },
  );
});

describe('money for clients', () => {
  it.each([
    [1_250, 'INR', '12.50'],
    [1_250, 'JPY', '1250'],
    [1_250, 'KWD', '1.250'],
    [-5, 'INR', '-0.05'],
  ])('%i minor units of %s are %s, and come back the same', (amountMinor, currency, amount) => {
    expect(toMoney({ amountMinor, currency })).toEqual({ amount, currency });
    expect(fromMoneyInput({ amount, currency }, ['tip'])).toEqual({ amountMinor, currency });
  });

  it.each([
    ['12.505', 'INR'],
    ['0.5', 'JPY'],
    ['999999999999999.99', 'INR'],
  ])('%s %s is refused with the field it is about', (amount, currency) => {
    const read = () => fromMoneyInput({ amount, currency }, ['input', 'tip']);

    expect(read).toThrow(BadUserInput);
    expect(read).toThrow(expect.objectContaining({ field: ['input', 'tip'] }));
  });
});

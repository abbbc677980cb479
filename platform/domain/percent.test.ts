import { formatPercent, parsePercent } from './percent.js';

describe('a percentage', () => {
  it.each([
    ['0', 0, '0'],
    ['5', 50_000, '5'],
    ['8.875', 88_750, '8.875'],
    ['0.0001', 1, '0.0001'],
    ['12.50000', 125_000, '12.5'],
    ['100', 1_000_000, '100'],
    ['100.0000', 1_000_000, '100'],
  ])('S26 %p is exactly %p millionths', (text, ppm, told) => {
    expect(parsePercent(text, ['rate'])).toBe(ppm);
    expect(formatPercent(ppm)).toBe(told);
  });

  it.each(['100.0001', '101', '-1', '-0', '0.00001', '1e2', '1,5', '.5', '5.', '', ' 5', '٥'])(
    'S26 %p is refused by the name of its field',
    (text) => {
      expect(() => parsePercent(text, ['taxRules', '0', 'ratePercent'])).toThrow(
        expect.objectContaining({ name: 'BadUserInput', field: ['taxRules', '0', 'ratePercent'] }),
      );
    },
  );
});

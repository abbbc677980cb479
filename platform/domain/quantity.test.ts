import fc from 'fast-check';
import { dimensionOf, formatQuantity, parseQuantity, stockUnits } from './quantity.js';

describe('quantities', () => {
  it.each([
    ['1.5', 'KG', 1_500_000_000],
    ['1500', 'G', 1_500_000_000],
    ['0.25', 'L', 250_000_000],
    ['3', 'EACH', 3_000_000],
    ['0', 'ML', 0],
  ] as const)('LES-22 reads %s %s exactly', (text, unit, micro) => {
    expect(parseQuantity(text, unit)).toBe(micro);
  });

  it.each([
    ['-1', 'KG'],
    ['1e3', 'G'],
    ['', 'G'],
    ['0.0000001', 'G'],
    ['9999999999.9', 'KG'],
  ] as const)('refuses "%s" %s', (text, unit) => {
    expect(() => parseQuantity(text, unit)).toThrow(expect.objectContaining({ name: 'BadUserInput' }));
  });

  it('LES-22 writes what it reads, in every unit', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000_000), fc.constantFrom(...stockUnits), (micro, unit) => {
        expect(parseQuantity(formatQuantity(micro, unit), unit)).toBe(micro);
      }),
    );
  });

  it('writes negative quantities with one sign', () => {
    expect(formatQuantity(-1_500_000_000, 'KG')).toBe('-1.5');
  });

  it('tells what units measure', () => {
    expect(stockUnits.map(dimensionOf)).toEqual(['MASS', 'MASS', 'VOLUME', 'VOLUME', 'COUNT']);
  });
});

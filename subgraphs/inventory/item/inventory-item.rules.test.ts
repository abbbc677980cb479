import type { StockUnit } from '../../../platform/domain/quantity.js';
import { requireOnHand, requireQuantityOf, requireRoom, requireThresholds } from './inventory-item.rules.js';

const flour = { name: 'Flour', unit: 'KG' } as const;

describe('a stated quantity', () => {
  it.each<[string, StockUnit, number]>([
    ['1.5', 'KG', 1_500_000_000],
    ['1500', 'G', 1_500_000_000],
    ['0.000001', 'G', 1],
    ['0.1', 'KG', 100_000_000],
  ])('LES-22 of %s %s is %d micrograms exactly', (quantity, unit, micro) => {
    expect(requireQuantityOf(flour, { quantity, unit })).toBe(micro);
  });

  it.each<[string, string, StockUnit, string[]]>([
    ['zero', '0', 'KG', ['quantity']],
    ['negative', '-1', 'KG', ['quantity']],
    ['finer than can be kept', '0.0000001', 'G', ['quantity']],
    ['of another dimension', '1', 'L', ['unit']],
    ['counted in pieces', '1', 'EACH', ['unit']],
  ])('is refused when %s', (_what, quantity, unit, field) => {
    expect(() => requireQuantityOf(flour, { quantity, unit })).toThrow(expect.objectContaining({ field }));
  });

  it('names the line it is in', () => {
    expect(() => requireQuantityOf(flour, { quantity: '0', unit: 'KG' }, ['ingredients', '2'])).toThrow(
      expect.objectContaining({ field: ['ingredients', '2', 'quantity'] }),
    );
  });
});

describe('levels', () => {
  it('are kept in micro base units', () => {
    expect(requireThresholds({ minimum: '2', critical: '0.5' }, 'KG')).toEqual({
      minimumMicro: 2_000_000_000,
      criticalMicro: 500_000_000,
    });
  });

  it.each([
    ['critical above the minimum', '1', '2', 'critical'],
    ['a negative minimum', '-1', '0', 'minimum'],
    ['a negative critical level', '1', '-1', 'critical'],
  ])('refuse %s', (_what, minimum, critical, field) => {
    expect(() => requireThresholds({ minimum, critical }, 'KG')).toThrow(expect.objectContaining({ field: [field] }));
  });
});

describe('taking out', () => {
  it('says how much there is in the unit of the item', () => {
    expect(() => requireOnHand(1_500_000_000, 1_500_000_001, 'KG')).toThrow('Only 1.5 KG on hand.');
  });

  it('may take the last of it', () => {
    expect(() => requireOnHand(5, 5, 'G')).not.toThrow();
  });

  it('never counts beyond what is exact', () => {
    expect(() => requireRoom(Number.MAX_SAFE_INTEGER, 1)).toThrow('So much cannot be kept.');
    expect(() => requireRoom(Number.MAX_SAFE_INTEGER - 1, 1)).not.toThrow();
  });
});

import fc from 'fast-check';
import { neededByItem, type PortionedRecipe } from './consumption.rules.js';

function recipe(menuItemId: string, yieldPortions: number, ingredients: Record<string, number>): PortionedRecipe {
  const rows = Object.entries(ingredients).map(([itemId, quantityMicro]) => ({ itemId, quantityMicro }));
  return { menuItemId, yieldPortions, ingredients: rows };
}

const soup = recipe('soup', 3, { water: 100, salt: 1 });
const bread = recipe('bread', 2, { flour: 7, salt: 1 });

describe('what an order needs', () => {
  it.each([
    ['nothing of what has no recipe', [['tea', 4]], {}],
    ['a share of the yield, to the nearest', [['soup', 1]], { water: 33 }],
    [
      'thirds that add up to the whole',
      [
        ['soup', 1],
        ['soup', 1],
        ['soup', 1],
      ],
      { water: 100, salt: 1 },
    ],
    ['halves to the even neighbour', [['bread', 1]], { flour: 4 }],
    ['one and a half to two', [['bread', 3]], { flour: 10, salt: 2 }],
    [
      'one rounding for an item in two recipes',
      [
        ['soup', 1],
        ['bread', 1],
      ],
      { water: 33, salt: 1, flour: 4 },
    ],
  ] as const)('INV-16 is %s', (_what, sold, needs) => {
    const lines = sold.map(([menuItemId, quantity]) => ({ menuItemId, quantity }));

    expect(Object.fromEntries(neededByItem(lines, [soup, bread]))).toEqual(needs);
  });

  it('LES-22 is exact where a float is one off', () => {
    const quantityMicro = Number.MAX_SAFE_INTEGER;
    const needs = neededByItem([{ menuItemId: 'sea', quantity: 49 }], [recipe('sea', 51, { salt: quantityMicro })]);

    expect(needs.get('salt')).toBe(8_653_975_754_555_070);
    expect(Math.round((quantityMicro * 49) / 51)).toBe(8_653_975_754_555_069);
  });

  it('is at most what can be counted', () => {
    const needs = neededByItem([{ menuItemId: 'sea', quantity: 9_999 }], [recipe('sea', 1, { salt: 9e15 })]);

    expect(needs.get('salt')).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('does not depend on how the order is split into lines', () => {
    const sold = fc.array(
      fc.record({ menuItemId: fc.constantFrom('soup', 'bread'), quantity: fc.integer({ min: 1, max: 9 }) }),
    );

    fc.assert(
      fc.property(sold, (lines) => {
        const single = lines.flatMap(({ menuItemId, quantity }) =>
          Array.from({ length: quantity }, () => ({ menuItemId, quantity: 1 })),
        );
        expect(neededByItem(single.toReversed(), [bread, soup])).toEqual(neededByItem(lines, [bread, soup]));
      }),
    );
  });
});

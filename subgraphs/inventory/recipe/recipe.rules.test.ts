import { requireIngredients, requireYield } from './recipe.rules.js';

describe('a recipe', () => {
  it.each([0, -1, 1.5, 10_001])('does not make %d portions', (portions) => {
    expect(() => requireYield(portions)).toThrow(expect.objectContaining({ field: ['yieldPortions'] }));
  });

  it.each([1, 10_000])('may make %d portions', (portions) => {
    expect(requireYield(portions)).toBe(portions);
  });

  it.each([
    ['no ingredients', 0, ['ingredients']],
    ['101 ingredients', 101, ['ingredients']],
  ])('does not have %s', (_what, count, field) => {
    const ingredients = Array.from({ length: count }, (_, place) => ({ itemId: `inv_${place}` }));

    expect(() => requireIngredients(ingredients)).toThrow(expect.objectContaining({ field }));
  });

  it('has an item once, and says which line is the second', () => {
    const ingredients = ['a', 'b', 'a'].map((itemId) => ({ itemId }));

    expect(() => requireIngredients(ingredients)).toThrow(
      expect.objectContaining({ field: ['ingredients', '2', 'itemId'] }),
    );
  });
});

import { BadUserInput } from '../../../platform/domain/errors.js';

/** The most ingredients a recipe has. */
export const largestIngredientCount = 100;

/** The most portions one recipe makes. */
export const largestYield = 10_000;

/** Throws BadUserInput unless the recipe makes a whole number of portions, 1 to 10,000. */
export function requireYield(portions: number): number {
  if (Number.isInteger(portions) && portions >= 1 && portions <= largestYield) return portions;
  throw new BadUserInput(`A recipe makes 1 to ${largestYield} portions.`, ['yieldPortions']);
}

/** Throws BadUserInput unless there are 1 to 100 ingredients, each item once; returns the items' ids. */
export function requireIngredients(ingredients: readonly { readonly itemId: string }[]): string[] {
  if (ingredients.length < 1 || ingredients.length > largestIngredientCount) {
    throw new BadUserInput(`A recipe has 1 to ${largestIngredientCount} ingredients.`, ['ingredients']);
  }
  const itemIds = ingredients.map(({ itemId }) => itemId);
  const twice = itemIds.findIndex((itemId, position) => itemIds.indexOf(itemId) < position);
  if (twice >= 0) throw new BadUserInput('An item is in a recipe once.', ['ingredients', String(twice), 'itemId']);
  return itemIds;
}

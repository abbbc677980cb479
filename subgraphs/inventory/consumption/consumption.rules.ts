/** A recipe as the rule sees it: micro base units of items for so many portions. */
export interface PortionedRecipe {
  readonly menuItemId: string;
  readonly yieldPortions: number;
  readonly ingredients: readonly { readonly itemId: string; readonly quantityMicro: number }[];
}

/** What was sold: how many portions of which menu item. */
export interface SoldPortions {
  readonly menuItemId: string;
  readonly quantity: number;
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * What an order's lines need of each item, in whole micro base units.
 * The shares of all lines are added as exact fractions first and rounded half-even once per item, so that neither
 * the number of lines nor their order matters, and thirds of a yield add up to the whole.
 */
export function neededByItem(lines: readonly SoldPortions[], recipes: readonly PortionedRecipe[]): Map<string, number> {
  const needs = new Map<string, Fraction>();
  for (const recipe of recipes) {
    const portions = portionsOf(lines, recipe.menuItemId);
    for (const { itemId, quantityMicro } of recipe.ingredients) {
      const share = { numerator: BigInt(quantityMicro) * portions, denominator: BigInt(recipe.yieldPortions) };
      needs.set(itemId, add(needs.get(itemId) ?? { numerator: 0n, denominator: 1n }, share));
    }
  }
  const rounded = [...needs].map(([itemId, need]) => [itemId, toMicro(roundHalfEven(need))] as const);
  return new Map(rounded.filter(([, micro]) => micro > 0));
}

function portionsOf(lines: readonly SoldPortions[], menuItemId: string): bigint {
  return lines.reduce((sum, line) => (line.menuItemId === menuItemId ? sum + BigInt(line.quantity) : sum), 0n);
}

function add(a: Fraction, b: Fraction): Fraction {
  const divisor = greatestCommonDivisor(a.denominator, b.denominator);
  const denominator = (a.denominator / divisor) * b.denominator;
  const numerator = a.numerator * (denominator / a.denominator) + b.numerator * (denominator / b.denominator);
  return { numerator, denominator };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}

function roundHalfEven({ numerator, denominator }: Fraction): bigint {
  const whole = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
}

// No kitchen holds so much; an absurd order becomes an absurd shortfall and does not stop the orders behind it.
function toMicro(value: bigint): number {
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import type { Money } from '../../../platform/domain/money.js';

/** What a dish can be safe for. */
export const diets = [
  'VEGETARIAN',
  'VEGAN',
  'GLUTEN_FREE',
  'DAIRY_FREE',
  'NUT_FREE',
  'HALAL',
  'KOSHER',
  'JAIN',
] as const;
export type Diet = (typeof diets)[number];

/** The menu is public and read whole, so a brand's has an end. */
export const maximumCategories = 200;
/** How many dishes and drinks a brand may have. */
export const maximumItems = 2_000;

const MAXIMUM_REMAINING = 1_000_000;

/** Portions left: whole, from 0 to a million; null is unlimited. */
export function requireRemaining(remaining: number | null): number | null {
  if (remaining === null || (remaining >= 0 && remaining <= MAXIMUM_REMAINING)) return remaining;
  throw new BadUserInput(`What remains is between 0 and ${MAXIMUM_REMAINING}.`, ['remaining']);
}

/** A price in the outlet's currency, zero or more; throws CURRENCY_MISMATCH for another currency. */
export function requirePrice(price: Money, currency: string, field: readonly string[]): number {
  if (price.currency !== currency) {
    const message = `The outlet sells in ${currency}, not ${price.currency}.`;
    throw new DomainError('CURRENCY_MISMATCH', message, [...field, 'currency']);
  }
  if (price.amountMinor < 0) throw new BadUserInput('A price is not negative.', [...field, 'amount']);
  return price.amountMinor;
}

/** Each diet once, in the order of the list of diets. */
export function withoutRepetition(chosen: readonly Diet[]): Diet[] {
  return diets.filter((diet) => chosen.includes(diet));
}

/** Throws INVALID_STATE when there is no room for one more. */
export function requireRoom(count: number, maximum: number, what: string): void {
  if (count >= maximum) throw new DomainError('INVALID_STATE', `A brand has at most ${maximum} ${what}.`);
}

/** Whether a guest can order it now: not taken off, and not counted down to nothing. */
export function canBeOrdered(stock: { readonly isAvailable: boolean; readonly remaining: number | null }): boolean {
  return stock.isAvailable && stock.remaining !== 0;
}

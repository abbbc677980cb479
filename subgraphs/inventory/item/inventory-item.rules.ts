import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { dimensionOf, formatQuantity, parseQuantity, type StockUnit } from '../../../platform/domain/quantity.js';
import type { Thresholds } from './stock-level.state.js';

/** A quantity as a client states it. */
export interface StatedQuantity {
  readonly quantity: string;
  readonly unit: StockUnit;
}

/** Micro base units of a quantity above zero in a unit that converts into the item's; throws BadUserInput otherwise. */
export function requireQuantityOf(
  item: { readonly name: string; readonly unit: StockUnit },
  stated: StatedQuantity,
  at: readonly string[] = [],
): number {
  if (dimensionOf(stated.unit) !== dimensionOf(item.unit)) {
    throw new BadUserInput(`${item.name} is kept in ${item.unit}; ${stated.unit} does not convert into it.`, [
      ...at,
      'unit',
    ]);
  }
  const micro = parseQuantity(stated.quantity, stated.unit, [...at, 'quantity']);
  if (micro === 0) throw new BadUserInput('The quantity must be above zero.', [...at, 'quantity']);
  return micro;
}

/** The levels at which an item runs low, from decimals of its unit; throws BadUserInput unless critical ≤ minimum. */
export function requireThresholds(
  { minimum, critical }: { readonly minimum: string; readonly critical: string },
  unit: StockUnit,
): Thresholds {
  const minimumMicro = parseQuantity(minimum, unit, ['minimum']);
  const criticalMicro = parseQuantity(critical, unit, ['critical']);
  if (criticalMicro > minimumMicro) throw new BadUserInput('The critical level is at most the minimum.', ['critical']);
  return { minimumMicro, criticalMicro };
}

/** Throws OUT_OF_STOCK, saying how much there is, unless the quantity can be taken. */
export function requireOnHand(onHandMicro: number, neededMicro: number, unit: StockUnit): void {
  if (neededMicro <= onHandMicro) return;
  throw new DomainError('OUT_OF_STOCK', `Only ${formatQuantity(onHandMicro, unit)} ${unit} on hand.`, ['quantity']);
}

/** Throws BadUserInput when so much more would no longer be counted exactly. */
export function requireRoom(onHandMicro: number, addedMicro: number): void {
  if (!Number.isSafeInteger(onHandMicro + addedMicro)) throw new BadUserInput('So much cannot be kept.', ['quantity']);
}

/** Throws INVALID_STATE for an item that is no longer in use. */
export function requireInUse(
  item: { readonly name: string; readonly isArchived: boolean },
  field: readonly string[],
): void {
  if (item.isArchived) throw new DomainError('INVALID_STATE', `${item.name} is archived.`, field);
}

import { BadUserInput } from '../../../platform/domain/errors.js';

/** Largest position of a floor in its outlet's list. */
export const largestSortOrder = 10_000;

/** The least and the most a whole number may be, and the input field it came in. */
export interface Bounds {
  readonly field: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Throws BadUserInput unless the number is whole and within its bounds, both included; returns it. */
export function requireWithin(value: number, { field, from, to }: Bounds): number {
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new BadUserInput(`It must be between ${from} and ${to}.`, field);
  }
  return value;
}

/** Throws unless the number is a position in the list of floors, 0 to 10,000. */
export function requireSortOrder(sortOrder: number): number {
  return requireWithin(sortOrder, { field: ['sortOrder'], from: 0, to: largestSortOrder });
}

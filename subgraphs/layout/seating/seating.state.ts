import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { requireWithin } from '../floor/floor.rules.js';
import type { ServiceNodeKind } from '../node/node.rules.js';

/** Whether a party is still there. */
export const SeatingState = { OPEN: 'OPEN', RELEASED: 'RELEASED' } as const;
export type SeatingState = keyof typeof SeatingState;

/** The largest party that is seated at one table. */
export const largestParty = 200;

/** A seating is open until it is released, and never opens again. */
export function seatingState({ releasedAt }: { readonly releasedAt: Date | null }): SeatingState {
  return releasedAt === null ? 'OPEN' : 'RELEASED';
}

/** Throws unless the party has 1 to 200 guests. More guests than seats are welcome: chairs are added. */
export function requireCovers(covers: number): number {
  return requireWithin(covers, { field: ['covers'], from: 1, to: largestParty });
}

/** Throws unless guests can be seated there at all. */
export function requireTable({ kind }: { readonly kind: ServiceNodeKind }): void {
  if (kind !== 'TABLE') throw new BadUserInput('Guests are seated at tables only.', ['tableId']);
}

/** Throws SEAT_TAKEN while a party sits there. */
export function requireFree(isTaken: boolean): void {
  if (isTaken) throw new DomainError('SEAT_TAKEN', 'A party sits there already. Release the table first.', ['tableId']);
}

import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { requireWithin } from '../floor/floor.rules.js';

/** What a place on a floor is for. */
export const ServiceNodeKind = {
  TABLE: 'TABLE',
  STATION: 'STATION',
  BAR: 'BAR',
  PASS: 'PASS',
  ENTRANCE: 'ENTRANCE',
  STORE: 'STORE',
} as const;
export type ServiceNodeKind = keyof typeof ServiceNodeKind;

/** How a place is drawn. */
export const ServiceNodeShape = { RECTANGLE: 'RECTANGLE', ROUND: 'ROUND' } as const;
export type ServiceNodeShape = keyof typeof ServiceNodeShape;

/** The most places a floor may have; `Floor.nodes` is a plain list because of it. */
export const maximumNodesPerFloor = 500;
/** Farthest a place may be from its floor's corner, in centimetres. */
export const farthestCentimetres = 100_000;
/** Longest side of a place, in centimetres. */
export const longestSideCentimetres = 10_000;
// Compatibility forms such as "㎢" spell out to several characters when labels are compared.
const longestLabelKey = 160;

/** A label and the form under which two spellings of it are the same. */
export interface Label {
  readonly label: string;
  readonly labelKey: string;
}

/** A place's name on the floor, 1 to 40 characters. */
export function requireLabel(text: string): Label {
  const label = requireText(text, { field: ['label'], maximum: 40 });
  return { label, labelKey: requireText(comparisonKey(label), { field: ['label'], maximum: longestLabelKey }) };
}

/** Throws unless a table has 1 to 50 seats and anything else none; returns the seats. */
export function requireSeats(kind: ServiceNodeKind, seats: number): number {
  if (kind === 'TABLE') return requireWithin(seats, { field: ['seats'], from: 1, to: 50 });
  if (seats !== 0) throw new BadUserInput('Only a table has seats.', ['seats']);
  return seats;
}

/** Throws unless the coordinate is 0 to 100,000 centimetres from the floor's corner. */
export function requireCoordinate(value: number, axis: 'x' | 'y'): number {
  return requireWithin(value, { field: [axis], from: 0, to: farthestCentimetres });
}

/** Throws unless the side is 1 to 10,000 centimetres long. */
export function requireSide(value: number, side: 'width' | 'height'): number {
  return requireWithin(value, { field: [side], from: 1, to: longestSideCentimetres });
}

/** Throws INVALID_STATE when the floor already has as many places as it may have. */
export function requireRoomOnFloor(nodeCount: number): void {
  if (nodeCount < maximumNodesPerFloor) return;
  throw new DomainError('INVALID_STATE', `A floor has at most ${maximumNodesPerFloor} places.`, ['floorId']);
}

/** Throws INVALID_STATE for a place that was removed. */
export function requirePresent(node: { readonly isRemoved: boolean }, field: readonly string[]): void {
  if (node.isRemoved) throw new DomainError('INVALID_STATE', 'It was removed from the floor.', field);
}

import { BadUserInput, DomainError, notFound } from '../../../platform/domain/errors.js';
import { money } from '../../../platform/domain/money.js';
import { comparisonKey, optionalText } from '../../../platform/domain/text.js';
import type { SoldItem } from '../menu/menu-offer.queries.js';
import type { Portions, Shortage } from '../menu/menu-item-stock.operations.js';
import { canBeOrdered } from '../menu/menu.rules.js';
import { lineTotal } from './order.pricing.js';

/** How a guest gets the order. */
export const fulfilmentTypes = ['DINE_IN', 'PICKUP', 'DELIVERY'] as const;
export type FulfilmentType = (typeof fulfilmentTypes)[number];

/** Ways an order comes in. */
export const orderChannels = ['MOBILE', 'KIOSK', 'POS', 'WEB', 'PARTNER'] as const;
export type OrderChannel = (typeof orderChannels)[number];

const maximumLines = 100;
const maximumQuantity = 999;

/** One thing a guest wants. */
export interface WantedLine {
  readonly menuItemId: string;
  readonly quantity: number;
  readonly note?: string | null;
}

/** A line with its price, as it is stored. */
export interface PricedLine {
  readonly menuItemId: string;
  readonly name: string;
  readonly nameKey: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  readonly totalMinor: number;
  readonly note: string | null;
  readonly position: number;
  /** Whether its portions are counted, and so go back when the order is cancelled. */
  readonly isCounted: boolean;
}

/** The wanted lines with clean notes; throws BadUserInput outside 1..100 lines and 1..999 of each. */
export function requireLines(lines: readonly WantedLine[]): WantedLine[] {
  if (lines.length < 1 || lines.length > maximumLines)
    throw new BadUserInput(`An order has 1 to ${maximumLines} lines.`, ['lines']);
  return lines.map(({ menuItemId, quantity, note }, index) => {
    const at = (name: string) => ['lines', String(index), name];
    if (quantity < 1 || quantity > maximumQuantity)
      throw new BadUserInput(`A quantity is 1 to ${maximumQuantity}.`, at('quantity'));
    return { menuItemId, quantity, note: optionalText(note, { field: at('note'), maximum: 200 }) };
  });
}

/** A table is for guests who eat here. */
export function requireTableOnlyToDineIn(type: FulfilmentType, tableId: string | null, seatingId: string | null): void {
  if (type === 'DINE_IN' || (tableId === null && seatingId === null)) return;
  throw new BadUserInput('Only a DINE_IN order is served at a table.', [tableId === null ? 'seatingId' : 'tableId']);
}

/** The lines at the outlet's own prices; throws NOT_FOUND, INVALID_INPUT or OUT_OF_STOCK naming the first line that cannot be sold. */
export function priceLines(lines: readonly WantedLine[], items: ReadonlyMap<string, SoldItem>): PricedLine[] {
  return lines.map((line, position) => priceLine(line, items.get(line.menuItemId), position));
}

function priceLine(line: WantedLine, item: SoldItem | undefined, position: number): PricedLine {
  const { menuItemId, quantity, note = null } = line;
  const field = ['lines', String(position), 'menuItemId'];
  if (!item) throw notFound('The menu item');
  const { name, isPublished, offer } = item;
  if (!isPublished || !offer) throw new BadUserInput(`${name} is not sold here.`, field);
  if (!canBeOrdered(offer)) throw new DomainError('OUT_OF_STOCK', `${name} is sold out.`, field);
  const unitPrice = money(offer.priceMinor, offer.currency);
  const totalMinor = lineTotal(unitPrice, quantity).amountMinor;
  const texts = { name, nameKey: comparisonKey(name).slice(0, 240), note };
  return {
    ...texts,
    menuItemId,
    quantity,
    unitPriceMinor: offer.priceMinor,
    totalMinor,
    position,
    isCounted: offer.remaining !== null,
  };
}

/** How many portions of each counted item the lines hold together. */
export function countedPortions(
  lines: readonly Pick<PricedLine, 'menuItemId' | 'quantity' | 'isCounted'>[],
): Portions[] {
  const byItem = Map.groupBy(
    lines.filter(({ isCounted }) => isCounted),
    ({ menuItemId }) => menuItemId,
  );
  return [...byItem].map(([menuItemId, ofItem]) => ({
    menuItemId,
    quantity: ofItem.reduce((sum, { quantity }) => sum + quantity, 0),
  }));
}

/** What a guest is told when fewer portions are left than they want, at the first line that wants them. */
export function outOfStock({ menuItemId, remaining }: Shortage, lines: readonly WantedLine[]): DomainError {
  const index = lines.findIndex((line) => line.menuItemId === menuItemId);
  const message = remaining === 0 ? 'It is sold out.' : `Only ${remaining} left.`;
  return new DomainError('OUT_OF_STOCK', message, ['lines', String(index), 'quantity']);
}

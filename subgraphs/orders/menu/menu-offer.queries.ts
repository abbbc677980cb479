import type { SqlEntityManager } from '@mikro-orm/sql';
import { outletsScope, placeScope } from '../../../platform/data/tenant-scope.js';
import { MenuItemEntity } from './menu-item.entity.js';
import { MenuItemPriceEntity } from './menu-item-price.entity.js';
import { MenuItemStockEntity } from './menu-item-stock.entity.js';

/** A menu item at an outlet, as a loader's key. */
export type OfferKey = `${string}@${string}`;

/** What an outlet sells a menu item for, and whether it can now. */
export interface Offer {
  readonly priceMinor: number;
  readonly currency: string;
  readonly remaining: number | null;
  readonly isAvailable: boolean;
}

/** The key of a menu item at an outlet. */
export function offerKey(menuItemId: string, outletId: string): OfferKey {
  return `${menuItemId}@${outletId}`;
}

/** Offers by key in the order asked, null where the outlet does not sell the item; two statements however many there are. */
export async function loadOffers(em: SqlEntityManager, keys: readonly OfferKey[]): Promise<(Offer | null)[]> {
  const parts = keys.map((key) => key.split('@'));
  const scope = outletsScope(parts.map(([, outlet = '']) => outlet));
  const where = { $and: [scope, { menuItemId: { $in: parts.map(([item = '']) => item) } }] };
  const prices = byOffer(await em.find(MenuItemPriceEntity, where));
  const stocks = byOffer(await em.find(MenuItemStockEntity, where));
  return keys.map((key) => {
    const price = prices.get(key);
    if (!price) return null;
    const { remaining, isAvailable } = stocks.get(key) ?? { remaining: null, isAvailable: true };
    return { priceMinor: price.priceMinor, currency: price.currency, remaining, isAvailable };
  });
}

/** A menu item as an outlet may sell it. */
export interface SoldItem {
  readonly name: string;
  readonly isPublished: boolean;
  /** null where the outlet does not sell it. */
  readonly offer: Offer | null;
}

/** Menu items of the outlet's brand with what the outlet sells them for, by id; items of other brands are absent. Three statements. */
export async function findSoldItems(
  em: SqlEntityManager,
  { id: outletId, brandId }: { readonly id: string; readonly brandId: string },
  ids: readonly string[],
): Promise<Map<string, SoldItem>> {
  const items = await em.find(MenuItemEntity, { $and: [placeScope({ brandId }), { id: { $in: [...new Set(ids)] } }] });
  const offers = await loadOffers(
    em,
    items.map(({ id }) => offerKey(id, outletId)),
  );
  return new Map(
    items.map(({ id, name, isPublished }, index) => [id, { name, isPublished, offer: offers[index] ?? null }]),
  );
}

/** Everywhere a menu item is sold, in the outlets' order. */
export function findPrices(
  em: SqlEntityManager,
  { id: menuItemId, brandId }: { readonly id: string; readonly brandId: string },
): Promise<MenuItemPriceEntity[]> {
  return em.find(
    MenuItemPriceEntity,
    { $and: [placeScope({ brandId }), { menuItemId }] },
    { orderBy: { outletId: 'asc' } },
  );
}

/** Whether the outlet sells the menu item. */
export async function isSoldAt(em: SqlEntityManager, menuItemId: string, outletId: string): Promise<boolean> {
  return (await em.count(MenuItemPriceEntity, { $and: [placeScope({ outletId }), { menuItemId }] })) > 0;
}

function byOffer<Row extends { menuItemId: string; outletId: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [offerKey(row.menuItemId, row.outletId), row]));
}

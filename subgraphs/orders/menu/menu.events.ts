import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { MenuItemEntity } from './menu-item.entity.js';
import type { MenuItemPriceEntity } from './menu-item-price.entity.js';
import type { MenuItemStockEntity } from './menu-item-stock.entity.js';

/** A menu item was made or changed, its prices included. */
export function menuItemSaved(
  item: MenuItemEntity,
  prices: readonly Pick<MenuItemPriceEntity, 'outletId' | 'priceMinor' | 'currency'>[],
): DomainEvent<'menu-item.saved'> {
  const { id, brandId, version, name, isPublished } = item;
  const payload = {
    name,
    isPublished,
    prices: prices.map(({ outletId, priceMinor, currency }) => ({ outletId, priceMinor, currency })),
  };
  return { type: 'menu-item.saved', aggregate: { id, brandId, version }, payload };
}

/** A menu item ran out at an outlet, came back, or was given another number of portions. */
export function menuItemAvailabilityChanged(stock: MenuItemStockEntity): DomainEvent<'menu-item.availability-changed'> {
  const { menuItemId, brandId, outletId, remaining, isAvailable, version } = stock;
  return {
    type: 'menu-item.availability-changed',
    aggregate: { id: menuItemId, brandId, outletId, version },
    payload: { remaining, isAvailable },
  };
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Money } from '../../../platform/domain/money.js';
import { requirePermission, type Viewer } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { managedMenus } from './menu-category.queries.js';
import type { MenuItemEntity } from './menu-item.entity.js';
import { MenuItemPriceEntity } from './menu-item-price.entity.js';
import { lockMenuItem } from './menu-item.queries.js';
import { findPrices } from './menu-offer.queries.js';
import { menuItemSaved } from './menu.events.js';
import { requirePrice } from './menu.rules.js';

/** What an outlet shall sell an item for. */
export interface WantedPrice {
  readonly outletId: string;
  readonly price: Money;
}

/** Which item costs what, and where. */
export interface SetMenuItemPrice extends WantedPrice {
  readonly menuItemId: string;
  readonly expectedVersion?: number | null;
}

/** Sets what an outlet sells a menu item for; the first price is what makes the outlet sell it. */
export function setMenuItemPrice({ viewer, unitOfWork }: Context, command: SetMenuItemPrice): Promise<MenuItemEntity> {
  return unitOfWork(async (em) => {
    const item = await lockMenuItem(em, managedMenus(viewer), command.menuItemId);
    await setPrice(em, { viewer, item, price: command, field: [] });
    requireVersion(item.version, command.expectedVersion);
    item.version += 1;
    record(em, menuItemSaved(item, await findPrices(em, item)));
    return item;
  });
}

/** Writes one price of a menu item whose row this transaction holds; throws NOT_FOUND, FORBIDDEN, CURRENCY_MISMATCH or INVALID_INPUT. */
export async function setPrice(
  em: SqlEntityManager,
  {
    viewer,
    item,
    price,
    field,
  }: { viewer: Viewer; item: MenuItemEntity; price: WantedPrice; field: readonly string[] },
): Promise<void> {
  const outlet = await getOutlet(em, { viewer, slug: 'menu.manage', outletId: price.outletId });
  if (outlet.brandId !== item.brandId) throw notFound('The outlet');
  requirePermission(viewer, 'menu.manage', { brandId: item.brandId, outletId: outlet.id });
  const priceMinor = requirePrice(price.price, outlet.currency, [...field, 'price']);
  const where = { $and: [placeScope({ outletId: outlet.id }), { menuItemId: item.id }] };
  const known = await em.findOne(MenuItemPriceEntity, where);
  if (known) known.priceMinor = priceMinor;
  else
    await em.insert(MenuItemPriceEntity, {
      menuItemId: item.id,
      outletId: outlet.id,
      brandId: item.brandId,
      priceMinor,
      currency: outlet.currency,
    });
}

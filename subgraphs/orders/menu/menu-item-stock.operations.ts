import { LockMode, raw } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import type { MenuItemEntity } from './menu-item.entity.js';
import { MenuItemStockEntity } from './menu-item-stock.entity.js';
import { lockMenuItem } from './menu-item.queries.js';
import { isSoldAt } from './menu-offer.queries.js';
import { menuItemAvailabilityChanged } from './menu.events.js';
import { requireRemaining } from './menu.rules.js';

/** What may change about an item's availability at an outlet; what is absent stays. */
export interface SetMenuItemAvailability {
  readonly menuItemId: string;
  readonly outletId: string;
  readonly isAvailable?: boolean | null;
  /** null makes it unlimited. */
  readonly remaining?: number | null;
}

/** Takes a menu item off an outlet's menu or puts it back, and sets how many portions are left. */
export function setMenuItemAvailability(
  { viewer, unitOfWork }: Context,
  command: SetMenuItemAvailability,
): Promise<MenuItemEntity> {
  const remaining = command.remaining === undefined ? undefined : requireRemaining(command.remaining);
  return unitOfWork(async (em) => {
    const outlet = await getOutlet(em, { viewer, slug: 'menu.availability', outletId: command.outletId });
    const item = await lockMenuItem(em, placeScope({ brandId: outlet.brandId }), command.menuItemId);
    if (!(await isSoldAt(em, item.id, outlet.id)))
      throw new BadUserInput('The outlet does not sell it: set a price first.', ['menuItemId']);
    const stock = await lockStock(em, { menuItemId: item.id, outletId: outlet.id, brandId: outlet.brandId });
    if (typeof command.isAvailable === 'boolean') stock.isAvailable = command.isAvailable;
    if (remaining !== undefined) stock.remaining = remaining;
    stock.version += 1;
    record(em, menuItemAvailabilityChanged(stock));
    return item;
  });
}

/** Portions of one menu item. */
export interface Portions {
  readonly menuItemId: string;
  readonly quantity: number;
}

/** A menu item that has fewer portions left than are wanted. */
export interface Shortage {
  readonly menuItemId: string;
  readonly remaining: number;
}

/** Takes portions of counted items, in id order so that orders never wait for each other in a circle; returns the first shortage, null when all were taken. */
export async function takePortions(
  em: SqlEntityManager,
  outletId: string,
  wanted: readonly Portions[],
): Promise<Shortage | null> {
  const inOrder = wanted.toSorted((a, b) => (a.menuItemId < b.menuItemId ? -1 : 1));
  for (const { menuItemId, quantity } of inOrder) {
    const isLeft = { menuItemId, isAvailable: true, remaining: { $gte: quantity } };
    const where = { $and: [placeScope({ outletId }), isLeft] };
    const taken = await em.nativeUpdate(MenuItemStockEntity, where, {
      remaining: raw('remaining - ?', [quantity]),
      version: raw('version + 1'),
    });
    if (taken === 0) return { menuItemId, remaining: await countRemaining(em, outletId, menuItemId) };
  }
  const stocks = await readStocks(em, outletId, inOrder);
  for (const stock of stocks.filter(({ remaining }) => remaining === 0)) record(em, menuItemAvailabilityChanged(stock));
  return null;
}

/** Gives portions back that an order had taken; items that are no longer counted stay so. */
export async function giveBackPortions(
  em: SqlEntityManager,
  outletId: string,
  returned: readonly Portions[],
): Promise<void> {
  const inOrder = returned.toSorted((a, b) => (a.menuItemId < b.menuItemId ? -1 : 1));
  for (const { menuItemId, quantity } of inOrder) {
    const where = { $and: [placeScope({ outletId }), { menuItemId, remaining: { $ne: null } }] };
    await em.nativeUpdate(MenuItemStockEntity, where, {
      remaining: raw('remaining + ?', [quantity]),
      version: raw('version + 1'),
    });
  }
  const quantityOf = new Map(inOrder.map(({ menuItemId, quantity }) => [menuItemId, quantity]));
  const stocks = await readStocks(em, outletId, inOrder);
  const back = stocks.filter(({ menuItemId, remaining }) => remaining === quantityOf.get(menuItemId));
  for (const stock of back) record(em, menuItemAvailabilityChanged(stock));
}

// As this transaction has left them. Guests care when an item is sold out and when it is back, not about every portion in between.
async function readStocks(
  em: SqlEntityManager,
  outletId: string,
  changed: readonly Portions[],
): Promise<MenuItemStockEntity[]> {
  if (changed.length === 0) return [];
  const menuItemId = { $in: changed.map((portions) => portions.menuItemId) };
  return em.find(
    MenuItemStockEntity,
    { $and: [placeScope({ outletId }), { menuItemId }] },
    { disableIdentityMap: true },
  );
}

async function countRemaining(em: SqlEntityManager, outletId: string, menuItemId: string): Promise<number> {
  const where = { $and: [placeScope({ outletId }), { menuItemId }] };
  const stock = await em.findOne(MenuItemStockEntity, where, { disableIdentityMap: true });
  return stock?.isAvailable ? (stock.remaining ?? 0) : 0;
}

// The item's row is locked, so nobody else makes the missing row meanwhile.
async function lockStock(
  em: SqlEntityManager,
  place: { menuItemId: string; outletId: string; brandId: string },
): Promise<MenuItemStockEntity> {
  const { menuItemId, outletId } = place;
  const known = await em.findOne(
    MenuItemStockEntity,
    { $and: [placeScope({ outletId }), { menuItemId }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (known) return known;
  const stock = em.create(MenuItemStockEntity, { ...place, remaining: null, isAvailable: true, version: 0 });
  em.persist(stock);
  return stock;
}

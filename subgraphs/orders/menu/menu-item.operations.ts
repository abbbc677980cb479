import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { comparisonKey, optionalText, requireText } from '../../../platform/domain/text.js';
import { requirePermission, type Viewer } from '../../../platform/domain/viewer.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { getManagedCategory, managedMenus } from './menu-category.queries.js';
import { MenuItemEntity } from './menu-item.entity.js';
import { countMenuItems, lockMenuItem } from './menu-item.queries.js';
import { setPrice, type WantedPrice } from './menu-item-price.operations.js';
import { findPrices } from './menu-offer.queries.js';
import { menuItemSaved } from './menu.events.js';
import { maximumItems, requireRoom, withoutRepetition, type Diet } from './menu.rules.js';

/** What a new menu item is. */
export interface CreateMenuItem {
  readonly categoryId: string;
  readonly name: string;
  readonly description?: string | null;
  readonly diets: readonly Diet[];
  readonly imageUrl?: string | URL | null;
  readonly isPublished: boolean;
  readonly prices: readonly WantedPrice[];
}

/** Adds a dish or drink to a brand's menu, sold at the outlets it is given a price for. */
export function createMenuItem({ viewer, unitOfWork }: Context, command: CreateMenuItem): Promise<MenuItemEntity> {
  const texts = {
    ...nameOf(command.name),
    description: descriptionOf(command.description),
    imageUrl: imageUrlOf(command.imageUrl),
  };
  requireOnePriceAnOutlet(command.prices);
  return unitOfWork(async (em) => {
    const { id: categoryId, brandId } = await getManagedCategory(em, viewer, command.categoryId);
    requirePermission(viewer, 'menu.manage', { brandId });
    requireRoom(await countMenuItems(em, brandId), maximumItems, 'menu items');
    const { isPublished } = command;
    const own = {
      id: newId('itm'),
      brandId,
      categoryId,
      isPublished,
      diets: withoutRepetition(command.diets),
      version: 1,
    };
    const item = em.create(MenuItemEntity, { ...own, ...texts });
    em.persist(item);
    for (const [index, price] of command.prices.entries())
      await setPrice(em, { viewer, item, price, field: ['prices', String(index)] });
    record(em, menuItemSaved(item, await findPrices(em, item)));
    return item;
  });
}

/** What may change about a menu item; what is absent stays. */
export interface UpdateMenuItem {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly categoryId?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly diets?: readonly Diet[] | null;
  readonly imageUrl?: string | URL | null;
  readonly isPublished?: boolean | null;
}

/** Changes what a menu item is or whether it is published; orders already placed keep what they were told. */
export function updateMenuItem({ viewer, unitOfWork }: Context, command: UpdateMenuItem): Promise<MenuItemEntity> {
  return unitOfWork(async (em) => {
    const item = await lockMenuItem(em, managedMenus(viewer), command.id);
    requirePermission(viewer, 'menu.manage', { brandId: item.brandId });
    requireVersion(item.version, command.expectedVersion);
    if (command.categoryId)
      item.categoryId = await categoryOfBrand(em, viewer, { id: command.categoryId, brandId: item.brandId });
    if (typeof command.name === 'string') Object.assign(item, nameOf(command.name));
    if (command.description !== undefined) item.description = descriptionOf(command.description);
    if (command.imageUrl !== undefined) item.imageUrl = imageUrlOf(command.imageUrl);
    if (command.diets) item.diets = withoutRepetition(command.diets);
    if (typeof command.isPublished === 'boolean') item.isPublished = command.isPublished;
    item.version += 1;
    record(em, menuItemSaved(item, await findPrices(em, item)));
    return item;
  });
}

async function categoryOfBrand(
  em: SqlEntityManager,
  viewer: Viewer,
  wanted: { id: string; brandId: string },
): Promise<string> {
  const category = await getManagedCategory(em, viewer, wanted.id);
  if (category.brandId === wanted.brandId) return category.id;
  throw new BadUserInput("It is another brand's category.", ['categoryId']);
}

function nameOf(text: string): { name: string; nameKey: string } {
  const name = requireText(text, { field: ['name'], maximum: 120 });
  return { name, nameKey: comparisonKey(name).slice(0, 240) };
}

function descriptionOf(text: string | null | undefined): string | null {
  return optionalText(text, { field: ['description'], maximum: 500 });
}

function imageUrlOf(url: string | URL | null | undefined): string | null {
  const text = optionalText(url?.toString(), { field: ['imageUrl'], maximum: 500 });
  if (text !== null && !/^https?:\/\//.test(text))
    throw new BadUserInput('An image is linked by http or https.', ['imageUrl']);
  return text;
}

function requireOnePriceAnOutlet(prices: readonly WantedPrice[]): void {
  const repeated = prices.findIndex(({ outletId }, index) =>
    prices.slice(0, index).some((other) => other.outletId === outletId),
  );
  if (repeated >= 0) throw new BadUserInput('Each outlet has one price.', ['prices', String(repeated), 'outletId']);
}

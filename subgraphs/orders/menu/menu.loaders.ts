import type { Context, Loader } from '../../../platform/context.js';
import type { MenuCategoryEntity } from './menu-category.entity.js';
import { loadMenuCategories } from './menu-category.queries.js';
import type { MenuItemEntity } from './menu-item.entity.js';
import { loadCategoryItems, loadMenuItems, type CategoryItemsKey } from './menu-item.queries.js';
import { loadOffers, type Offer, type OfferKey } from './menu-offer.queries.js';

/** Menu items the viewer may see, by id. */
export function menuItemLoader(context: Context): Loader<string, MenuItemEntity> {
  return context.loader<string, MenuItemEntity>('menu-item', (ids) => loadMenuItems(context.em, context.viewer, ids));
}

/** Menu categories, by id. */
export function menuCategoryLoader(context: Context): Loader<string, MenuCategoryEntity> {
  return context.loader<string, MenuCategoryEntity>('menu-category', (ids) => loadMenuCategories(context.em, ids));
}

/** Published items of a category, by category and outlet. */
export function categoryItemsLoader(context: Context): Loader<CategoryItemsKey, MenuItemEntity[]> {
  return context.loader<CategoryItemsKey, MenuItemEntity[]>('category-items', (keys) =>
    loadCategoryItems(context.em, keys),
  );
}

/** What outlets sell menu items for, by item and outlet. */
export function offerLoader(context: Context): Loader<OfferKey, Offer> {
  return context.loader<OfferKey, Offer>('menu-offer', (keys) => loadOffers(context.em, keys));
}

import type { Context } from '../../../platform/context.js';
import { newId } from '../../../platform/domain/id.js';
import { requireText } from '../../../platform/domain/text.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { MenuCategoryEntity } from './menu-category.entity.js';
import { countMenuCategories, requireManagedBrand } from './menu-category.queries.js';
import { maximumCategories, requireRoom } from './menu.rules.js';

/** What a new category is. */
export interface CreateMenuCategory {
  readonly brandId: string;
  readonly name: string;
  readonly sortOrder: number;
}

/** Adds a heading to a brand's menu. */
export function createMenuCategory(
  { viewer, unitOfWork }: Context,
  command: CreateMenuCategory,
): Promise<MenuCategoryEntity> {
  const { brandId, sortOrder } = command;
  const name = requireText(command.name, { field: ['name'], maximum: 120 });
  return unitOfWork(async (em) => {
    await requireManagedBrand(em, viewer, brandId);
    requirePermission(viewer, 'menu.manage', { brandId });
    requireRoom(await countMenuCategories(em, brandId), maximumCategories, 'menu categories');
    const category = em.create(MenuCategoryEntity, { id: newId('cat'), brandId, name, sortOrder, version: 1 });
    em.persist(category);
    return category;
  });
}

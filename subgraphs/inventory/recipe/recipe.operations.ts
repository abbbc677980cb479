import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePermission, type Viewer } from '../../../platform/domain/viewer.js';
import { loadItems } from '../item/inventory-item.queries.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requireInUse, requireQuantityOf, type StatedQuantity } from '../item/inventory-item.rules.js';
import type { MenuItemReplicaEntity } from '../menu-item/menu-item-replica.entity.js';
import { lockMenuItem } from '../menu-item/menu-item-replica.queries.js';
import { RecipeEntity, RecipeIngredientEntity } from './recipe.entity.js';
import { recipeSaved } from './recipe.events.js';
import { requireIngredients, requireYield } from './recipe.rules.js';

/** An ingredient as clients state it. */
interface StatedIngredient extends StatedQuantity {
  readonly itemId: string;
}

/** What a menu item is made of. */
export interface SaveRecipe {
  readonly menuItemId: string;
  readonly yieldPortions: number;
  readonly ingredients: readonly StatedIngredient[];
  readonly expectedVersion?: number | null;
}

/** Makes or replaces the recipe of a menu item; orders fired from now on use it. */
export function saveRecipe({ viewer, unitOfWork }: Context, command: SaveRecipe): Promise<RecipeEntity> {
  const yieldPortions = requireYield(command.yieldPortions);
  const itemIds = requireIngredients(command.ingredients);
  return unitOfWork(async (em) => {
    const menuItem = await lockMenuItem(em, viewer, command.menuItemId);
    requirePermission(viewer, 'inventory.manage', { brandId: menuItem.brandId });
    const rows = await checkIngredients(em, viewer, {
      brandId: menuItem.brandId,
      itemIds,
      stated: command.ingredients,
    });
    const recipe = await findOrMake(em, menuItem);
    requireVersion(recipe.version, command.expectedVersion);
    recipe.yieldPortions = yieldPortions;
    recipe.version += 1;
    await em.nativeDelete(RecipeIngredientEntity, { recipeId: recipe.id });
    await em.insertMany(
      RecipeIngredientEntity,
      rows.map((row) => ({ ...row, recipeId: recipe.id })),
    );
    record(em, recipeSaved(recipe));
    return recipe;
  });
}

interface IngredientCheck {
  readonly brandId: string;
  readonly itemIds: readonly string[];
  readonly stated: readonly StatedIngredient[];
}

async function checkIngredients(em: SqlEntityManager, viewer: Viewer, { brandId, itemIds, stated }: IngredientCheck) {
  const items = await loadItems(em, viewer, itemIds);
  return stated.map((ingredient, position) => {
    const item = items[position];
    const at = ['ingredients', String(position)];
    if (!item || item.brandId !== brandId) throw notFound('The item');
    requireInUse(item, [...at, 'itemId']);
    return { itemId: item.id, position, quantityMicro: requireQuantityOf(item, ingredient, at) };
  });
}

async function findOrMake(
  em: SqlEntityManager,
  { id: menuItemId, brandId }: MenuItemReplicaEntity,
): Promise<RecipeEntity> {
  const known = await em.findOne(RecipeEntity, { $and: [placeScope({ brandId }), { menuItemId }] });
  if (known) return known;
  const recipe = em.create(RecipeEntity, { id: newId('rec'), brandId, menuItemId, yieldPortions: 1, version: 0 });
  em.persist(recipe);
  return recipe;
}

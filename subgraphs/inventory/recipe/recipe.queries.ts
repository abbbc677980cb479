import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context, Loader } from '../../../platform/context.js';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import { groupedInOrderOf, inOrderOf } from '../../../platform/data/rows.js';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import { holdsSomewhere, type Viewer } from '../../../platform/domain/viewer.js';
import { requireVisibleBrand, visibleBrands } from '../brand/brand-replica.queries.js';
import { RecipeEntity, RecipeIngredientEntity } from './recipe.entity.js';

/** Recipes of a brand, oldest first; empty for a brand whose stock the viewer may not see. */
export async function listRecipes(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, brandId }: { page: PageRequest; brandId: string },
): Promise<Page<RecipeEntity>> {
  await requireVisibleBrand(em, viewer, brandId);
  return fetchPage(em, RecipeEntity, {
    where: [visibleBrands(viewer, 'brandId'), { brandId }],
    sort: [['id', 'asc']],
    page,
  });
}

/** The recipe of a menu item; NOT_FOUND if there is none the viewer may see. */
export async function getRecipe(em: SqlEntityManager, viewer: Viewer, menuItemId: string): Promise<RecipeEntity> {
  const recipe = await em.findOne(RecipeEntity, { $and: [visibleBrands(viewer, 'brandId'), { menuItemId }] });
  if (!recipe) throw notFound('The recipe');
  return recipe;
}

/** Recipes by one of their keys in the order asked; null where one is missing or invisible. */
export async function loadRecipes(
  em: SqlEntityManager,
  viewer: Viewer,
  { key, values }: { key: 'id' | 'menuItemId'; values: readonly string[] },
): Promise<(RecipeEntity | null)[]> {
  if (!holdsSomewhere(viewer, 'inventory.read')) return values.map(() => null);
  const rows = await em.find(RecipeEntity, {
    $and: [visibleBrands(viewer, 'brandId'), { [key]: { $in: [...values] } }],
  });
  return inOrderOf(values, rows, (recipe) => recipe[key]);
}

/** Batches the recipes a request asks for by id into one statement. */
export function recipeLoader({ em, viewer, loader }: Context): Loader<string, RecipeEntity> {
  return loader('recipe', (values) => loadRecipes(em, viewer, { key: 'id', values }));
}

/** Batches the recipes a request asks for by menu item into one statement. */
export function menuItemRecipeLoader({ em, viewer, loader }: Context): Loader<string, RecipeEntity> {
  return loader('recipe-of-menu-item', (values) => loadRecipes(em, viewer, { key: 'menuItemId', values }));
}

/** Batches the ingredients of visible recipes, in their order, into one statement. */
export function ingredientLoader({ em, loader }: Context): Loader<string, RecipeIngredientEntity[]> {
  return loader('recipe-ingredients', async (recipeIds) =>
    groupedInOrderOf(recipeIds, await findIngredients(em, recipeIds), (ingredient) => ingredient.recipeId),
  );
}

/** Batches whether any recipe uses an item the viewer sees into one statement; null where none does. */
export function usageLoader({ em, loader }: Context): Loader<string, RecipeIngredientEntity> {
  return loader('recipe-usage', async (itemIds) => {
    const rows = await em.find(RecipeIngredientEntity, { itemId: { $in: [...itemIds] } });
    return inOrderOf(itemIds, rows, (ingredient) => ingredient.itemId);
  });
}

/** The ingredients of recipes, each recipe's in its order. */
export function findIngredients(em: SqlEntityManager, recipeIds: readonly string[]): Promise<RecipeIngredientEntity[]> {
  return em.find(
    RecipeIngredientEntity,
    { recipeId: { $in: [...recipeIds] } },
    { orderBy: { recipeId: 'asc', position: 'asc' } },
  );
}

/** A brand's recipes of menu items, whoever asks; for the product's own work. */
export function findBrandRecipes(
  em: SqlEntityManager,
  brandId: string,
  menuItemIds: readonly string[],
): Promise<RecipeEntity[]> {
  return em.find(RecipeEntity, { $and: [placeScope({ brandId }), { menuItemId: { $in: [...menuItemIds] } }] });
}

import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatQuantity } from '../../../platform/domain/quantity.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import type { InventoryItemEntity } from '../item/inventory-item.entity.js';
import { InventoryItem } from '../item/inventory-item.graphql.js';
import { itemLoader } from '../item/inventory-item.queries.js';
import { MenuItem } from '../menu-item/menu-item.graphql.js';
import type { RecipeEntity, RecipeIngredientEntity } from './recipe.entity.js';
import { Recipe, RecipeConnection, RecipeIngredient, SaveRecipeInput, SaveRecipePayload } from './recipe.graphql.js';
import { saveRecipe } from './recipe.operations.js';
import { getRecipe, ingredientLoader, listRecipes, menuItemRecipeLoader, usageLoader } from './recipe.queries.js';

@ArgsType()
class RecipesArgs extends PageArgs {
  @Field(() => ID, { description: 'Of which brand.' })
  brandId!: string;
}

/** Root fields of recipes, and what a recipe is of. */
@Resolver(() => Recipe)
export class RecipeResolver {
  @Query(() => Recipe, { description: 'The recipe of a menu item.' })
  recipe(
    @Ctx() context: Context,
    @Arg('menuItemId', () => ID, { description: 'Of which menu item.' }) menuItemId: string,
  ) {
    return getRecipe(context.em, context.viewer, menuItemId);
  }

  @Query(() => RecipeConnection, { description: 'Recipes of a brand, oldest first.' })
  recipes(@Ctx() context: Context, @Args(() => RecipesArgs) { page, brandId }: RecipesArgs) {
    return listRecipes(context.em, context.viewer, { page, brandId });
  }

  @FieldResolver(() => MenuItem, { nullable: true, description: 'What it makes.' })
  menuItem(@Root() recipe: RecipeEntity) {
    return { id: recipe.menuItemId };
  }

  @FieldResolver(() => [RecipeIngredient], {
    description: 'What it is made of, at most 100 items, in the order they were saved.',
  })
  ingredients(@Root() recipe: RecipeEntity, @Ctx() context: Context) {
    return ingredientLoader(context).load(recipe.id);
  }

  @Mutation(() => SaveRecipePayload, {
    description: 'Makes or replaces the recipe of a menu item; orders fired from now on use it.',
  })
  async saveRecipe(
    @Ctx() context: Context,
    @Arg('input', () => SaveRecipeInput, { description: 'The recipe.' }) input: SaveRecipeInput,
  ): Promise<object> {
    return { recipe: await saveRecipe(context, input) };
  }
}

/** What an ingredient is and how much of it. */
@Resolver(() => RecipeIngredient)
export class RecipeIngredientResolver {
  @FieldResolver(() => InventoryItem, { nullable: true, description: 'The item.' })
  item(@Root() ingredient: RecipeIngredientEntity, @Ctx() context: Context) {
    return itemLoader(context).load(ingredient.itemId);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: "How much for all portions together, in the item's unit.",
  })
  async quantity(@Root() ingredient: RecipeIngredientEntity, @Ctx() context: Context) {
    const item = await itemLoader(context).load(ingredient.itemId);
    return item && formatQuantity(ingredient.quantityMicro, item.unit);
  }
}

/** What stock adds to a menu item. */
@Resolver(() => MenuItem)
export class MenuItemRecipeResolver {
  @FieldResolver(() => Recipe, {
    nullable: true,
    description: 'What it is made of; null for viewers without inventory.read in its brand.',
  })
  recipe(@Root() menuItem: MenuItem, @Ctx() context: Context) {
    return menuItemRecipeLoader(context).load(menuItem.id);
  }
}

/** What recipes add to an item. */
@Resolver(() => InventoryItem)
export class ItemUsageResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether guests buy it but no recipe uses it yet, so that no sale is deducted.',
  })
  async isUnlinked(@Root() item: InventoryItemEntity, @Ctx() context: Context) {
    return item.isSold && (await usageLoader(context).load(item.id)) === null;
  }
}

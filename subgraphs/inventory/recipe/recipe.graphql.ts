import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { StockUnit } from '../../../platform/domain/quantity.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import { connectionOf, Payload } from '../../../platform/graphql/shared-types.js';
import { StockUnitEnum } from '../item/inventory-item.graphql.js';

/** A recipe as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'What a menu item is made of. Readable with inventory.read in any outlet of its brand.' })
export class Recipe {
  @Field(() => ID, { description: 'Identifier, such as "rec_01J…".' })
  id!: string;

  @Field(() => Int, { description: 'How many portions its ingredients make.' })
  yieldPortions!: number;

  @Field(() => Int, { description: 'Raised by every save; send it back as `expectedVersion`.' })
  version!: number;
}

export const RecipeConnection = connectionOf('Recipe', () => Recipe);

/** One ingredient as clients see it; what is shown comes from its item. */
@ObjectType({ description: 'How much of an item a recipe needs.' })
export class RecipeIngredient {}

/** One ingredient to save. */
@InputType({ description: 'How much of an item the whole yield of a recipe needs.' })
export class RecipeIngredientInput {
  @Field(() => ID, { description: 'Which item; each once.' })
  itemId!: string;

  @Field(() => Decimal, { description: 'How much for all portions together, above zero.' })
  quantity!: string;

  @Field(() => StockUnitEnum, { description: "The quantity's unit; it must convert into the item's." })
  unit!: StockUnit;
}

/** What saveRecipe needs. */
@InputType({ description: 'The recipe to keep; it replaces an earlier one.' })
export class SaveRecipeInput {
  @Field(() => ID, { description: 'Of which menu item.' })
  menuItemId!: string;

  @Field(() => Int, { description: 'How many portions the ingredients make, 1 to 10,000.' })
  yieldPortions!: number;

  @Field(() => [RecipeIngredientInput], { description: 'What it is made of, 1 to 100 items.' })
  ingredients!: RecipeIngredientInput[];

  @Field(() => Int, {
    nullable: true,
    description: 'Refuse if the recipe is no longer at this version; 0 if there must be none yet.',
  })
  expectedVersion?: number | null;
}

/** What saveRecipe answers. */
@ObjectType({ description: 'What came of saveRecipe.' })
export class SaveRecipePayload extends Payload {
  @Field(() => Recipe, { nullable: true, description: 'The recipe as it is now.' })
  recipe?: Recipe | null;
}

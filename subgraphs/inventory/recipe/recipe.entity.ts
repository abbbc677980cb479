import { BigIntType } from '@mikro-orm/core';
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What a menu item is made of: ingredients for so many portions. */
@Entity({ tableName: 'recipe' })
@Index({ properties: ['brandId', 'id'] })
@Check({ expression: 'yield_portions >= 1' })
export class RecipeEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  id!: string;

  @Property({ type: 'string', length: 32 })
  brandId!: string;

  @Property({ type: 'string', length: 32, unique: true })
  menuItemId!: string;

  /** How many portions the ingredients make. */
  @Property({ type: 'integer' })
  yieldPortions!: number;

  /** Raised by every save, also by one that only changes ingredients. */
  @Property({ type: 'integer' })
  version!: number;
}

/** How much of an item the whole yield of a recipe needs. */
@Entity({ tableName: 'recipe_ingredient' })
@Check({ expression: 'quantity_micro > 0' })
export class RecipeIngredientEntity {
  @PrimaryKey({ type: 'string', length: 32 })
  recipeId!: string;

  @Index()
  @PrimaryKey({ type: 'string', length: 32 })
  itemId!: string;

  /** Its place in the list, from 0. */
  @Property({ type: 'integer' })
  position!: number;

  /** Micro base units for all portions together. */
  @Property({ type: new BigIntType('number') })
  quantityMicro!: number;
}

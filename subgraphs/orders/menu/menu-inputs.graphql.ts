import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UrlScalar } from '../../../platform/graphql/scalars.js';
import { MoneyInput, Payload } from '../../../platform/graphql/shared-types.js';
import { Diets, MenuCategory, MenuItem } from './menu.graphql.js';
import type { Diet } from './menu.rules.js';

/** What createMenuCategory needs. */
@InputType({ description: 'The heading to add to a menu.' })
export class CreateMenuCategoryInput {
  @Field(() => ID, { description: 'Brand whose menu it is.' })
  brandId!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => Int, { defaultValue: 0, description: 'Where it stands on the menu; lower comes first.' })
  sortOrder!: number;
}

/** What createMenuCategory answers. */
@ObjectType({ description: 'What came of createMenuCategory.' })
export class CreateMenuCategoryPayload extends Payload {
  @Field(() => MenuCategory, { nullable: true, description: 'The new heading.' })
  menuCategory?: MenuCategory | null;
}

/** A price at an outlet. */
@InputType({ description: 'What an outlet sells a menu item for.' })
export class MenuItemPriceInput {
  @Field(() => ID, { description: 'The outlet.' })
  outletId!: string;

  @Field(() => MoneyInput, { description: "The price of one, in the outlet's currency." })
  price!: MoneyInput;
}

/** What createMenuItem needs. */
@InputType({ description: 'The dish or drink to add.' })
export class CreateMenuItemInput {
  @Field(() => ID, { description: 'Heading it stands under; it becomes an item of that brand.' })
  categoryId!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, for guests; at most 500 characters.' })
  description?: string | null;

  @Field(() => [Diets], { defaultValue: [], description: 'What it is safe for.' })
  diets!: Diet[];

  @Field(() => UrlScalar, { nullable: true, description: 'Link to its picture; at most 500 characters.' })
  imageUrl?: string | URL | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether guests see it at once.' })
  isPublished!: boolean;

  @Field(() => [MenuItemPriceInput], { defaultValue: [], description: 'Where it is sold, and for how much.' })
  prices!: MenuItemPriceInput[];
}

/** What createMenuItem answers. */
@ObjectType({ description: 'What came of createMenuItem.' })
export class CreateMenuItemPayload extends Payload {
  @Field(() => MenuItem, { nullable: true, description: 'The new item.' })
  menuItem?: MenuItem | null;
}

/** What updateMenuItem needs. */
@InputType({ description: 'What to change about a menu item; what is absent stays as it is.' })
export class UpdateMenuItemInput {
  @Field(() => ID, { description: 'Which item.' })
  id!: string;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the item is no longer at this version.' })
  expectedVersion?: number | null;

  @Field(() => ID, { nullable: true, description: 'Heading of the same brand it moves to.' })
  categoryId?: string | null;

  @Field(() => String, { nullable: true, description: 'New name; at most 120 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New description, at most 500 characters; null removes it.' })
  description?: string | null;

  @Field(() => [Diets], { nullable: true, description: 'What it is safe for, all of it.' })
  diets?: Diet[] | null;

  @Field(() => UrlScalar, { nullable: true, description: 'Link to its picture; null removes it.' })
  imageUrl?: string | URL | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether guests see it.' })
  isPublished?: boolean | null;
}

/** What updateMenuItem answers. */
@ObjectType({ description: 'What came of updateMenuItem.' })
export class UpdateMenuItemPayload extends Payload {
  @Field(() => MenuItem, { nullable: true, description: 'The item as it is now.' })
  menuItem?: MenuItem | null;
}

/** What setMenuItemPrice needs. */
@InputType({ description: 'What an outlet shall sell a menu item for.' })
export class SetMenuItemPriceInput {
  @Field(() => ID, { description: 'Which item.' })
  menuItemId!: string;

  @Field(() => ID, { description: 'Which outlet; its first price is what makes it sell the item.' })
  outletId!: string;

  @Field(() => MoneyInput, { description: "The price of one, in the outlet's currency." })
  price!: MoneyInput;

  @Field(() => Int, { nullable: true, description: 'Refuse the change if the item is no longer at this version.' })
  expectedVersion?: number | null;
}

/** What setMenuItemPrice answers. */
@ObjectType({ description: 'What came of setMenuItemPrice.' })
export class SetMenuItemPricePayload extends Payload {
  @Field(() => MenuItem, { nullable: true, description: 'The item as it is now.' })
  menuItem?: MenuItem | null;
}

/** What setMenuItemAvailability needs. */
@InputType({ description: 'Whether an outlet can sell a menu item now; what is absent stays as it is.' })
export class SetMenuItemAvailabilityInput {
  @Field(() => ID, { description: 'Which item.' })
  menuItemId!: string;

  @Field(() => ID, { description: 'Which outlet.' })
  outletId!: string;

  @Field(() => Boolean, { nullable: true, description: 'Off takes it from the menu for now.' })
  isAvailable?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Portions left, 0 to 1,000,000, counted down by orders; null makes it unlimited.',
  })
  remaining?: number | null;
}

/** What setMenuItemAvailability answers. */
@ObjectType({ description: 'What came of setMenuItemAvailability.' })
export class SetMenuItemAvailabilityPayload extends Payload {
  @Field(() => MenuItem, { nullable: true, description: 'The item as it is now.' })
  menuItem?: MenuItem | null;
}

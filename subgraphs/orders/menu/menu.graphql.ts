import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CurrencyCode, UrlScalar } from '../../../platform/graphql/scalars.js';
import { connectionOf } from '../../../platform/graphql/shared-types.js';
import { diets, type Diet } from './menu.rules.js';

/** Diets as a GraphQL enum. */
export const Diets = Object.fromEntries(diets.map((diet) => [diet, diet]));
registerEnumType(Diets, {
  name: 'Diet',
  description: 'What a dish is safe for.',
  valuesConfig: {
    VEGETARIAN: { description: 'No meat and no fish.' },
    VEGAN: { description: 'Nothing from animals.' },
    GLUTEN_FREE: { description: 'No gluten.' },
    DAIRY_FREE: { description: 'No milk.' },
    NUT_FREE: { description: 'No nuts.' },
    HALAL: { description: 'Permitted by Islamic rules.' },
    KOSHER: { description: 'Permitted by Jewish rules.' },
    JAIN: { description: 'No meat, fish, egg or root vegetable.' },
  },
});

/** A heading of a menu as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: "A heading of a brand's menu. Readable by anybody." })
export class MenuCategory {
  @Field(() => ID, { description: 'Identifier, such as "cat_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => Int, { description: 'Where it stands on the menu; lower comes first.' })
  sortOrder!: number;

  @Field(() => Int, { description: 'Raised by every change.' })
  version!: number;
}

export const MenuCategoryConnection = connectionOf('MenuCategory', () => MenuCategory);

/** A dish or drink as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something guests can order. Readable by everybody once it is published.' })
export class MenuItem {
  @Field(() => ID, { description: 'Identifier, such as "itm_01J…".' })
  id!: string;

  @Field(() => String, { description: 'Name shown to guests; at most 120 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is, for guests; at most 500 characters.' })
  description!: string | null;

  @Field(() => Boolean, { description: 'Whether guests see it; others are readable by those who manage the menu.' })
  isPublished!: boolean;

  @Field(() => [Diets], { description: 'What it is safe for, as the restaurant says.' })
  diets!: readonly Diet[];

  @Field(() => UrlScalar, { nullable: true, description: 'Link to its picture.' })
  imageUrl!: string | null;

  @Field(() => Int, { description: 'Raised by every change; send it back as `expectedVersion`.' })
  version!: number;
}

export const MenuItemConnection = connectionOf('MenuItem', () => MenuItem);

/** An outlet's menu as clients see it. */
@ObjectType({ description: 'What an outlet sells. Readable by anybody.' })
export class Menu {
  @Field(() => CurrencyCode, { description: 'Currency of its prices.' })
  currency!: string;
}

/** What menuAvailabilityChanged tells. */
@ObjectType({
  description: 'That a menu item ran out at an outlet, came back, or was given another number of portions.',
})
export class MenuAvailabilityEvent {
  @Field(() => String, { description: 'Where to continue after this event: pass it as `since`.' })
  cursor!: string;
}

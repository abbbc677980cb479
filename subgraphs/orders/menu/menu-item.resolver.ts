import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { fromMoneyInput, Money, toMoney } from '../../../platform/graphql/shared-types.js';
import { getAnyOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import type { MenuItemEntity } from './menu-item.entity.js';
import { createMenuItem, updateMenuItem } from './menu-item.operations.js';
import { setMenuItemPrice } from './menu-item-price.operations.js';
import { getMenuItem, listMenuItems } from './menu-item.queries.js';
import { setMenuItemAvailability } from './menu-item-stock.operations.js';
import * as inputs from './menu-inputs.graphql.js';
import { MenuCategory, MenuItem, MenuItemConnection } from './menu.graphql.js';
import { menuCategoryLoader, offerLoader } from './menu.loaders.js';
import { offerKey } from './menu-offer.queries.js';
import { canBeOrdered } from './menu.rules.js';

/** Which menu items are asked for. */
@ArgsType()
export class MenuItemsArgs extends PageArgs {
  @Field(() => ID, { description: 'Which outlet.' })
  outletId!: string;

  @Field(() => String, { nullable: true, description: 'Only those whose name begins with this, whatever its case.' })
  search?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only those under this heading.' })
  categoryId?: string | null;
}

/** Root fields of menu items, and what they are at an outlet. */
@Resolver(() => MenuItem)
export class MenuItemResolver {
  @Query(() => MenuItem, {
    description: 'One menu item. For anybody if it is published, else for those who manage the menu.',
  })
  menuItem(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which item.' }) id: string) {
    return getMenuItem(context.em, context.viewer, id);
  }

  @Query(() => MenuItemConnection, {
    description:
      "An outlet's menu items by name. Those who manage the menu also get what is unpublished or not sold there.",
  })
  async menuItems(@Ctx() context: Context, @Args(() => MenuItemsArgs) args: MenuItemsArgs) {
    const { outletId, search, categoryId, page } = args;
    const outlet = await getAnyOutlet(context.em, outletId);
    return listMenuItems(context.em, context.viewer, { outlet, search, categoryId, page });
  }

  @FieldResolver(() => MenuCategory, { nullable: true, description: 'Heading it stands under.' })
  category(@Root() item: MenuItemEntity, @Ctx() context: Context) {
    return menuCategoryLoader(context).load(item.categoryId);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'What an outlet sells one for; null where it does not.' })
  async price(
    @Root() item: MenuItemEntity,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
  ) {
    const offer = await offerLoader(context).load(offerKey(item.id, outletId));
    return offer && toMoney({ amountMinor: offer.priceMinor, currency: offer.currency });
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Portions an outlet has left; null where they are not counted.',
  })
  async remaining(
    @Root() item: MenuItemEntity,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
  ) {
    return (await offerLoader(context).load(offerKey(item.id, outletId)))?.remaining ?? null;
  }

  @FieldResolver(() => Boolean, { description: 'Whether an outlet can sell one now.' })
  async isAvailable(
    @Root() item: MenuItemEntity,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
  ) {
    const offer = await offerLoader(context).load(offerKey(item.id, outletId));
    return item.isPublished && offer !== null && canBeOrdered(offer);
  }
}

/** Changes of menu items. */
@Resolver(() => MenuItem)
export class MenuItemMutationResolver {
  @Mutation(() => inputs.CreateMenuItemPayload, { description: "Adds a dish or drink to a brand's menu." })
  async createMenuItem(
    @Ctx() context: Context,
    @Arg('input', () => inputs.CreateMenuItemInput, { description: 'The item.' }) input: inputs.CreateMenuItemInput,
  ): Promise<object> {
    const prices = input.prices.map(({ outletId, price }, index) => ({
      outletId,
      price: fromMoneyInput(price, ['prices', String(index), 'price', 'amount']),
    }));
    return { menuItem: await createMenuItem(context, { ...input, prices }) };
  }

  @Mutation(() => inputs.UpdateMenuItemPayload, {
    description: 'Changes what a menu item is, or whether it is published.',
  })
  async updateMenuItem(
    @Ctx() context: Context,
    @Arg('input', () => inputs.UpdateMenuItemInput, { description: 'What to change.' })
    input: inputs.UpdateMenuItemInput,
  ): Promise<object> {
    return { menuItem: await updateMenuItem(context, input) };
  }

  @Mutation(() => inputs.SetMenuItemPricePayload, { description: 'Sets what an outlet sells a menu item for.' })
  async setMenuItemPrice(
    @Ctx() context: Context,
    @Arg('input', () => inputs.SetMenuItemPriceInput, { description: 'Item, outlet and price.' })
    input: inputs.SetMenuItemPriceInput,
  ): Promise<object> {
    return {
      menuItem: await setMenuItemPrice(context, { ...input, price: fromMoneyInput(input.price, ['price', 'amount']) }),
    };
  }

  @Mutation(() => inputs.SetMenuItemAvailabilityPayload, {
    description: "Takes a menu item off an outlet's menu or puts it back, and sets how many portions are left.",
  })
  async setMenuItemAvailability(
    @Ctx() context: Context,
    @Arg('input', () => inputs.SetMenuItemAvailabilityInput, { description: 'Item, outlet and what is available.' })
    input: inputs.SetMenuItemAvailabilityInput,
  ): Promise<object> {
    return { menuItem: await setMenuItemAvailability(context, input) };
  }
}

import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatQuantity } from '../../../platform/domain/quantity.js';
import { reachOf } from '../../../platform/domain/viewer.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import { Money, toMoney } from '../../../platform/graphql/shared-types.js';
import type { InventoryItemEntity } from './inventory-item.entity.js';
import {
  ArchiveInventoryItemInput,
  ArchiveInventoryItemPayload,
  CreateInventoryItemInput,
  CreateInventoryItemPayload,
  InventoryItem,
  InventoryItemConnection,
  StockStateEnum,
  UpdateInventoryItemInput,
  UpdateInventoryItemPayload,
} from './inventory-item.graphql.js';
import { archiveInventoryItem, createInventoryItem, updateInventoryItem } from './inventory-item.operations.js';
import { getItem, listItems } from './inventory-item.queries.js';
import { findOnHand } from './stock-level.queries.js';
import { stockStateOf } from './stock-level.state.js';

@ArgsType()
class InventoryItemsArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only items of this brand.' })
  brandId?: string | null;

  @Field(() => ID, { nullable: true, description: "Only items of this outlet's brand; needed for lowStock." })
  outletId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only the item with this SKU, whatever its case.' })
  sku?: string | null;

  @Field(() => String, { nullable: true, description: 'Only items of this category.' })
  category?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only what is at WARNING or CRITICAL at the outlet; false: only what is not.',
  })
  lowStock?: boolean | null;
}

const outletArg = { description: 'At which outlet.' };

/** Root fields of items, and how much of an item an outlet has. */
@Resolver(() => InventoryItem)
export class InventoryItemResolver {
  @Query(() => InventoryItem, { description: 'One item of a brand the viewer works for.' })
  inventoryItem(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which item.' }) id: string) {
    return getItem(context.em, context.viewer, id);
  }

  @Query(() => InventoryItemConnection, { description: 'Items in use of the brands the viewer works for, by name.' })
  inventoryItems(
    @Ctx() context: Context,
    @Args(() => InventoryItemsArgs) { page, lowStock, ...filter }: InventoryItemsArgs,
  ) {
    return listItems(context.em, context.viewer, { ...filter, page, isLowStock: lowStock });
  }

  @FieldResolver(() => Decimal, { description: 'At or below this, in its unit, its state is WARNING.' })
  minimum(@Root() item: InventoryItemEntity) {
    return formatQuantity(item.minimumMicro, item.unit);
  }

  @FieldResolver(() => Decimal, { description: 'At or below this, in its unit, its state is CRITICAL.' })
  critical(@Root() item: InventoryItemEntity) {
    return formatQuantity(item.criticalMicro, item.unit);
  }

  @FieldResolver(() => Money, {
    nullable: true,
    description: 'What one unit costs; null if unknown, and for viewers without inventory.manage in the brand.',
  })
  unitCost(@Root() item: InventoryItemEntity, @Ctx() { viewer }: Context) {
    const { unitCostMinor, currency, brandId } = item;
    const reach = reachOf(viewer, 'inventory.manage');
    const maySee = reach.isEverywhere || reach.touchedBrandIds.includes(brandId);
    return maySee && unitCostMinor !== null && currency ? toMoney({ amountMinor: unitCostMinor, currency }) : null;
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: 'How much the outlet has, in its unit; null where the viewer may not look.',
  })
  async onHand(
    @Root() item: InventoryItemEntity,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, outletArg) outletId: string,
  ) {
    const onHandMicro = await findOnHand(context, item, outletId);
    return onHandMicro === null ? null : formatQuantity(onHandMicro, item.unit);
  }

  @FieldResolver(() => StockStateEnum, {
    nullable: true,
    description: 'How urgent restocking is at the outlet; null where the viewer may not look.',
  })
  async stockState(
    @Root() item: InventoryItemEntity,
    @Ctx() context: Context,
    @Arg('outletId', () => ID, outletArg) outletId: string,
  ) {
    const onHandMicro = await findOnHand(context, item, outletId);
    return onHandMicro === null ? null : stockStateOf(onHandMicro, item);
  }

  @Mutation(() => CreateInventoryItemPayload, { description: 'Adds an item to what a brand keeps in stock.' })
  async createInventoryItem(
    @Ctx() context: Context,
    @Arg('input', () => CreateInventoryItemInput, { description: 'The item to keep in stock.' })
    input: CreateInventoryItemInput,
  ): Promise<object> {
    return { inventoryItem: await createInventoryItem(context, input) };
  }

  @Mutation(() => UpdateInventoryItemPayload, {
    description: "Changes an item's name, category, cost, levels or whether it is sold.",
  })
  async updateInventoryItem(
    @Ctx() context: Context,
    @Arg('input', () => UpdateInventoryItemInput, { description: 'What to change.' }) input: UpdateInventoryItemInput,
  ): Promise<object> {
    return { inventoryItem: await updateInventoryItem(context, input) };
  }

  @Mutation(() => ArchiveInventoryItemPayload, { description: 'Takes an item out of use; its stock and history stay.' })
  async archiveInventoryItem(
    @Ctx() context: Context,
    @Arg('input', () => ArchiveInventoryItemInput, { description: 'Which item.' }) input: ArchiveInventoryItemInput,
  ): Promise<object> {
    return { inventoryItem: await archiveInventoryItem(context, input) };
  }
}

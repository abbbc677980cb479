import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatQuantity } from '../../../platform/domain/quantity.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import { StockBatch } from '../batch/stock-batch.graphql.js';
import { batchLoader } from '../batch/stock-batch.queries.js';
import { InventoryItem } from '../item/inventory-item.graphql.js';
import { itemLoader } from '../item/inventory-item.queries.js';
import { OrderTicket } from '../order/order.graphql.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { User } from '../user/user.graphql.js';
import type { MovementKind, StockMovementEntity } from './stock-movement.entity.js';
import {
  AdjustStockInput,
  AdjustStockPayload,
  DeductStockInput,
  DeductStockPayload,
  MovementKindEnum,
  ReceiveStockInput,
  ReceiveStockPayload,
  StockMovement,
  StockMovementConnection,
} from './stock-movement.graphql.js';
import { adjustStock, deductStock, receiveStock } from './stock-movement.operations.js';
import { listMovements } from './stock-movement.queries.js';

@ArgsType()
class StockMovementsArgs extends PageArgs {
  @Field(() => ID, { description: 'At which outlet.' })
  outletId!: string;

  @Field(() => ID, { nullable: true, description: 'Only movements of this item.' })
  itemId?: string | null;

  @Field(() => MovementKindEnum, { nullable: true, description: 'Only movements of this kind.' })
  kind?: MovementKind | null;
}

/** The ledger, and the three ways people change stock. */
@Resolver(() => StockMovement)
export class StockMovementResolver {
  @Query(() => StockMovementConnection, { description: 'Movements at an outlet, newest first.' })
  stockMovements(@Ctx() context: Context, @Args(() => StockMovementsArgs) { page, ...filter }: StockMovementsArgs) {
    return listMovements(context.em, context.viewer, { ...filter, page });
  }

  @FieldResolver(() => InventoryItem, { nullable: true, description: 'What moved.' })
  item(@Root() movement: StockMovementEntity, @Ctx() context: Context) {
    return itemLoader(context).load(movement.itemId);
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'Where it moved.' })
  outlet(@Root() movement: StockMovementEntity) {
    return { id: movement.outletId };
  }

  @FieldResolver(() => StockBatch, {
    nullable: true,
    description: 'The batch it went into or came out of; null for a SHORTFALL.',
  })
  batch(@Root() movement: StockMovementEntity, @Ctx() context: Context) {
    return movement.batchId ? batchLoader(context).load(movement.batchId) : null;
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: "What on hand changed by, in the item's unit: negative when stock left, 0 for a SHORTFALL.",
  })
  quantity(@Root() movement: StockMovementEntity, @Ctx() context: Context) {
    return inItsUnit(context, movement, movement.quantityMicro);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: "What was sold but not there, in the item's unit; null but for a SHORTFALL.",
  })
  missing(@Root() movement: StockMovementEntity, @Ctx() context: Context) {
    return movement.kind === 'SHORTFALL' ? inItsUnit(context, movement, movement.missingMicro) : null;
  }

  @FieldResolver(() => Decimal, { nullable: true, description: "On hand after it, in the item's unit." })
  onHandAfter(@Root() movement: StockMovementEntity, @Ctx() context: Context) {
    return inItsUnit(context, movement, movement.onHandAfterMicro);
  }

  @FieldResolver(() => OrderTicket, {
    nullable: true,
    description: 'The order that needed it, for CONSUME and SHORTFALL.',
  })
  order(@Root() { kind, causeId }: StockMovementEntity) {
    return kind === 'CONSUME' || kind === 'SHORTFALL' ? { id: causeId } : null;
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Who moved it; null for API clients and the product itself.',
  })
  movedBy(@Root() { byKind, byId }: StockMovementEntity) {
    return byKind === 'USER' ? { id: byId } : null;
  }

  @Mutation(() => ReceiveStockPayload, { description: 'Adds a delivery as a batch of its own.' })
  receiveStock(
    @Ctx() context: Context,
    @Arg('input', () => ReceiveStockInput, { description: 'The delivery.' }) input: ReceiveStockInput,
  ): Promise<object> {
    return receiveStock(context, input);
  }

  @Mutation(() => AdjustStockPayload, {
    description: 'Books what a count found to be more or less; less is taken first expired first.',
  })
  adjustStock(
    @Ctx() context: Context,
    @Arg('input', () => AdjustStockInput, { description: 'The counted difference.' }) input: AdjustStockInput,
  ): Promise<object> {
    return adjustStock(context, input);
  }

  @Mutation(() => DeductStockPayload, { description: 'Takes stock out, first expired first; never below zero.' })
  deductStock(
    @Ctx() context: Context,
    @Arg('input', () => DeductStockInput, { description: 'What to take out.' }) input: DeductStockInput,
  ): Promise<object> {
    return deductStock(context, input);
  }
}

async function inItsUnit(context: Context, movement: StockMovementEntity, micro: number): Promise<string | null> {
  const item = await itemLoader(context).load(movement.itemId);
  return item && formatQuantity(micro, item.unit);
}

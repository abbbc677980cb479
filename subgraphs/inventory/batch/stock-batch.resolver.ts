import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatQuantity } from '../../../platform/domain/quantity.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { Decimal, LocalDate } from '../../../platform/graphql/scalars.js';
import { InventoryItem } from '../item/inventory-item.graphql.js';
import { itemLoader } from '../item/inventory-item.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import type { StockBatchEntity } from './stock-batch.entity.js';
import { neverExpires } from './stock-batch.fefo.js';
import { StockBatch, StockBatchConnection } from './stock-batch.graphql.js';
import { listBatches } from './stock-batch.queries.js';

@ArgsType()
class StockBatchesArgs extends PageArgs {
  @Field(() => ID, { description: 'Of which outlet.' })
  outletId!: string;

  @Field(() => ID, { nullable: true, description: 'Only batches of this item.' })
  itemId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Only what expires within so many days, 0 to 3650; what has expired is included.',
  })
  expiringWithinDays?: number | null;
}

/** The list of batches, and what a batch is of. */
@Resolver(() => StockBatch)
export class StockBatchResolver {
  @Query(() => StockBatchConnection, {
    description: 'Batches of an outlet with something left, first to expire first.',
  })
  stockBatches(@Ctx() context: Context, @Args(() => StockBatchesArgs) { page, ...filter }: StockBatchesArgs) {
    return listBatches(context.em, context.viewer, { ...filter, page, now: context.clock.now() });
  }

  @FieldResolver(() => InventoryItem, { nullable: true, description: 'What it is of.' })
  item(@Root() batch: StockBatchEntity, @Ctx() context: Context) {
    return itemLoader(context).load(batch.itemId);
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'Where it is.' })
  outlet(@Root() batch: StockBatchEntity) {
    return { id: batch.outletId };
  }

  @FieldResolver(() => Decimal, { nullable: true, description: "What is left of it, in the item's unit." })
  async quantity(@Root() batch: StockBatchEntity, @Ctx() context: Context) {
    const item = await itemLoader(context).load(batch.itemId);
    return item && formatQuantity(batch.quantityMicro, item.unit);
  }

  @FieldResolver(() => LocalDate, { nullable: true, description: 'Its last good day; null if it does not expire.' })
  expiresOn(@Root() batch: StockBatchEntity) {
    return batch.expiryKey === neverExpires ? null : batch.expiryKey;
  }
}

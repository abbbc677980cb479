import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { formatQuantity } from '../../../platform/domain/quantity.js';
import { holds } from '../../../platform/domain/viewer.js';
import type { EventOf } from '../../../platform/events/catalogue.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { Decimal } from '../../../platform/graphql/scalars.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import type { InventoryItemEntity } from '../item/inventory-item.entity.js';
import { InventoryItem, StockStateEnum } from '../item/inventory-item.graphql.js';
import { itemLoader } from '../item/inventory-item.queries.js';
import { stockStateOf } from '../item/stock-level.state.js';
import { StockLevelEvent } from './stock-movement.graphql.js';

interface StockLevelArgs {
  readonly outletId: string;
  readonly since?: string | null;
}

interface SubscribeOptions {
  readonly args: StockLevelArgs;
  readonly context: Context;
}

/** What an outlet has, as it changes. */
@Resolver(() => StockLevelEvent)
export class StockLevelEventResolver {
  @Subscription(() => StockLevelEvent, {
    description: 'Every change of what an outlet has, from now on or from just after `since`.',
    subscribe: ({ args, context }: SubscribeOptions) => followStock(context, args),
  })
  stockLevelChanged(
    @Root() event: LiveEvent,
    @Arg('outletId', () => ID, { description: 'At which outlet.' }) _outletId: string,
    @Arg('since', () => String, { nullable: true, description: 'Cursor of the last event that was seen.' })
    _since?: string | null,
  ): object {
    return event;
  }

  @FieldResolver(() => Date, { description: 'When it changed.' })
  at(@Root() { event }: LiveEvent) {
    return event.occurredAt;
  }

  @FieldResolver(() => InventoryItem, {
    nullable: true,
    description: 'The item; null where the viewer may no longer look.',
  })
  item(@Root() live: LiveEvent, @Ctx() context: Context) {
    return visibleItem(context, live);
  }

  @FieldResolver(() => Decimal, {
    nullable: true,
    description: "What the outlet had just after the change, in the item's unit.",
  })
  async onHand(@Root() live: LiveEvent, @Ctx() context: Context) {
    const item = await visibleItem(context, live);
    return item && isStockMoved(live.event) ? formatQuantity(live.event.payload.onHandMicro, item.unit) : null;
  }

  @FieldResolver(() => StockStateEnum, {
    nullable: true,
    description: 'How urgent restocking was just after the change.',
  })
  async state(@Root() live: LiveEvent, @Ctx() context: Context) {
    const item = await visibleItem(context, live);
    return item && isStockMoved(live.event) ? stockStateOf(live.event.payload.onHandMicro, item) : null;
  }
}

async function followStock(
  { em, viewer, events }: Context,
  { outletId, since }: StockLevelArgs,
): Promise<AsyncIterable<LiveEvent>> {
  const { brandId } = await getOutlet(em, { viewer, slug: 'inventory.read', outletId });
  return events.follow(brandId, since ?? null, (event) => isStockMoved(event) && event.outletId === outletId);
}

async function visibleItem(context: Context, { event }: LiveEvent): Promise<InventoryItemEntity | null> {
  const maySee = holds(context.viewer, 'inventory.read', { brandId: event.brandId, outletId: event.outletId });
  return maySee ? itemLoader(context).load(event.aggregateId) : null;
}

function isStockMoved(event: LiveEvent['event']): event is EventOf<'stock.moved'> {
  return event.type === 'stock.moved';
}

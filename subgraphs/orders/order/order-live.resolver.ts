import { Arg, Ctx, FieldResolver, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import type { LiveEvent } from '../../../platform/events/live-events.js';
import { OrderStatuses } from './order-enums.graphql.js';
import { followOrders, followQueue, statusOf } from './order-live.queries.js';
import { OrderQueueEvent, OrderStatusEvent, OrderTicket } from './order.graphql.js';
import { orderLoader } from './order.loaders.js';

/** The live channel of an outlet's orders. */
@Resolver(() => OrderStatusEvent)
export class OrderStatusEventResolver {
  @Subscription(() => OrderStatusEvent, {
    description:
      'Orders of an outlet as they are placed and go on: all of them for those who read its orders, own ones for guests.',
    subscribe: ({ context, args }) => followOrders(context, args),
  })
  orderStatusChanged(
    @Root() live: LiveEvent,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) _outletId: string,
    @Arg('since', () => String, { nullable: true, description: 'Continue after the event with this cursor.' })
    _since?: string | null,
  ): LiveEvent {
    return live;
  }

  @FieldResolver(() => Date, { description: 'When it happened.' })
  at(@Root() { event }: LiveEvent): Date {
    return event.occurredAt;
  }

  @FieldResolver(() => OrderStatuses, {
    description: 'Status just after it happened; the order itself may have gone on.',
  })
  status(@Root() { event }: LiveEvent): string | null {
    return statusOf(event);
  }

  @FieldResolver(() => OrderTicket, {
    nullable: true,
    description: 'The order as it is now; null where the viewer may no longer see it.',
  })
  order(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    return orderLoader(context).load(event.aggregateId);
  }
}

/** The live channel of the kitchen's list. */
@Resolver(() => OrderQueueEvent)
export class OrderQueueEventResolver {
  @Subscription(() => OrderQueueEvent, {
    description: "Orders that come onto the kitchen's list of an outlet, move on it or leave it.",
    subscribe: ({ context, args }) => followQueue(context, args),
  })
  orderQueueChanged(
    @Root() live: LiveEvent,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) _outletId: string,
    @Arg('since', () => String, { nullable: true, description: 'Continue after the event with this cursor.' })
    _since?: string | null,
  ): LiveEvent {
    return live;
  }

  @FieldResolver(() => Date, { description: 'When it happened.' })
  at(@Root() { event }: LiveEvent): Date {
    return event.occurredAt;
  }

  @FieldResolver(() => OrderTicket, {
    nullable: true,
    description: 'The order as it is now; null where the viewer may not see it.',
  })
  order(@Root() { event }: LiveEvent, @Ctx() context: Context) {
    return orderLoader(context).load(event.aggregateId);
  }
}

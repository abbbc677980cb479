import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { defaultPageSize } from '../../../platform/domain/page.js';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { OrderStatuses } from './order-enums.graphql.js';
import { listOrders } from './order-list.queries.js';
import { OrderTicket, OrderTicketConnection } from './order.graphql.js';
import { getOrder, listKitchenQueue } from './order.queries.js';
import type { OrderStatus } from './order.state.js';

/** Which orders are asked for, by cursor or by number of the page. */
@ArgsType()
export class OrdersArgs {
  @Field(() => Int, { defaultValue: defaultPageSize, description: 'How many rows, 1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'Continue after the row with this cursor.' })
  after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Number of the page from 1, instead of `after`; reaches the first 10,000 rows.',
  })
  page?: number | null;

  @Field(() => Int, { nullable: true, description: 'Rows on a numbered page, 1 to 100; 25 unless told.' })
  limit?: number | null;

  @Field(() => ID, { nullable: true, description: 'Only those of this outlet.' })
  outletId?: string | null;

  @Field(() => [OrderStatuses], { nullable: true, description: 'Only those in one of these statuses.' })
  status?: OrderStatus[] | null;

  @Field(() => LocalDate, { nullable: true, description: 'Only those of this business day of their outlet.' })
  businessDay?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'An order number, or how the name of an ordered dish begins, whatever its case.',
  })
  search?: string | null;
}

/** Root fields of orders. */
@Resolver()
export class OrderResolver {
  @Query(() => OrderTicket, { description: 'One order of a place whose orders the viewer reads, or one of their own.' })
  order(@Ctx() context: Context, @Arg('id', () => ID, { description: 'Which order.' }) id: string) {
    return getOrder(context.em, context.viewer, id);
  }

  @Query(() => OrderTicketConnection, {
    description: 'Orders of places whose orders the viewer reads, and their own; newest first.',
  })
  orders(@Ctx() context: Context, @Args(() => OrdersArgs) args: OrdersArgs) {
    return listOrders(context.em, context.viewer, args);
  }

  @Query(() => [OrderTicket], {
    description: 'What the kitchen of an outlet has to cook or to hand over, oldest first; at most 200.',
  })
  kitchenQueue(@Ctx() context: Context, @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string) {
    return listKitchenQueue(context.em, context.viewer, outletId);
  }
}

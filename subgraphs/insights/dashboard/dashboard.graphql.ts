import { Field, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { Money } from '../../../platform/graphql/shared-types.js';
import { Outlet } from '../outlet/outlet.graphql.js';

/** The figures a manager looks at during a day. */
@ObjectType({
  description:
    'The figures of one business day at a glance. Readable by those who may read the insights of the outlet.',
})
export class Dashboard {
  @Field(() => Outlet, { nullable: true, description: 'The outlet whose day it is.' })
  outlet!: Outlet | null;

  @Field(() => LocalDate, { description: 'The business day shown.' })
  businessDay!: string;

  @Field(() => Money, { description: 'Totals of the completed orders of that day.' })
  sales!: Money;

  @Field(() => Money, { description: 'Payments captured on that day.' })
  paid!: Money;

  @Field(() => Money, { description: 'Sales of the same weekday a week before, for comparison; of that whole day.' })
  salesLastWeek!: Money;

  @Field(() => Int, { description: 'Orders placed for that day.' })
  ordersPlaced!: number;

  @Field(() => Int, { description: 'Orders of that day which are neither completed nor cancelled.' })
  ordersOpen!: number;

  @Field(() => Int, { description: 'Orders of that day which were completed.' })
  ordersCompleted!: number;

  @Field(() => Int, { description: 'Orders of that day which were cancelled.' })
  ordersCancelled!: number;

  @Field(() => Money, { nullable: true, description: 'Sales per completed order; null when there were none.' })
  averageOrder!: Money | null;

  @Field(() => Int, { description: 'Guests of the completed orders.' })
  covers!: number;
}

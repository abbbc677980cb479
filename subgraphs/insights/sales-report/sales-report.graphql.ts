import { Field, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { Money } from '../../../platform/graphql/shared-types.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { PaymentMix } from '../summary/summary.graphql.js';

/** The totals of one business day as clients see them. */
@ObjectType({ description: 'What one business day of a report came to.' })
export class SalesReportDay {
  @Field(() => LocalDate, { description: 'The business day.' })
  businessDay!: string;

  @Field(() => Money, { description: 'Totals of its completed orders.' })
  sales!: Money;

  @Field(() => Money, { description: 'Payments captured on it.' })
  paid!: Money;

  @Field(() => Int, { description: 'Its completed orders.' })
  orders!: number;
}

/** A sales report answered at once. */
@ObjectType({
  description:
    'Sales, payments and dishes of some business days. Readable by those who may read the insights of the outlet.',
})
export class SalesReport {
  @Field(() => Outlet, { nullable: true, description: 'The outlet it is about.' })
  outlet!: Outlet | null;

  @Field(() => LocalDate, { description: 'Its first business day.' })
  from!: string;

  @Field(() => LocalDate, { description: 'Its last business day.' })
  to!: string;

  @Field(() => Money, { description: 'Totals of the completed orders.' })
  sales!: Money;

  @Field(() => Money, { description: 'Payments captured.' })
  paid!: Money;

  @Field(() => Int, { description: 'Completed orders.' })
  orders!: number;

  @Field(() => Int, { description: 'Guests of the completed orders.' })
  covers!: number;

  @Field(() => Money, { nullable: true, description: 'Sales per completed order; null when there were none.' })
  averageOrder!: Money | null;

  @Field(() => [SalesReportDay], { description: 'Every business day in order of time, at most 366.' })
  days!: SalesReportDay[];

  @Field(() => [PaymentMix], { description: 'Payments by method, the largest amount first.' })
  paymentMix!: PaymentMix[];
}

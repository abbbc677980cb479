import { ArgsType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { connectionOf, Money } from '../../../platform/graphql/shared-types.js';
import { MenuItem } from '../menu-item/menu-item.graphql.js';

/** One business day of one outlet as clients see it. */
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One business day of one outlet in figures. Readable by those who may read its insights.' })
export class DailySummary {
  @Field(() => ID, { description: 'Identifier, such as "sum_01J…"; it follows from outlet and day.' })
  id!: string;

  @Field(() => LocalDate, { description: "The business day: it ends at the outlet's cut-off, not at midnight." })
  businessDay!: string;

  @Field(() => Int, { description: 'Orders placed for that day.' })
  ordersPlaced!: number;

  @Field(() => Int, { description: 'Orders of that day which were completed.' })
  ordersCompleted!: number;

  @Field(() => Int, { description: 'Orders of that day which were cancelled.' })
  ordersCancelled!: number;

  @Field(() => Int, { description: 'Guests of the completed orders.' })
  covers!: number;

  @Field(() => Int, { description: 'Raised by every change; 0 for a day on which nothing has happened.' })
  version!: number;
}

export const DailySummaryConnection = connectionOf('DailySummary', () => DailySummary);

/** Which days of which outlet. */
@ArgsType()
export class DaysArgs {
  @Field(() => ID, { description: 'Which outlet.' })
  outletId!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Not before this business day.' })
  from?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Not after this business day.' })
  to?: string | null;
}

/** What a dish sold as clients see it. */
@ObjectType({ description: 'What one dish sold.' })
export class ItemSales {
  @Field(() => MenuItem, { nullable: true, description: 'The dish; null once it is no longer known.' })
  menuItem!: MenuItem | null;

  @Field(() => String, { description: 'Its name at the latest sale.' })
  name!: string;

  @Field(() => Int, { description: 'Portions sold.' })
  quantity!: number;

  @Field(() => Money, { description: 'What they came to.' })
  sales!: Money;
}

/** Sales of one hour as clients see them. */
@ObjectType({ description: "Sales of one hour of the outlet's clock." })
export class HourlySales {
  @Field(() => Int, { description: 'The hour, 0 to 23.' })
  hour!: number;

  @Field(() => Int, { description: 'Orders completed in it.' })
  orders!: number;

  @Field(() => Money, { description: 'What they came to.' })
  sales!: Money;
}

/** Payments by one method as clients see them. */
@ObjectType({ description: 'What was paid by one method.' })
export class PaymentMix {
  @Field(() => String, { description: 'The method, such as CASH.' })
  method!: string;

  @Field(() => Money, { description: 'What was captured.' })
  amount!: Money;

  @Field(() => Int, { description: 'How many payments.' })
  count!: number;
}

import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { PageArgs } from '../../../platform/graphql/page-args.js';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { Money, toMoney } from '../../../platform/graphql/shared-types.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { Outlet } from '../outlet/outlet.graphql.js';
import { currencyOf } from '../outlet/outlet.queries.js';
import type { DailySummaryEntity } from './daily-summary.entity.js';
import { DailySummary, DailySummaryConnection, DaysArgs } from './summary.graphql.js';
import { getDay, listDailySummaries } from './summary.queries.js';
import { averageOf } from './summary.rules.js';

/** Root fields of business days, and their amounts. */
@Resolver(() => DailySummary)
export class SummaryResolver {
  @Query(() => DailySummary, {
    description: 'One business day of an outlet; a day on which nothing has happened is all zeros.',
  })
  async dailySummary(
    @Ctx() { em, viewer }: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Arg('businessDay', () => LocalDate, { description: 'Which business day.' }) businessDay: string,
  ) {
    const outlet = await getOutlet(em, { viewer, slug: 'insights.read', outletId });
    return getDay(em, { outletId, brandId: outlet.brandId, businessDay });
  }

  @Query(() => DailySummaryConnection, {
    description: 'Business days of an outlet on which something has happened, the latest first.',
  })
  async dailySummaries(
    @Ctx() { em, viewer }: Context,
    @Args(() => PageArgs) { page }: PageArgs,
    @Args(() => DaysArgs) { outletId, from, to }: DaysArgs,
  ) {
    await getOutlet(em, { viewer, slug: 'insights.read', outletId });
    return listDailySummaries(em, viewer, { outletId, from, to, page });
  }

  @FieldResolver(() => Outlet, { nullable: true, description: 'The outlet whose day it is.' })
  outlet(@Root() { outletId }: DailySummaryEntity) {
    return { id: outletId };
  }

  @FieldResolver(() => Money, { description: 'Totals of the completed orders, on the business day of the order.' })
  async sales(@Root() { outletId, salesMinor }: DailySummaryEntity, @Ctx() context: Context) {
    return toMoney({ amountMinor: salesMinor, currency: await currencyOf(context, outletId) });
  }

  @FieldResolver(() => Money, { description: 'Captured payments, on the business day of the payment.' })
  async paid(@Root() { outletId, paidMinor }: DailySummaryEntity, @Ctx() context: Context) {
    return toMoney({ amountMinor: paidMinor, currency: await currencyOf(context, outletId) });
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Sales per completed order; null when there were none.' })
  async averageOrder(@Root() { outletId, salesMinor, ordersCompleted }: DailySummaryEntity, @Ctx() context: Context) {
    const average = averageOf(salesMinor, { orders: ordersCompleted, currency: await currencyOf(context, outletId) });
    return average && toMoney(average);
  }
}

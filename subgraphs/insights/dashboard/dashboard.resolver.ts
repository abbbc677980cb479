import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { LocalDate } from '../../../platform/graphql/scalars.js';
import { toMoney } from '../../../platform/graphql/shared-types.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { HourlySales, ItemSales } from '../summary/summary.graphql.js';
import { listTimeSales, listTopItems } from '../summary/summary.queries.js';
import { averageOf, salesByHour } from '../summary/summary.rules.js';
import { toItemSales } from '../summary/summary.view.js';
import { Dashboard } from './dashboard.graphql.js';
import { getDashboard, type DashboardDay } from './dashboard.queries.js';

const TOP_ITEMS = 10;

/** The dashboard of an outlet's business day. */
@Resolver(() => Dashboard)
export class DashboardResolver {
  @Query(() => Dashboard, { description: 'The figures of one business day of an outlet at a glance.' })
  async dashboard(
    @Ctx() { em, viewer, clock }: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Arg('businessDay', () => LocalDate, {
      nullable: true,
      description: "Which business day; the outlet's current one if absent.",
    })
    businessDay?: string | null,
  ) {
    const outlet = await getOutlet(em, { viewer, slug: 'insights.read', outletId });
    return toDashboard(await getDashboard(em, { outlet, businessDay, now: clock.now() }));
  }

  @FieldResolver(() => [ItemSales], { description: 'The dishes that sold for most, at most 10, the best first.' })
  async topItems(@Root() { outlet, businessDay }: DashboardFacts, @Ctx() { em }: Context) {
    const items = await listTopItems(em, { outletId: outlet.id, from: businessDay, to: businessDay }, TOP_ITEMS);
    return items.map((item) => toItemSales(item, outlet.currency));
  }

  @FieldResolver(() => [HourlySales], {
    description:
      'Sales of all 24 hours by the time of completion, beginning with the hour in which the business day does.',
  })
  async salesByHour(@Root() { outlet, businessDay }: DashboardFacts, @Ctx() { em }: Context) {
    const quarters = await listTimeSales(em, { outletId: outlet.id, businessDay });
    return salesByHour(quarters, outlet).map(({ hour, orders, salesMinor }) => ({
      hour,
      orders,
      sales: toMoney({ amountMinor: salesMinor, currency: outlet.currency }),
    }));
  }
}

type DashboardFacts = ReturnType<typeof toDashboard>;

function toDashboard({ outlet, day, lastWeek }: DashboardDay) {
  const { businessDay, ordersPlaced, ordersCompleted, ordersCancelled, covers } = day;
  const amount = (amountMinor: number) => toMoney({ amountMinor, currency: outlet.currency });
  const average = averageOf(day.salesMinor, { orders: ordersCompleted, currency: outlet.currency });
  return {
    outlet,
    businessDay,
    ordersPlaced,
    ordersCompleted,
    ordersCancelled,
    // News of an order's end can overtake the news of its beginning.
    ordersOpen: Math.max(0, ordersPlaced - ordersCompleted - ordersCancelled),
    covers,
    sales: amount(day.salesMinor),
    paid: amount(day.paidMinor),
    salesLastWeek: amount(lastWeek.salesMinor),
    averageOrder: average && toMoney(average),
  };
}

import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../platform/context.js';
import { businessDayOf } from '../../../platform/domain/business-day.js';
import { toMoney } from '../../../platform/graphql/shared-types.js';
import type { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { paidOn, paymentMixOf, totalsOf, type DayFigures } from '../report/report.figures.js';
import { listDayFigures } from '../report/report.queries.js';
import { parseRange, type DayRange } from '../report/report.range.js';
import { ItemSales } from '../summary/summary.graphql.js';
import { listTopItems } from '../summary/summary.queries.js';
import { averageOf } from '../summary/summary.rules.js';
import { toItemSales } from '../summary/summary.view.js';
import { SalesReport } from './sales-report.graphql.js';

const TOP_ITEMS = 10;

/** The sales report that is answered at once. */
@Resolver(() => SalesReport)
export class SalesReportResolver {
  @Query(() => SalesReport, { description: 'Sales, payments and dishes of some business days of an outlet, at once.' })
  async salesReport(
    @Ctx() { em, viewer, clock }: Context,
    @Arg('outletId', () => ID, { description: 'Which outlet.' }) outletId: string,
    @Arg('range', () => String, {
      description:
        '"24h" (the current business day), "7d", "30d", or two business days such as "2026-03-01..2026-03-31"; at most 366 days.',
    })
    range: string,
  ) {
    const outlet = await getOutlet(em, { viewer, slug: 'insights.read', outletId });
    const days = parseRange(range, businessDayOf(clock.now(), outlet));
    return toSalesReport(outlet, days, await listDayFigures(em, { outletId, ...days }));
  }

  @FieldResolver(() => [ItemSales], { description: 'The dishes that sold for most, at most 10, the best first.' })
  async topItems(@Root() { outlet, from, to }: ReturnType<typeof toSalesReport>, @Ctx() { em }: Context) {
    const items = await listTopItems(em, { outletId: outlet.id, from, to }, TOP_ITEMS);
    return items.map((item) => toItemSales(item, outlet.currency));
  }
}

function toSalesReport(outlet: OutletReplicaEntity, { from, to }: DayRange, days: readonly DayFigures[]) {
  const { currency } = outlet;
  const amount = (amountMinor: number) => toMoney({ amountMinor, currency });
  const { salesMinor, paidMinor, orders, covers } = totalsOf(days);
  const average = averageOf(salesMinor, { orders, currency });
  return {
    outlet,
    from,
    to,
    sales: amount(salesMinor),
    paid: amount(paidMinor),
    orders,
    covers,
    averageOrder: average && toMoney(average),
    days: days.map((day) => ({
      businessDay: day.businessDay,
      orders: day.orders,
      sales: amount(day.salesMinor),
      paid: amount(paidOn(day)),
    })),
    paymentMix: paymentMixOf(days).map(({ method, amountMinor, count }) => ({
      method,
      amount: amount(amountMinor),
      count,
    })),
  };
}

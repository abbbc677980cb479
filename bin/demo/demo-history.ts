import { placeScope } from '../../platform/data/tenant-scope.js';
import type { Product } from '../product.js';
import { ServiceNodeEntity } from '../../subgraphs/layout/node/node.entity.js';
import type { MadeBrand } from './demo-accounts.js';
import { priceAt, type MadeDish } from './demo-menu.js';
import { demoNodes } from './floor-plan.js';
import { pastOrders } from './history.js';
import { writeSummaries } from './history-insights.js';
import { writeOrders } from './history-orders.js';
import { createRandom } from './random.js';

/** How much past a brand gets, and from which seed. */
export interface HistoryOptions {
  readonly brand: MadeBrand;
  readonly dishes: readonly MadeDish[];
  readonly days: number;
  readonly seed: number;
}

/** Gives every outlet of a brand its past: orders, payments and the figures of each business day before today. */
export async function writeHistory(product: Product, { brand, dishes, days, seed }: HistoryOptions): Promise<void> {
  if (days === 0) return;
  const { orders, insights } = product.subgraphs;
  for (const [index, outlet] of brand.outlets.entries()) {
    const random = createRandom(seed * 100 + index);
    const past = pastOrders(
      {
        now: orders.systemContext().clock.now(),
        days,
        rule: outlet.plan,
        country: outlet.plan.country,
        ordersPerDay: outlet.plan.ordersPerDay,
        tables: demoNodes.filter(({ kind }) => kind === 'TABLE').length,
        dishes: dishes.map(({ id, plan }) => ({
          ...plan,
          menuItemId: id,
          priceMinor: priceAt(outlet.plan, plan.price).amountMinor,
        })),
      },
      random,
    );
    const place = { brandId: brand.id, outletId: outlet.id };
    const people = { waiterId: brand.users.waiter.id, chefId: brand.users.chef.id };
    const tableIds = await tablesOf(product, outlet.id);
    await writeOrders(
      orders.systemContext(),
      { ...place, ...people, tableIds, currency: outlet.plan.currency },
      { orders: past, random },
    );
    await writeSummaries(insights.systemContext(), place, past);
  }
}

async function tablesOf(product: Product, outletId: string): Promise<string[]> {
  const nodes = await product.subgraphs.layout
    .systemContext()
    .em.find(ServiceNodeEntity, { $and: [placeScope({ outletId }), { kind: 'TABLE' }] }, { orderBy: { id: 'asc' } });
  return nodes.map(({ id }) => id);
}

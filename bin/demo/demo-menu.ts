import type { Context } from '../../platform/context.js';
import { currencyDigits, money, type Money } from '../../platform/domain/money.js';
import { createMenuCategory } from '../../subgraphs/orders/menu/menu-category.operations.js';
import { createMenuItem } from '../../subgraphs/orders/menu/menu-item.operations.js';
import type { DemoOutlet } from './brands.js';
import type { MadeBrand } from './demo-accounts.js';
import { demoCategories, demoDishes, type DemoDish } from './menu.js';

/** A dish that has been made, with its plan. */
export interface MadeDish {
  readonly id: string;
  readonly plan: DemoDish;
}

/** Makes a brand's menu, priced in each outlet's currency. */
export async function makeMenu(context: Context, brand: MadeBrand): Promise<MadeDish[]> {
  const categoryIds = new Map<string, string>();
  for (const [sortOrder, name] of demoCategories.entries()) {
    categoryIds.set(name, (await createMenuCategory(context, { brandId: brand.id, name, sortOrder })).id);
  }
  const dishes: MadeDish[] = [];
  for (const plan of demoDishes) {
    const { name, description, diets } = plan;
    const prices = brand.outlets.map((outlet) => ({ outletId: outlet.id, price: priceAt(outlet.plan, plan.price) }));
    const categoryId = categoryIds.get(plan.category) ?? '';
    const item = await createMenuItem(context, { categoryId, name, description, diets, isPublished: true, prices });
    dishes.push({ id: item.id, plan });
  }
  return dishes;
}

/** What a price in rupees is at an outlet: converted, and rounded to what prices end in there. */
export function priceAt({ currency, rate, step }: DemoOutlet, rupees: number): Money {
  const minor = rupees * rate * 10 ** currencyDigits(currency);
  return money(Math.max(step, Math.round(minor / step) * step), currency);
}

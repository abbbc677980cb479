import type { Context } from '../../platform/context.js';
import { addDays, businessDayOf } from '../../platform/domain/business-day.js';
import { formatAmount } from '../../platform/domain/money.js';
import { stockUnits, type StockUnit } from '../../platform/domain/quantity.js';
import { createInventoryItem } from '../../subgraphs/inventory/item/inventory-item.operations.js';
import { receiveStock } from '../../subgraphs/inventory/movement/stock-movement.operations.js';
import { saveRecipe } from '../../subgraphs/inventory/recipe/recipe.operations.js';
import type { MadeBrand } from './demo-accounts.js';
import { priceAt, type MadeDish } from './demo-menu.js';
import { demoIngredients, type DemoIngredient } from './ingredients.js';

const shelfLifeDays: Readonly<Record<string, number>> = { Dairy: 9, 'Meat and fish': 4, Vegetables: 7 };

/** Stocks a brand's kitchens with an opening delivery in each outlet and writes down what goes into each dish. */
export async function makeStock(context: Context, brand: MadeBrand, dishes: readonly MadeDish[]): Promise<void> {
  const itemIds = new Map<string, string>();
  for (const ingredient of demoIngredients) itemIds.set(ingredient.sku, await makeItem(context, brand, ingredient));
  for (const { id, plan } of dishes) {
    const ingredients = readRecipe(plan.recipe).map(({ sku, ...rest }) => ({
      ...rest,
      itemId: itemIds.get(sku) ?? '',
    }));
    await saveRecipe(context, { menuItemId: id, yieldPortions: 1, ingredients });
  }
}

function readRecipe(recipe: string): { sku: string; quantity: string; unit: StockUnit }[] {
  return recipe.split(', ').map((ingredient) => {
    const [sku = '', quantity = '', name = ''] = ingredient.split(' ');
    const unit = stockUnits.find((known) => known === name);
    if (!unit) throw new Error(`Not an ingredient of a recipe: ${ingredient}`);
    return { sku, quantity, unit };
  });
}

async function makeItem(context: Context, brand: MadeBrand, ingredient: DemoIngredient): Promise<string> {
  const { sku, name, category, unit } = ingredient;
  const [first] = brand.outlets;
  if (!first) throw new Error('A demo brand has at least one outlet.');
  const cost = priceAt({ ...first.plan, step: 1 }, ingredient.cost);
  const unitCost = { amount: formatAmount(cost), currency: cost.currency };
  const levels = { minimum: String(ingredient.minimum), critical: String(ingredient.critical) };
  const item = await createInventoryItem(context, {
    brandId: brand.id,
    sku,
    name,
    category,
    unit,
    unitCost,
    isSold: true,
    ...levels,
  });
  for (const outlet of brand.outlets) await receiveOpening(context, { itemId: item.id, outlet, ingredient });
  return item.id;
}

interface Opening {
  readonly itemId: string;
  readonly outlet: MadeBrand['outlets'][number];
  readonly ingredient: DemoIngredient;
}

async function receiveOpening(context: Context, { itemId, outlet, ingredient }: Opening): Promise<void> {
  const { sku, category, unit, opening } = ingredient;
  const today = businessDayOf(context.clock.now(), outlet.plan);
  const keeps = shelfLifeDays[category];
  await receiveStock(context, {
    itemId,
    outletId: outlet.id,
    quantity: String(opening),
    unit,
    lot: `OPENING-${sku}`,
    expiresOn: keeps === undefined ? null : addDays(today, keeps),
    location: keeps === undefined ? 'Dry store' : 'Cold room',
    reason: 'Opening delivery',
    idempotencyKey: `opening-${outlet.id}-${itemId}`,
  });
}

import type { StockUnit } from '../../platform/domain/quantity.js';

/** Something the demo kitchens stock: SKU, name, category, unit, opening stock, minimum, critical level and unit cost in rupees. */
export interface DemoIngredient {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly unit: StockUnit;
  readonly opening: number;
  readonly minimum: number;
  readonly critical: number;
  readonly cost: number;
}

const ingredient = (
  sku: string,
  name: string,
  category: string,
  unit: StockUnit,
  [opening, minimum, critical, cost]: readonly [number, number, number, number],
): DemoIngredient => ({
  sku,
  name,
  category,
  unit,
  opening,
  minimum,
  critical,
  cost,
});

/** What the kitchens stock. */
export const demoIngredients: readonly DemoIngredient[] = [
  ingredient('DRY-RICE', 'Basmati rice', 'Dry goods', 'KG', [60, 15, 5, 110]),
  ingredient('DRY-LENTIL', 'Black lentils', 'Dry goods', 'KG', [20, 5, 2, 140]),
  ingredient('DRY-FLOUR', 'Wheat flour', 'Dry goods', 'KG', [50, 12, 4, 45]),
  ingredient('DRY-SEMOLINA', 'Semolina', 'Dry goods', 'KG', [15, 4, 1, 60]),
  ingredient('DRY-SUGAR', 'Sugar', 'Dry goods', 'KG', [25, 6, 2, 46]),
  ingredient('DRY-SPICE', 'House spice mix', 'Dry goods', 'KG', [6, 1.5, 0.5, 700]),
  ingredient('DRY-TEA', 'Assam tea', 'Dry goods', 'KG', [5, 1, 0.3, 520]),
  ingredient('DRY-COFFEE', 'Coffee beans', 'Dry goods', 'KG', [8, 2, 0.5, 950]),
  ingredient('DAI-PANEER', 'Paneer', 'Dairy', 'KG', [18, 5, 2, 380]),
  ingredient('DAI-CREAM', 'Cream', 'Dairy', 'L', [12, 3, 1, 260]),
  ingredient('DAI-YOGHURT', 'Yoghurt', 'Dairy', 'KG', [20, 5, 2, 90]),
  ingredient('DAI-MILK', 'Milk', 'Dairy', 'L', [40, 10, 4, 62]),
  ingredient('DAI-BUTTER', 'Butter', 'Dairy', 'KG', [10, 3, 1, 540]),
  ingredient('PRO-CHICKEN', 'Chicken thigh', 'Meat and fish', 'KG', [30, 8, 3, 290]),
  ingredient('PRO-LAMB', 'Lamb shoulder', 'Meat and fish', 'KG', [14, 4, 1.5, 820]),
  ingredient('PRO-FISH', 'Kingfish', 'Meat and fish', 'KG', [12, 3, 1, 640]),
  ingredient('PRO-PRAWN', 'Prawns', 'Meat and fish', 'KG', [10, 3, 1, 760]),
  ingredient('PRO-EGG', 'Eggs', 'Meat and fish', 'EACH', [240, 60, 24, 8]),
  ingredient('VEG-ONION', 'Onions', 'Vegetables', 'KG', [35, 8, 3, 38]),
  ingredient('VEG-TOMATO', 'Tomatoes', 'Vegetables', 'KG', [30, 8, 3, 52]),
  ingredient('VEG-SPINACH', 'Spinach', 'Vegetables', 'KG', [10, 3, 1, 60]),
  ingredient('VEG-POTATO', 'Potatoes', 'Vegetables', 'KG', [30, 8, 3, 34]),
  ingredient('VEG-MANGO', 'Mango pulp', 'Vegetables', 'KG', [12, 3, 1, 180]),
  ingredient('VEG-LIME', 'Limes', 'Vegetables', 'EACH', [150, 40, 15, 5]),
  ingredient('BEV-BEER', 'Lager, bottle 330 ml', 'Beverages', 'EACH', [120, 36, 12, 110]),
  ingredient('BEV-WATER', 'Mineral water, bottle 500 ml', 'Beverages', 'EACH', [200, 48, 24, 18]),
];

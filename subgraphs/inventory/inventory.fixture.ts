import { OutboxEventEntity } from '../../platform/data/outbox.entity.js';
import type { Viewer } from '../../platform/domain/viewer.js';
import { startTestSubgraph, type Answer, type TestSubgraph } from '../../tests/harness/subgraph.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { StockBatchEntity } from './batch/stock-batch.entity.js';
import { InventoryItemEntity } from './item/inventory-item.entity.js';
import { StockLevelEntity } from './item/stock-level.entity.js';
import { StockMovementEntity } from './movement/stock-movement.entity.js';
import { RecipeEntity, RecipeIngredientEntity } from './recipe/recipe.entity.js';
import { inventory } from './subgraph.js';

/** How long a test that makes a hundred rows one by one may take. */
export const manyRowsMs = 60_000;

/** Our brand and another one. */
export const brands = { ours: 'brd_ours', theirs: 'brd_theirs' } as const;

/** The outlet most tests are about, another of its brand, and one of another brand. */
export const outlets = { cafe: 'out_cafe', bistro: 'out_bistro', foreign: 'out_foreign' } as const;

const everything = ['inventory.read', 'inventory.adjust', 'inventory.manage'];

/** Who asks: a manager of the brand, staff of the cafe with fewer rights, and a manager of the other brand. */
export const viewers = {
  manager: viewerWith({ slugs: everything, brandId: brands.ours }),
  cafeManager: viewerWith({ slugs: everything, brandId: brands.ours, outletId: outlets.cafe }),
  chef: viewerWith({ slugs: ['inventory.read', 'inventory.adjust'], brandId: brands.ours, outletId: outlets.cafe }),
  waiter: viewerWith({ slugs: ['inventory.read'], brandId: brands.ours, outletId: outlets.cafe }),
  guest: viewerWith({ slugs: ['orders.place-own'], brandId: brands.ours }),
  stranger: viewerWith({ slugs: everything, brandId: brands.theirs }),
} as const;

const item =
  'inventoryItem { id sku name category unit isSold isArchived minimum critical version unitCost { amount currency } }';
const change = `inventoryItem { id } movements { id kind quantity onHandAfter reason batch { id } movedBy { id } }`;
const recipe = 'recipe { id yieldPortions version menuItem { id } ingredients { quantity item { id } } }';
const selections: Record<string, string> = {
  createInventoryItem: item,
  updateInventoryItem: item,
  archiveInventoryItem: item,
  receiveStock: change,
  adjustStock: change,
  deductStock: change,
  saveRecipe: recipe,
};

/** A kilogram item as `createInventoryItem` takes it, without its SKU. */
export const flour = { brandId: brands.ours, name: 'Flour', category: 'Dry', unit: 'KG', isSold: false } as const;

/** The inventory subgraph with two brands, and the shortest ways to fill and look at it. */
export interface Store {
  readonly subgraph: TestSubgraph;
  /** Sends a mutation and returns the whole answer. */
  send(viewer: Viewer, mutation: string, input: object): Promise<Answer>;
  /** Sends a mutation that must succeed, as the manager unless told otherwise, and returns its payload. */
  make(mutation: string, input: object, viewer?: Viewer): Promise<any>;
  /** Adds an item and returns its id. */
  addItem(facts?: object, viewer?: Viewer): Promise<string>;
  /** Receives a quantity of the item at the cafe, in KG unless told otherwise. */
  receive(itemId: string, quantity: string, facts?: object): Promise<any>;
  /** Tells of a menu item of our brand unless told otherwise. */
  tellMenuItem(id: string, brandId?: string): Promise<void>;
  /** Tells that an order was fired: menu items and how many of each. */
  fire(orderId: string, lines: readonly (readonly [string, number])[], outletId?: string): Promise<void>;
  /** What the outlet has, by item and in the item's unit. */
  onHand(itemId: string, outletId?: string): Promise<string>;
  /** Every row there is, and how many events; to show that something changed nothing. */
  rows(): Promise<object>;
  /** How many statements on this subgraph's own tables some work takes. */
  statementsOf(work: () => Promise<unknown>): Promise<number>;
}

let keys = 0;

/** A key no request of this test file has used. */
export function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** Starts the subgraph and tells it of brands and outlets. */
export async function openStore(): Promise<Store> {
  const subgraph = await startTestSubgraph(inventory);
  for (const brandId of Object.values(brands)) {
    await subgraph.hear('brand.saved', { brandId, aggregateId: brandId, payload: { name: brandId, isActive: true } });
  }
  for (const outletId of Object.values(outlets)) await tellOutlet(subgraph, outletId);
  const send = (viewer: Viewer, mutation: string, input: object) =>
    subgraph.run(viewer, documentOf(mutation), { input });
  const make = async (mutation: string, input: object, viewer: Viewer = viewers.manager) => {
    const answer = await send(viewer, mutation, input);
    const payload = answer.data?.[mutation];
    if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(answer)}`);
    return payload;
  };
  return {
    subgraph,
    send,
    make,
    ...fillers(subgraph, make),
    rows: () => readRows(subgraph),
    statementsOf: counter(subgraph),
  };
}

function fillers(
  subgraph: TestSubgraph,
  make: Store['make'],
): Pick<Store, 'addItem' | 'receive' | 'tellMenuItem' | 'fire' | 'onHand'> {
  return {
    addItem: async (facts = {}, viewer = viewers.manager) =>
      (await make('createInventoryItem', { ...flour, sku: newKey(), ...facts }, viewer)).inventoryItem.id,
    receive: (itemId, quantity, facts = {}) =>
      make('receiveStock', {
        itemId,
        outletId: outlets.cafe,
        quantity,
        unit: 'KG',
        idempotencyKey: newKey(),
        ...facts,
      }),
    tellMenuItem: (aggregateId, brandId = brands.ours) =>
      subgraph.hear('menu-item.saved', {
        brandId,
        aggregateId,
        payload: { name: aggregateId, isPublished: true, prices: [] },
      }),
    fire: (aggregateId, lines, outletId = outlets.cafe) =>
      subgraph.hear('order.fired', { brandId: brandOf(outletId), outletId, aggregateId, payload: fired(lines) }),
    onHand: async (itemId, outletId = outlets.cafe) => {
      const query = 'query ($id: ID!, $outletId: ID!) { inventoryItem(id: $id) { onHand(outletId: $outletId) } }';
      return (await subgraph.run(viewers.manager, query, { id: itemId, outletId })).data?.['inventoryItem'].onHand;
    },
  };
}

function documentOf(mutation: string): string {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selections[mutation]} userErrors { code message field } } }`;
}

function fired(lines: readonly (readonly [string, number])[]) {
  const sold = lines.map(([menuItemId, quantity], place) => ({
    lineId: `lin_${place}`,
    menuItemId,
    name: menuItemId,
    quantity,
    totalMinor: 100,
  }));
  return { businessDay: '2026-03-14', lines: sold };
}

function brandOf(outletId: string): string {
  return outletId === outlets.foreign ? brands.theirs : brands.ours;
}

async function tellOutlet(subgraph: TestSubgraph, outletId: string): Promise<void> {
  await subgraph.hear('outlet.saved', {
    brandId: brandOf(outletId),
    outletId,
    aggregateId: outletId,
    payload: { name: outletId, currency: 'INR', timeZone: 'Asia/Kolkata', cutOff: '04:00', isActive: true },
  });
}

async function readRows({ running }: TestSubgraph): Promise<object> {
  const em = running.database.em.fork();
  return {
    items: await em.find(InventoryItemEntity, {}, { orderBy: { id: 'asc' } }),
    levels: await em.find(StockLevelEntity, {}, { orderBy: { outletId: 'asc', itemId: 'asc' } }),
    batches: await em.find(StockBatchEntity, {}, { orderBy: { id: 'asc' } }),
    movements: await em.find(StockMovementEntity, {}, { orderBy: { id: 'asc' } }),
    recipes: await em.find(RecipeEntity, {}, { orderBy: { id: 'asc' } }),
    ingredients: await em.find(RecipeIngredientEntity, {}, { orderBy: { recipeId: 'asc', itemId: 'asc' } }),
    events: await em.count(OutboxEventEntity, {}),
  };
}

// The relay and the sweeps send statements of their own at their own times, so only those on this subgraph's tables count.
const ownTables =
  /[`"](outlet_replica|brand_replica|menu_item_replica|inventory_item|stock_level|stock_batch|stock_movement|recipe|recipe_ingredient)[`"]/;

function counter({ running }: TestSubgraph) {
  return async (work: () => Promise<unknown>) => {
    running.database.statements.record();
    await work();
    return running.database.statements.recorded.filter((sql) => ownTables.test(sql)).length;
  };
}

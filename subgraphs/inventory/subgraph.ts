import { OutletReplicaEntity } from '../../platform/replicas/outlet-replica.entity.js';
import { applyOutletSaved } from '../../platform/replicas/outlet-replica.queries.js';
import type { Subgraph } from '../../platform/subgraph.js';
import { permissions } from '../../schema/permissions.js';
import { StockBatchEntity } from './batch/stock-batch.entity.js';
import { batchLoader } from './batch/stock-batch.queries.js';
import { StockBatchResolver } from './batch/stock-batch.resolver.js';
import { BrandReplicaEntity } from './brand/brand-replica.entity.js';
import { applyBrandSaved } from './brand/brand-replica.queries.js';
import { consumeFiredOrder } from './consumption/consumption.operations.js';
import { InventoryItemEntity } from './item/inventory-item.entity.js';
import { itemLoader } from './item/inventory-item.queries.js';
import { InventoryItemResolver } from './item/inventory-item.resolver.js';
import { StockLevelEntity } from './item/stock-level.entity.js';
import { MenuItemReplicaEntity } from './menu-item/menu-item-replica.entity.js';
import { applyMenuItemSaved } from './menu-item/menu-item-replica.queries.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { outletDetails } from './migrations/20261121174928-outlet-details.js';
import { StockLevelEventResolver } from './movement/stock-level-event.resolver.js';
import { StockMovementEntity } from './movement/stock-movement.entity.js';
import { StockMovementResolver } from './movement/stock-movement.resolver.js';
import { RecipeEntity, RecipeIngredientEntity } from './recipe/recipe.entity.js';
import { recipeLoader } from './recipe/recipe.queries.js';
import {
  ItemUsageResolver,
  MenuItemRecipeResolver,
  RecipeIngredientResolver,
  RecipeResolver,
} from './recipe/recipe.resolver.js';

/** What is in stock, where it went, and what menu items are made of. */
export const inventory: Subgraph = {
  name: 'inventory',
  entities: [
    OutletReplicaEntity,
    BrandReplicaEntity,
    MenuItemReplicaEntity,
    InventoryItemEntity,
    StockLevelEntity,
    StockBatchEntity,
    StockMovementEntity,
    RecipeEntity,
    RecipeIngredientEntity,
  ],
  migrations: [initial, relayLease, outletDetails],
  resolvers: [
    InventoryItemResolver,
    StockBatchResolver,
    StockMovementResolver,
    StockLevelEventResolver,
    RecipeResolver,
    RecipeIngredientResolver,
    MenuItemRecipeResolver,
    ItemUsageResolver,
  ],
  references: {
    InventoryItem: ({ id }, context) => itemLoader(context).load(id),
    StockBatch: ({ id }, context) => batchLoader(context).load(id),
    Recipe: ({ id }, context) => recipeLoader(context).load(id),
    // Orders says who may see a menu item; what is added to it here is checked where it is added.
    MenuItem: async ({ id }) => ({ id }),
  },
  permissions: permissions.inventory,
  consumes: {
    'brand.saved': applyBrandSaved,
    'outlet.saved': applyOutletSaved,
    'menu-item.saved': applyMenuItemSaved,
    'order.fired': consumeFiredOrder,
  },
  jobs: [],
  schedules: [],
};

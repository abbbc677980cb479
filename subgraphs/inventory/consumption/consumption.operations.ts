import type { SqlEntityManager } from '@mikro-orm/sql';
import { record } from '../../../platform/data/outbox.js';
import type { EventOf } from '../../../platform/events/catalogue.js';
import { findFilledBatches } from '../batch/stock-batch.queries.js';
import type { StockLevelEntity } from '../item/stock-level.entity.js';
import { lockLevels } from '../item/stock-level.queries.js';
import { StockMovementEntity } from '../movement/stock-movement.entity.js';
import { stockMoved, stockRanShort } from '../movement/stock-movement.events.js';
import { noteShortfall, takeOut, type Cause, type MovementLine } from '../movement/stock-movement.ledger.js';
import { hasMoved } from '../movement/stock-movement.queries.js';
import type { StockBatchEntity } from '../batch/stock-batch.entity.js';
import { findBrandRecipes, findIngredients } from '../recipe/recipe.queries.js';
import { neededByItem, type PortionedRecipe } from './consumption.rules.js';

/**
 * Takes what a fired order's recipes need out of stock, once per order however often it is told.
 * A sale that happened is never refused: on hand stops at zero and what was missing is a SHORTFALL.
 */
export async function consumeFiredOrder(em: SqlEntityManager, event: EventOf<'order.fired'>): Promise<void> {
  const { brandId, outletId, aggregateId: orderId, payload } = event;
  if (outletId === null) return;
  const recipes = await findPortionedRecipes(
    em,
    brandId,
    payload.lines.map(({ menuItemId }) => menuItemId),
  );
  const needs = neededByItem(payload.lines, recipes);
  if (needs.size === 0) return;
  const itemIds = [...needs.keys()].toSorted();
  const levels = await lockLevels(em, { brandId, outletId, itemIds });
  if (await hasMoved(em, { outletId, causeId: orderId })) return;
  const batches = Map.groupBy(await findFilledBatches(em, { outletId, itemIds }), ({ itemId }) => itemId);
  const cause = causeOf(event);
  const lines = levels.flatMap((level) =>
    consume(em, { level, batches: batches.get(level.itemId) ?? [], neededMicro: needs.get(level.itemId) ?? 0 }, cause),
  );
  await em.insertMany(StockMovementEntity, lines);
}

interface Consumption {
  readonly level: StockLevelEntity;
  readonly batches: readonly StockBatchEntity[];
  readonly neededMicro: number;
}

function consume(em: SqlEntityManager, { level, batches, neededMicro }: Consumption, cause: Cause): MovementLine[] {
  const { lines, missingMicro } = takeOut({ level, batches }, neededMicro, cause);
  if (lines.length > 0) record(em, stockMoved(level, lines));
  if (missingMicro === 0) return lines;
  const shortfall = noteShortfall(level, missingMicro, cause);
  record(em, stockRanShort(level, missingMicro, cause.id));
  return [...lines, shortfall];
}

function causeOf({ aggregateId, occurredAt, viewerKind, viewerId }: EventOf<'order.fired'>): Cause {
  return { id: aggregateId, kind: 'CONSUME', reason: null, at: occurredAt, byKind: viewerKind, byId: viewerId };
}

async function findPortionedRecipes(
  em: SqlEntityManager,
  brandId: string,
  menuItemIds: readonly string[],
): Promise<PortionedRecipe[]> {
  const recipes = await findBrandRecipes(em, brandId, [...new Set(menuItemIds)]);
  const ingredients = Map.groupBy(
    await findIngredients(
      em,
      recipes.map(({ id }) => id),
    ),
    ({ recipeId }) => recipeId,
  );
  return recipes.map(({ id, menuItemId, yieldPortions }) => ({
    menuItemId,
    yieldPortions,
    ingredients: ingredients.get(id) ?? [],
  }));
}

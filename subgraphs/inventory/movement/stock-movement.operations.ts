import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { once, requireIdempotencyKey } from '../../../platform/data/idempotency.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError, notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import type { StockUnit } from '../../../platform/domain/quantity.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { StockBatchEntity } from '../batch/stock-batch.entity.js';
import { neverExpires } from '../batch/stock-batch.fefo.js';
import { findFilledBatches } from '../batch/stock-batch.queries.js';
import type { InventoryItemEntity } from '../item/inventory-item.entity.js';
import { getItem } from '../item/inventory-item.queries.js';
import { requireInUse, requireOnHand, requireQuantityOf, requireRoom } from '../item/inventory-item.rules.js';
import type { StockLevelEntity } from '../item/stock-level.entity.js';
import { lockLevels } from '../item/stock-level.queries.js';
import { StockMovementEntity, type MovementKind } from './stock-movement.entity.js';
import { stockMoved } from './stock-movement.events.js';
import { putIn, takeOut, type Cause, type MovementLine } from './stock-movement.ledger.js';
import { findMovementsOf } from './stock-movement.queries.js';

/** What every change of stock says. */
interface StockCommand {
  readonly itemId: string;
  readonly outletId: string;
  readonly quantity: string;
  readonly unit: StockUnit;
  readonly idempotencyKey?: string | null;
}

/** A delivery. */
export interface ReceiveStock extends StockCommand {
  readonly lot?: string | null;
  readonly expiresOn?: string | null;
  readonly location?: string | null;
  readonly reason?: string | null;
}

/** Something counted that was not as the books said. */
export interface AdjustStock extends StockCommand {
  readonly direction: 'INCREASE' | 'DECREASE';
  readonly reason: string;
}

/** Something that is no longer there. */
export interface DeductStock extends StockCommand {
  readonly reason: string;
}

/** The item, and what one change moved of it. */
export interface StockChange {
  readonly inventoryItem: InventoryItemEntity;
  readonly movements: readonly StockMovementEntity[];
}

/** Adds a delivery as a batch of its own. */
export function receiveStock(context: Context, command: ReceiveStock): Promise<StockChange> {
  const batch = {
    lot: optionalText(command.lot, { field: ['lot'], maximum: 60 }),
    location: optionalText(command.location, { field: ['location'], maximum: 60 }),
    expiryKey: command.expiresOn ?? neverExpires,
  };
  const reason = optionalText(command.reason, { field: ['reason'], maximum: 500 });
  return changeStock(context, command, { operation: 'receiveStock', kind: 'RECEIVE', reason, batch });
}

/** Brings the books in line with a count: more becomes a batch without a date, less is taken first expired first. */
export function adjustStock(context: Context, command: AdjustStock): Promise<StockChange> {
  const batch = command.direction === 'INCREASE' ? { lot: null, location: null, expiryKey: neverExpires } : null;
  const reason = requireReason(command.reason);
  return changeStock(context, command, { operation: 'adjustStock', kind: 'ADJUST', reason, batch });
}

/** Takes stock out, first expired first; OUT_OF_STOCK, and nothing taken, when there is less. */
export function deductStock(context: Context, command: DeductStock): Promise<StockChange> {
  const reason = requireReason(command.reason);
  return changeStock(context, command, { operation: 'deductStock', kind: 'DEDUCT', reason, batch: null });
}

interface ChangePlan {
  readonly operation: string;
  readonly kind: MovementKind;
  readonly reason: string | null;
  /** The batch to fill; null when stock is taken out. */
  readonly batch: Pick<StockBatchEntity, 'lot' | 'location' | 'expiryKey'> | null;
}

function changeStock(context: Context, command: StockCommand, plan: ChangePlan): Promise<StockChange> {
  const { viewer, unitOfWork, clock } = context;
  const { idempotencyKey, ...input } = command;
  const key = requireIdempotencyKey(idempotencyKey, context.idempotencyKey);
  return unitOfWork(async (em) => {
    const { id: outletId, brandId } = await getOutlet(em, {
      viewer,
      slug: 'inventory.read',
      outletId: command.outletId,
    });
    const item = await getItem(em, viewer, command.itemId);
    if (item.brandId !== brandId) throw notFound('The item');
    requirePermission(viewer, 'inventory.adjust', { brandId, outletId });
    const at = clock.now();
    const causeId = await once(em, { viewer, operation: plan.operation, key, input, now: at }, async () => {
      const { kind, reason } = plan;
      const cause = { id: newId('chg'), kind, reason, at, byKind: viewer.kind, byId: viewer.id };
      await move(em, { item, outletId, quantityMicro: requireQuantityOf(item, command), batch: plan.batch }, cause);
      return cause.id;
    });
    return { inventoryItem: item, movements: await findMovementsOf(em, viewer, causeId) };
  });
}

interface Move {
  readonly item: InventoryItemEntity;
  readonly outletId: string;
  readonly quantityMicro: number;
  readonly batch: ChangePlan['batch'];
}

async function move(em: SqlEntityManager, { item, outletId, quantityMicro, batch }: Move, cause: Cause): Promise<void> {
  const { brandId, id: itemId, unit } = item;
  const [level] = await lockLevels(em, { brandId, outletId, itemIds: [itemId] });
  if (!level) throw new Error('A locked level is there.');
  const lines: MovementLine[] = [];
  if (batch) {
    requireInUse(item, ['itemId']);
    requireRoom(level.onHandMicro, quantityMicro);
    const row = {
      ...batch,
      id: newId('bat'),
      brandId,
      outletId,
      itemId,
      receivedAt: cause.at,
      quantityMicro,
      isEmpty: false,
    };
    await em.insert(StockBatchEntity, row);
    lines.push(putIn(level, row, cause));
  } else {
    requireOnHand(level.onHandMicro, quantityMicro, unit);
    const batches = await findFilledBatches(em, { outletId, itemIds: [itemId] });
    lines.push(...takeOut({ level, batches }, quantityMicro, cause).lines);
  }
  await writeLines(em, level, lines);
}

async function writeLines(
  em: SqlEntityManager,
  level: StockLevelEntity,
  lines: readonly MovementLine[],
): Promise<void> {
  await em.insertMany(StockMovementEntity, [...lines]);
  record(em, stockMoved(level, lines));
}

function requireReason(text: string): string {
  if (!text.trim()) throw new DomainError('REASON_REQUIRED', 'Say why.', ['reason']);
  return requireText(text, { field: ['reason'], maximum: 500 });
}

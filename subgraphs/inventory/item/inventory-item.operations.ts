import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { parseMoney, type Money } from '../../../platform/domain/money.js';
import { formatQuantity, type StockUnit } from '../../../platform/domain/quantity.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { requireVisibleBrand } from '../brand/brand-replica.queries.js';
import { InventoryItemEntity } from './inventory-item.entity.js';
import { inventoryItemSaved } from './inventory-item.events.js';
import { lockItem } from './inventory-item.queries.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requireInUse, requireThresholds } from './inventory-item.rules.js';

/** A cost as clients state it. */
interface StatedCost {
  readonly amount: string;
  readonly currency: string;
}

/** What a new item is. */
export interface CreateInventoryItem {
  readonly brandId: string;
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly unit: StockUnit;
  readonly unitCost?: StatedCost | null;
  readonly isSold: boolean;
  readonly minimum: string;
  readonly critical: string;
}

/** Adds an item to what a brand keeps in stock; ALREADY_EXISTS if the brand has its SKU. */
export function createInventoryItem(
  { viewer, unitOfWork, clock }: Context,
  command: CreateInventoryItem,
): Promise<InventoryItemEntity> {
  const { brandId, unit, isSold } = command;
  const facts = {
    ...requireSku(command.sku),
    ...requireThresholds(command, unit),
    ...toCost(command.unitCost),
    name: requireText(command.name, { field: ['name'], maximum: 120 }),
    category: requireText(command.category, { field: ['category'], maximum: 60 }),
  };
  return unitOfWork(async (em) => {
    await requireVisibleBrand(em, viewer, brandId);
    requirePermission(viewer, 'inventory.manage', { brandId });
    const fresh = { id: newId('inv'), isArchived: false, version: 1, createdAt: clock.now() };
    const item = em.create(InventoryItemEntity, { ...facts, ...fresh, brandId, unit, isSold });
    em.persist(item);
    await flushUniqueSku(em, item.sku);
    record(em, inventoryItemSaved(item));
    return item;
  });
}

/** What may change about an item; what is absent stays. */
export interface UpdateInventoryItem {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  readonly category?: string | null;
  readonly unitCost?: StatedCost | null;
  readonly isSold?: boolean | null;
  readonly minimum?: string | null;
  readonly critical?: string | null;
}

/** Changes an item's name, category, cost, levels or whether it is sold. Its SKU and unit stay: the ledger is kept in them. */
export function updateInventoryItem(
  { viewer, unitOfWork }: Context,
  command: UpdateInventoryItem,
): Promise<InventoryItemEntity> {
  return unitOfWork(async (em) => {
    const item = await lockItem(em, viewer, command.id);
    requirePermission(viewer, 'inventory.manage', { brandId: item.brandId });
    requireVersion(item.version, command.expectedVersion);
    requireInUse(item, ['id']);
    change(item, command);
    record(em, inventoryItemSaved(item));
    return item;
  });
}

/** Takes an item out of use; its stock and history stay, and what is left of it can still be deducted. */
export function archiveInventoryItem(
  { viewer, unitOfWork }: Context,
  command: { readonly id: string; readonly expectedVersion?: number | null },
): Promise<InventoryItemEntity> {
  return unitOfWork(async (em) => {
    const item = await lockItem(em, viewer, command.id);
    requirePermission(viewer, 'inventory.manage', { brandId: item.brandId });
    requireVersion(item.version, command.expectedVersion);
    requireInUse(item, ['id']);
    item.isArchived = true;
    record(em, inventoryItemSaved(item));
    return item;
  });
}

function change(
  item: InventoryItemEntity,
  { name, category, unitCost, isSold, minimum, critical }: UpdateInventoryItem,
): void {
  const levels = {
    minimum: minimum ?? formatQuantity(item.minimumMicro, item.unit),
    critical: critical ?? formatQuantity(item.criticalMicro, item.unit),
  };
  const { minimumMicro, criticalMicro } = requireThresholds(levels, item.unit);
  item.minimumMicro = minimumMicro;
  item.criticalMicro = criticalMicro;
  if (name) item.name = requireText(name, { field: ['name'], maximum: 120 });
  if (category) item.category = requireText(category, { field: ['category'], maximum: 60 });
  if (typeof isSold === 'boolean') item.isSold = isSold;
  if (!unitCost) return;
  const cost = toCost(unitCost);
  item.unitCostMinor = cost.unitCostMinor;
  item.currency = cost.currency;
}

function requireSku(text: string): { sku: string; skuKey: string } {
  const sku = requireText(text, { field: ['sku'], maximum: 64 });
  const skuKey = comparisonKey(sku);
  if (skuKey.length > 255) throw new BadUserInput('It is too long when written plainly.', ['sku']);
  return { sku, skuKey };
}

function toCost(stated: StatedCost | null | undefined): { unitCostMinor: number | null; currency: string | null } {
  if (!stated) return { unitCostMinor: null, currency: null };
  const cost: Money = parseMoney(stated.amount, stated.currency, ['unitCost', 'amount']);
  if (cost.amountMinor < 0) throw new BadUserInput('A cost is not negative.', ['unitCost', 'amount']);
  return { unitCostMinor: cost.amountMinor, currency: cost.currency };
}

async function flushUniqueSku(em: SqlEntityManager, sku: string): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', `The brand already has an item with the SKU "${sku}".`, ['sku']);
  }
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { insertMissing } from '../../../platform/data/tenant-guard.js';
import { placeScope, tenantScope } from '../../../platform/data/tenant-scope.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';
import { StockLevelEntity } from './stock-level.entity.js';

/** Which items at which outlet. */
export interface StockPlace {
  readonly brandId: string;
  readonly outletId: string;
  readonly itemIds: readonly string[];
}

/** The key of an item at an outlet, for loaders. */
export function levelKey(outletId: string, itemId: string): string {
  return `${outletId}|${itemId}`;
}

/** Levels by `levelKey` in the order asked; null where nothing has ever moved or the viewer may not look. */
export async function loadLevels(
  em: SqlEntityManager,
  viewer: Viewer,
  keys: readonly string[],
): Promise<(StockLevelEntity | null)[]> {
  const [outletIds, itemIds] = [0, 1].map((part) => [...new Set(keys.map((key) => key.split('|')[part] ?? ''))]);
  const rows = await em.find(StockLevelEntity, {
    $and: [tenantScope(viewer, 'inventory.read'), { outletId: { $in: outletIds }, itemId: { $in: itemIds } }],
  });
  return inOrderOf(keys, rows, (level) => levelKey(level.outletId, level.itemId));
}

/** Outlets by id in the order asked; null where one is missing or its stock is not for the viewer to see. */
export async function loadStockOutlets(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<(OutletReplicaEntity | null)[]> {
  const scope = tenantScope(viewer, 'inventory.read', { brand: 'brandId', outlet: 'id' });
  const rows = await em.find(OutletReplicaEntity, { $and: [scope, { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (outlet) => outlet.id);
}

/** What an outlet has of an item, in micro base units; null where the viewer may not look, or the outlet is another brand's. */
export async function findOnHand(
  { em, viewer, loader }: Context,
  item: { readonly id: string; readonly brandId: string },
  outletId: string,
): Promise<number | null> {
  const outlets = loader<string, OutletReplicaEntity>('stock-outlet', (ids) => loadStockOutlets(em, viewer, ids));
  const outlet = await outlets.load(outletId);
  if (outlet?.brandId !== item.brandId) return null;
  const levels = loader<string, StockLevelEntity>('stock-level', (keys) => loadLevels(em, viewer, keys));
  // What has never moved has no row.
  return (await levels.load(levelKey(outletId, item.id)))?.onHandMicro ?? 0;
}

/** The levels with their rows locked in the order of their ids, made where there were none. */
export async function lockLevels(em: SqlEntityManager, place: StockPlace): Promise<StockLevelEntity[]> {
  const locked = await selectLocked(em, place);
  const missing = place.itemIds.filter((itemId) => !locked.some((level) => level.itemId === itemId));
  if (missing.length === 0) return locked;
  const { brandId, outletId } = place;
  const rows = missing.map((itemId) => ({ outletId, itemId, brandId, onHandMicro: 0, version: 0 }));
  // Another transaction may be making the same rows: whoever is second finds them.
  await insertMissing(em, StockLevelEntity, rows);
  return selectLocked(em, place);
}

function selectLocked(em: SqlEntityManager, { outletId, itemIds }: StockPlace): Promise<StockLevelEntity[]> {
  return em.find(
    StockLevelEntity,
    { $and: [placeScope({ outletId }), { itemId: { $in: [...itemIds] } }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { itemId: 'asc' } },
  );
}

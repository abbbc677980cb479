import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import type { EventOf } from '../../../platform/events/catalogue.js';
import { visibleBrands } from '../brand/brand-replica.queries.js';
import { MenuItemReplicaEntity } from './menu-item-replica.entity.js';

/** Keeps the replica of a menu item in step with `menu-item.saved`. */
export async function applyMenuItemSaved(em: SqlEntityManager, event: EventOf<'menu-item.saved'>): Promise<void> {
  const { aggregateId: id, aggregateVersion: sourceVersion, brandId, payload } = event;
  const known = await em.findOne(MenuItemReplicaEntity, { $and: [placeScope({ brandId }), { id }] });
  if (known && known.sourceVersion >= sourceVersion) return;
  await em.upsert(MenuItemReplicaEntity, { id, brandId, name: payload.name, sourceVersion });
}

/** The menu item with its row locked, so that its recipe has one writer; NOT_FOUND if the viewer may not see its brand's stock. */
export async function lockMenuItem(em: SqlEntityManager, viewer: Viewer, id: string): Promise<MenuItemReplicaEntity> {
  const where = { $and: [visibleBrands(viewer, 'brandId'), { id }] };
  const menuItem = await em.findOne(MenuItemReplicaEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!menuItem) throw notFound('The menu item');
  return menuItem;
}

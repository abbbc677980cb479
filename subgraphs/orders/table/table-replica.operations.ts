import type { SqlEntityManager } from '@mikro-orm/sql';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import type { AnyEvent, EventOf } from '../../../platform/events/catalogue.js';
import { SeatingReplicaEntity } from './seating-replica.entity.js';
import { TableReplicaEntity } from './table-replica.entity.js';

/** Keeps the replica of a table in step with `service-node.saved`. */
export async function applyServiceNodeSaved(em: SqlEntityManager, event: EventOf<'service-node.saved'>): Promise<void> {
  const { label, isRemoved } = event.payload;
  const news = { label, isRemoved, sourceVersion: event.aggregateVersion };
  const known = await em.findOne(TableReplicaEntity, ofBrand(event, event.aggregateId));
  if (!known) await em.insert(TableReplicaEntity, { ...placeOf(event), ...news, currentSeatingId: null });
  else if (known.sourceVersion < event.aggregateVersion) Object.assign(known, news);
}

/** Remembers a party and where it sits, on `seating.opened`. */
export async function applySeatingOpened(em: SqlEntityManager, event: EventOf<'seating.opened'>): Promise<void> {
  if (!(await saveSeating(em, event, { ...event.payload, isOpen: true }))) return;
  const table = await em.findOne(TableReplicaEntity, ofBrand(event, event.payload.serviceNodeId));
  if (table) table.currentSeatingId = event.aggregateId;
}

/** Remembers that a party has left, on `seating.closed`. */
export async function applySeatingClosed(em: SqlEntityManager, event: EventOf<'seating.closed'>): Promise<void> {
  if (!(await saveSeating(em, event, { ...event.payload, isOpen: false }))) return;
  const table = await em.findOne(TableReplicaEntity, ofBrand(event, event.payload.serviceNodeId));
  if (table?.currentSeatingId === event.aggregateId) table.currentSeatingId = null;
}

interface SeatingNews {
  readonly serviceNodeId: string;
  readonly covers?: number;
  readonly isOpen: boolean;
}

// Answers whether it was news: the same or an older version changes nothing.
async function saveSeating(em: SqlEntityManager, event: AnyEvent, news: SeatingNews): Promise<boolean> {
  const known = await em.findOne(SeatingReplicaEntity, ofBrand(event, event.aggregateId));
  if (known && known.sourceVersion >= event.aggregateVersion) return false;
  const row = { covers: 0, ...news, sourceVersion: event.aggregateVersion };
  if (known) Object.assign(known, { ...row, covers: news.covers ?? known.covers });
  else await em.insert(SeatingReplicaEntity, { ...placeOf(event), ...row });
  return true;
}

function ofBrand({ brandId }: AnyEvent, id: string) {
  return { $and: [placeScope({ brandId }), { id }] };
}

function placeOf({ aggregateId: id, brandId, outletId }: AnyEvent) {
  if (outletId === null) throw new Error(`${id} belongs to no outlet.`);
  return { id, brandId, outletId };
}

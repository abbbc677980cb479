import type { SqlEntityManager } from '@mikro-orm/sql';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { DomainError, notFound } from '../../../platform/domain/errors.js';
import { SeatingReplicaEntity } from './seating-replica.entity.js';
import { TableReplicaEntity } from './table-replica.entity.js';

/** Where an order is to be served, as a client names it. */
export interface WantedTable {
  readonly outletId: string;
  readonly tableId: string | null;
  readonly seatingId: string | null;
}

/** Where an order is served and how many sit there. */
export interface ServedTable {
  readonly tableId: string | null;
  readonly seatingId: string | null;
  readonly covers: number;
}

/**
 * The table and party of an order: the party's table, or the party that sits at the table now.
 * Throws NOT_FOUND for another outlet's, INVALID_STATE for a party that has left.
 */
export async function getServedTable(em: SqlEntityManager, wanted: WantedTable): Promise<ServedTable> {
  const table = wanted.tableId ? await getTable(em, wanted.outletId, wanted.tableId) : null;
  const seatingId = wanted.seatingId ?? table?.currentSeatingId ?? null;
  if (!seatingId) return { tableId: table?.id ?? null, seatingId: null, covers: 0 };
  const seating = await getSeating(em, wanted.outletId, seatingId);
  if (table && seating.serviceNodeId !== table.id) throw notFound('The party at this table');
  if (!seating.isOpen) throw new DomainError('INVALID_STATE', 'This party has left.', ['seatingId']);
  return { tableId: seating.serviceNodeId, seatingId, covers: seating.covers };
}

async function getTable(em: SqlEntityManager, outletId: string, id: string): Promise<TableReplicaEntity> {
  const table = await em.findOne(TableReplicaEntity, { $and: [placeScope({ outletId }), { id, isRemoved: false }] });
  if (!table) throw notFound('The table');
  return table;
}

async function getSeating(em: SqlEntityManager, outletId: string, id: string): Promise<SeatingReplicaEntity> {
  const seating = await em.findOne(SeatingReplicaEntity, { $and: [placeScope({ outletId }), { id }] });
  if (!seating) throw notFound('The party');
  return seating;
}

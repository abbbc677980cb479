import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { lockNode } from '../node/node.queries.js';
import { requirePresent } from '../node/node.rules.js';
import { SeatingEntity } from './seating.entity.js';
import { seatingClosed, seatingOpened } from './seating.events.js';
import { findOpenSeating } from './seating.queries.js';
import { requireCovers, requireFree, requireTable } from './seating.state.js';

/** Which table, and how many guests. */
export interface SeatParty {
  readonly tableId: string;
  readonly covers: number;
}

/** Seats a party at a free table; SEAT_TAKEN when another was quicker. */
export function seatParty({ viewer, unitOfWork, clock }: Context, command: SeatParty): Promise<SeatingEntity> {
  const covers = requireCovers(command.covers);
  return unitOfWork(async (em) => {
    const table = await lockNode(em, viewer, command.tableId);
    requirePermission(viewer, 'seating.manage', table);
    requireTable(table);
    requirePresent(table, ['tableId']);
    requireFree((await findOpenSeating(em, table)) !== null);
    const seating = em.create(SeatingEntity, {
      id: newId('sea'),
      brandId: table.brandId,
      outletId: table.outletId,
      serviceNodeId: table.id,
      covers,
      seatedAt: clock.now(),
      releasedAt: null,
      seatedById: viewer.id,
      openKey: table.id,
      version: 1,
    });
    em.persist(seating);
    record(em, seatingOpened(seating));
    return seating;
  });
}

/** Frees a table whose party has left; INVALID_STATE when nobody sits there. */
export function releaseTable(
  { viewer, unitOfWork, clock }: Context,
  command: { readonly tableId: string },
): Promise<SeatingEntity> {
  return unitOfWork(async (em) => {
    const table = await lockNode(em, viewer, command.tableId);
    requirePermission(viewer, 'seating.manage', table);
    const seating = await findOpenSeating(em, table);
    if (!seating) throw new DomainError('INVALID_STATE', 'Nobody sits there.', ['tableId']);
    seating.release(clock.now());
    record(em, seatingClosed(seating));
    return seating;
  });
}

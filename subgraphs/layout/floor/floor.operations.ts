import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { newId } from '../../../platform/domain/id.js';
import { requireText } from '../../../platform/domain/text.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { getOutlet } from '../../../platform/replicas/outlet-replica.queries.js';
import { FloorEntity } from './floor.entity.js';
import { floorChanged } from './floor.events.js';
import { lockFloor } from './floor.queries.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { requireSortOrder } from './floor.rules.js';

/** What a new floor is. */
export interface CreateFloor {
  readonly outletId: string;
  readonly name: string;
  readonly sortOrder: number;
}

/** Adds an empty floor to an outlet. */
export function createFloor({ viewer, unitOfWork }: Context, command: CreateFloor): Promise<FloorEntity> {
  const facts = { name: requireName(command.name), sortOrder: requireSortOrder(command.sortOrder) };
  return unitOfWork(async (em) => {
    const outlet = await getOutlet(em, { viewer, slug: 'floor.read', outletId: command.outletId });
    const place = { brandId: outlet.brandId, outletId: outlet.id };
    requirePermission(viewer, 'floor.manage', place);
    const floor = em.create(FloorEntity, { ...facts, ...place, id: newId('flr'), version: 1 });
    em.persist(floor);
    record(em, floorChanged(floor));
    return floor;
  });
}

/** What may change about a floor; what is absent stays. */
export interface UpdateFloor {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly name?: string | null;
  readonly sortOrder?: number | null;
}

/** Changes a floor's name or its position. */
export function updateFloor({ viewer, unitOfWork }: Context, command: UpdateFloor): Promise<FloorEntity> {
  return unitOfWork(async (em) => {
    const floor = await lockFloor(em, viewer, command.id);
    requirePermission(viewer, 'floor.manage', floor);
    requireVersion(floor.version, command.expectedVersion);
    if (typeof command.name === 'string') floor.name = requireName(command.name);
    if (typeof command.sortOrder === 'number') floor.sortOrder = requireSortOrder(command.sortOrder);
    record(em, floorChanged(floor));
    return floor;
  });
}

function requireName(name: string): string {
  return requireText(name, { field: ['name'], maximum: 80 });
}

import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { lockFloor } from '../floor/floor.queries.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { ServiceNodeEntity } from './node.entity.js';
import { serviceNodeSaved } from './node.events.js';
import { countNodesOfFloor, lockNode } from './node.queries.js';
import {
  requireCoordinate,
  requireLabel,
  requirePresent,
  requireRoomOnFloor,
  requireSeats,
  requireSide,
  type ServiceNodeKind,
  type ServiceNodeShape,
} from './node.rules.js';

/** What a new place is; lengths in centimetres. */
export interface CreateServiceNode {
  readonly floorId: string;
  readonly kind: ServiceNodeKind;
  readonly label: string;
  readonly seats: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly shape: ServiceNodeShape;
}

/** Puts a place on a floor; ALREADY_EXISTS when the outlet has another of that label. */
export function createServiceNode(
  { viewer, unitOfWork }: Context,
  command: CreateServiceNode,
): Promise<ServiceNodeEntity> {
  const facts = {
    ...requireLabel(command.label),
    kind: command.kind,
    seats: requireSeats(command.kind, command.seats),
    x: requireCoordinate(command.x, 'x'),
    y: requireCoordinate(command.y, 'y'),
    width: requireSide(command.width, 'width'),
    height: requireSide(command.height, 'height'),
    shape: command.shape,
  };
  return unitOfWork(async (em) => {
    const floor = await lockFloor(em, viewer, command.floorId);
    const { id: floorId, brandId, outletId } = floor;
    requirePermission(viewer, 'floor.manage', { brandId, outletId });
    requireRoomOnFloor(await countNodesOfFloor(em, floor));
    const place = { floorId, brandId, outletId };
    const node = em.create(ServiceNodeEntity, { ...facts, ...place, id: newId('nod'), isRemoved: false, version: 1 });
    em.persist(node);
    await flushWithUniqueLabel(em);
    record(em, serviceNodeSaved(node));
    return node;
  });
}

/** What may change about a place; what is absent stays. Its kind and floor stay what they are. */
export interface UpdateServiceNode {
  readonly id: string;
  readonly expectedVersion?: number | null;
  readonly label?: string | null;
  readonly seats?: number | null;
  readonly x?: number | null;
  readonly y?: number | null;
  readonly width?: number | null;
  readonly height?: number | null;
  readonly shape?: ServiceNodeShape | null;
}

/** Renames, moves or resizes a place; ALREADY_EXISTS when the outlet has another of that label. */
export function updateServiceNode(
  { viewer, unitOfWork }: Context,
  command: UpdateServiceNode,
): Promise<ServiceNodeEntity> {
  return unitOfWork(async (em) => {
    const node = await lockNode(em, viewer, command.id);
    requirePermission(viewer, 'floor.manage', node);
    requirePresent(node, ['id']);
    requireVersion(node.version, command.expectedVersion);
    change(node, command);
    await flushWithUniqueLabel(em);
    record(em, serviceNodeSaved(node));
    return node;
  });
}

function change(node: ServiceNodeEntity, command: UpdateServiceNode): void {
  if (typeof command.label === 'string') {
    const { label, labelKey } = requireLabel(command.label);
    node.label = label;
    node.labelKey = labelKey;
  }
  if (typeof command.seats === 'number') node.seats = requireSeats(node.kind, command.seats);
  if (typeof command.x === 'number') node.x = requireCoordinate(command.x, 'x');
  if (typeof command.y === 'number') node.y = requireCoordinate(command.y, 'y');
  if (typeof command.width === 'number') node.width = requireSide(command.width, 'width');
  if (typeof command.height === 'number') node.height = requireSide(command.height, 'height');
  if (command.shape) node.shape = command.shape;
}

// Labels are unique in the whole outlet while only one floor is locked, so the table's key decides, not a read before it.
async function flushWithUniqueLabel(em: SqlEntityManager): Promise<void> {
  try {
    await em.flush();
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new DomainError('ALREADY_EXISTS', 'The outlet has another place with this label.', ['label']);
  }
}

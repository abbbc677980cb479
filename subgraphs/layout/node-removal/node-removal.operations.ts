import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { requirePermission } from '../../../platform/domain/viewer.js';
import { requireVersion } from '../../../platform/domain/version.js';
import { deleteFlowsOfNode } from '../flow/flow.queries.js';
import type { ServiceNodeEntity } from '../node/node.entity.js';
import { serviceNodeSaved } from '../node/node.events.js';
import { lockNode } from '../node/node.queries.js';
import { requirePresent } from '../node/node.rules.js';
import { findOpenSeating } from '../seating/seating.queries.js';

/** Which place, and the version the client saw. */
export interface RemoveServiceNode {
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/** Takes a place off its floor with its flows; the row stays for history. INVALID_STATE while a party is seated. */
export function removeServiceNode(
  { viewer, unitOfWork }: Context,
  command: RemoveServiceNode,
): Promise<ServiceNodeEntity> {
  return unitOfWork(async (em) => {
    const node = await lockNode(em, viewer, command.id);
    requirePermission(viewer, 'floor.manage', node);
    requirePresent(node, ['id']);
    requireVersion(node.version, command.expectedVersion);
    const isTaken = (await findOpenSeating(em, node)) !== null;
    if (isTaken) throw new DomainError('INVALID_STATE', 'A party sits there. Release the table first.', ['id']);
    await deleteFlowsOfNode(em, node);
    node.remove();
    record(em, serviceNodeSaved(node));
    return node;
  });
}

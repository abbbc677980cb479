import type { Context } from '../../platform/context.js';
import { createFloor } from '../../subgraphs/layout/floor/floor.operations.js';
import { connectNodes } from '../../subgraphs/layout/flow/flow.operations.js';
import { createServiceNode } from '../../subgraphs/layout/node/node.operations.js';
import { demoFlows, demoNodes } from './floor-plan.js';

/** A table that has been made. */
export interface MadeTable {
  readonly id: string;
  readonly label: string;
}

/** Furnishes an outlet's dining room; returns its tables in the order of their numbers. */
export async function makeFloor(context: Context, outletId: string): Promise<MadeTable[]> {
  const floor = await createFloor(context, { outletId, name: 'Dining room', sortOrder: 1 });
  const ids = new Map<string, string>();
  for (const node of demoNodes)
    ids.set(node.label, (await createServiceNode(context, { floorId: floor.id, ...node })).id);
  for (const [from, to, kind] of demoFlows) {
    const [fromNodeId, toNodeId] = [ids.get(from), ids.get(to)];
    if (fromNodeId && toNodeId) await connectNodes(context, { fromNodeId, toNodeId, kind });
  }
  return demoNodes.filter(({ kind }) => kind === 'TABLE').map(({ label }) => ({ id: ids.get(label) ?? '', label }));
}

import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { inOrderOf } from '../../../platform/data/rows.js';
import { unscoped } from '../../../platform/data/tenant-scope.js';
import { notFound } from '../../../platform/domain/errors.js';
import { OutletReplicaEntity } from '../../../platform/replicas/outlet-replica.entity.js';

/** The currency of an outlet's figures, many outlets in one statement; for rows the viewer has already been shown. */
export async function currencyOf({ loader, em }: Context, outletId: string): Promise<string> {
  const outlet = await loader<string, OutletReplicaEntity>('outlet-replica', (ids) => loadReplicas(em, ids)).load(
    outletId,
  );
  if (!outlet) throw notFound('The outlet');
  return outlet.currency;
}

async function loadReplicas(em: SqlEntityManager, ids: readonly string[]): Promise<(OutletReplicaEntity | null)[]> {
  const scope = unscoped('the currency of figures that the viewer was shown');
  const rows = await em.find(OutletReplicaEntity, { $and: [scope, { id: { $in: [...ids] } }] });
  return inOrderOf(ids, rows, (outlet) => outlet.id);
}

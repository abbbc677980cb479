import { raw, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { placeScope } from '../../../platform/data/tenant-scope.js';
import { RunAgain } from '../../../platform/data/unit-of-work.js';
import { OrderCounterEntity } from './order-counter.entity.js';

/** The next order number of an outlet's business day; its row stays locked until the transaction ends, so numbers have no gaps. */
export async function takeOrderNumber(em: SqlEntityManager, outletId: string, businessDay: string): Promise<number> {
  const day = { outletId, businessDay };
  const where = { $and: [placeScope({ outletId }), { businessDay }] };
  const raised = await em.nativeUpdate(OrderCounterEntity, where, { lastNumber: raw('last_number + 1') });
  if (raised === 0) return beginDay(em, day);
  const counter = await em.findOneOrFail(OrderCounterEntity, where, { disableIdentityMap: true });
  return counter.lastNumber;
}

// Two first orders of a day race for this row: who loses starts again and finds it.
async function beginDay(em: SqlEntityManager, day: { outletId: string; businessDay: string }): Promise<number> {
  try {
    await em.insert(OrderCounterEntity, { ...day, lastNumber: 1 });
    return 1;
  } catch (error) {
    throw error instanceof UniqueConstraintViolationException ? new RunAgain() : error;
  }
}

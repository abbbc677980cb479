import type { SqlEntityManager } from '@mikro-orm/sql';
import { SecondFactorEntity } from './second-factor.entity.js';

/** A person's second factor, confirmed or not, or null; whoever changes it holds the lock of the person. */
export function findSecondFactor(em: SqlEntityManager, userId: string): Promise<SecondFactorEntity | null> {
  return em.findOne(SecondFactorEntity, { userId });
}

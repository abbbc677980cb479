import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { OneTimeCodeEntity } from './code.entity.js';
import type { CodePurpose } from './code.rules.js';

/** A code, or null; for whoever shows its token. Not kept in the em: its row is read again once it is locked. */
export function findCode(em: SqlEntityManager, id: string): Promise<OneTimeCodeEntity | null> {
  return em.findOne(OneTimeCodeEntity, { id }, { disableIdentityMap: true });
}

/** A code with its row locked, by its id or as the person's one of a purpose, or null; the person's row is locked first. */
export function lockCodeRow(
  em: SqlEntityManager,
  which: { id: string } | { userId: string; purpose: CodePurpose },
): Promise<OneTimeCodeEntity | null> {
  return em.findOne(OneTimeCodeEntity, which, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

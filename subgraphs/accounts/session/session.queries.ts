import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { SessionEntity } from './session.entity.js';

/** A session with its row locked, or null; for the holder of one of its tokens. */
export function lockSession(em: SqlEntityManager, id: string): Promise<SessionEntity | null> {
  return em.findOne(SessionEntity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** A session, or null; for the gateway, which has checked the token that names it. */
export function findSession(em: SqlEntityManager, id: string): Promise<SessionEntity | null> {
  return em.findOne(SessionEntity, { id });
}

import { LockMode } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { fetchPage } from '../../../platform/data/keyset-page.js';
import type { Page, PageRequest } from '../../../platform/domain/page.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { SessionEntity } from './session.entity.js';

const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** A session with its row locked, or null; for the holder of one of its tokens. */
export function lockSession(em: SqlEntityManager, id: string): Promise<SessionEntity | null> {
  return em.findOne(SessionEntity, { id }, locked);
}

/** A session, or null; for the gateway, which has checked the token that names it. */
export function findSession(em: SqlEntityManager, id: string): Promise<SessionEntity | null> {
  return em.findOne(SessionEntity, { id });
}

/** A person's sessions that have not ended, with their rows locked in the order of their ids. */
export function lockOpenSessions(
  em: SqlEntityManager,
  { userId, now, ...only }: { userId: string; now: Date; deviceId?: string },
): Promise<SessionEntity[]> {
  const where = { ...only, userId, revokedAt: null, expiresAt: { $gt: now } };
  return em.find(SessionEntity, where, { ...locked, orderBy: { id: 'asc' } });
}

/** The viewer's own sessions among these, ended or not, with their rows locked. */
export function lockOwnSessions(
  em: SqlEntityManager,
  viewer: Viewer,
  ids: readonly string[],
): Promise<SessionEntity[]> {
  const where = { userId: viewer.id, id: { $in: [...ids] } };
  return em.find(SessionEntity, where, { ...locked, orderBy: { id: 'asc' } });
}

/** The viewer's own sessions that have not ended, newest first. */
export function listOwnSessions(
  em: SqlEntityManager,
  viewer: Viewer,
  { page, now }: { page: PageRequest; now: Date },
): Promise<Page<SessionEntity>> {
  const where = [{ userId: viewer.id, revokedAt: null, expiresAt: { $gt: now } }];
  return fetchPage(em, SessionEntity, { where, sort: [['id', 'desc']], page });
}

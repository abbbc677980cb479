import type { SqlEntityManager } from '@mikro-orm/sql';
import { findApiClientByKey } from '../api-client/api-client.queries.js';
import { listGrants } from '../role/role.queries.js';
import { roleTemplates } from '../role/role.templates.js';
import { findSession } from '../session/session.queries.js';
import { getUser } from '../user/user.queries.js';
import type { Authentication } from './authentication.graphql.js';

const nobody = { kind: 'USER', id: '', sessionId: null, version: 0, documentIds: null, grants: [] };

/** Who a session stands for and what they may do. */
export async function authenticateSession(em: SqlEntityManager, sessionId: string, now: Date): Promise<Authentication> {
  const session = await findSession(em, sessionId);
  if (!session || session.expiresAt <= now) return { ...nobody, status: 'UNKNOWN' };
  const user = await getUser(em, session.userId);
  if (session.revokedAt || !user.isActive) return { ...nobody, status: 'REVOKED' };
  return {
    ...nobody,
    status: 'ACTIVE',
    id: user.id,
    sessionId,
    version: user.rightsVersion,
    grants: await listGrants(em, user.id),
  };
}

/** Which API client a key stands for and what it may do. */
export async function authenticateApiKey(em: SqlEntityManager, apiKey: string): Promise<Authentication> {
  const client = await findApiClientByKey(em, apiKey);
  if (!client) return { ...nobody, kind: 'CLIENT', status: 'UNKNOWN' };
  if (!client.isActive) return { ...nobody, kind: 'CLIENT', status: 'REVOKED' };
  const { id, version, documentIds, brandId, outletId } = client;
  const grants = [{ role: 'INTEGRATOR', brandId, outletId, slugs: roleTemplates.INTEGRATOR }];
  return { status: 'ACTIVE', kind: 'CLIENT', id, sessionId: null, version, documentIds, grants };
}

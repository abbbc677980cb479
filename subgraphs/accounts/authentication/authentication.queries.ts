import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { checkAccessToken } from '../../../platform/crypto/access-token.js';
import { openVerifyingKeys } from '../../../platform/crypto/token-keys.js';
import { findApiClientByKey } from '../api-client/api-client.queries.js';
import { listGrants } from '../membership/membership.queries.js';
import { roleTemplates } from '../role/role.templates.js';
import { findSession } from '../session/session.queries.js';
import { getUser } from '../user/user.queries.js';
import type { Authentication, TokenVerification } from './authentication.graphql.js';

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

/** Whether requests with an access token are accepted now; says no more of it than whoever has it can find out by using it. */
export async function verifyToken({ em, clock, config }: Context, token: string): Promise<TokenVerification> {
  if (!config.secrets) throw new Error('Access tokens need a key to be checked with.');
  const keys = openVerifyingKeys(config.secrets.tokenKey, config.oldTokenKeys);
  const verdict = await checkAccessToken(token, keys, clock.now());
  if (verdict.status === 'EXPIRED') return { isActive: false, reason: 'TOKEN_EXPIRED' };
  if (verdict.status !== 'VALID') return { isActive: false, reason: 'UNKNOWN' };
  const { sessionId, userId } = verdict.claims;
  const { status, id } = await authenticateSession(em, sessionId, clock.now());
  if (status === 'REVOKED') return { isActive: false, reason: 'TOKEN_REVOKED' };
  return status === 'ACTIVE' && id === userId
    ? { isActive: true, reason: null }
    : { isActive: false, reason: 'UNKNOWN' };
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

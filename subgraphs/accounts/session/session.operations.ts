import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { plusMs } from '../../../platform/process/clock.js';
import { listGrants } from '../role/role.queries.js';
import { matchesPassword } from '../user/password.js';
import type { UserEntity } from '../user/user.entity.js';
import { findUserByIdentifier, getUser } from '../user/user.queries.js';
import { SessionEntity } from './session.entity.js';
import { sessionRevoked } from './session.events.js';
import { lockSession } from './session.queries.js';
import { hashToken, newRefreshToken, sessionOf, signAccessToken, type TokenPair } from './session.tokens.js';

/** A person who is signed in, and the tokens to prove it. */
export interface SignedIn extends TokenPair {
  readonly user: UserEntity;
}

/** Signs in by e-mail or user name. Unknown, inactive and wrong password are answered alike and cost the same work. */
export async function login(context: Context, command: { identifier: string; password: string }): Promise<SignedIn> {
  const user = await findUserByIdentifier(context.em, command.identifier);
  const isMatch = await matchesPassword(command.password, user?.passwordHash ?? null);
  if (!user || !isMatch || !user.isActive)
    throw new DomainError('INVALID_CREDENTIALS', 'The name or the password is wrong.');
  return context.unitOfWork(async (em) => {
    const now = context.clock.now();
    const id = newId('ses');
    const refreshToken = newRefreshToken(id);
    const expiresAt = plusMs(now, context.config.refreshTokenSeconds * 1_000);
    await em.insert(SessionEntity, {
      id,
      userId: user.id,
      tokenHash: hashToken(refreshToken),
      createdAt: now,
      expiresAt,
      revokedAt: null,
    });
    return { user, refreshToken, accessToken: await accessTokenFor(context, em, { user, sessionId: id }) };
  });
}

/** Exchanges a refresh token for the next pair. A token used twice means that somebody else has it: the whole session ends. */
export async function refreshToken(context: Context, command: { refreshToken: string }): Promise<SignedIn> {
  const signedIn = await context.unitOfWork(async (em) => {
    const session = await lockSession(em, sessionOf(command.refreshToken));
    if (!session || session.revokedAt || session.expiresAt <= context.clock.now()) return null;
    if (session.tokenHash !== hashToken(command.refreshToken)) return revoke(em, session, context);
    const next = newRefreshToken(session.id);
    session.tokenHash = hashToken(next);
    const user = await getUser(em, session.userId);
    if (!user.isActive) return revoke(em, session, context);
    return {
      user,
      refreshToken: next,
      accessToken: await accessTokenFor(context, em, { user, sessionId: session.id }),
    };
  });
  if (!signedIn)
    throw new DomainError('INVALID_CREDENTIALS', 'This refresh token is no longer good. Sign in again.', [
      'refreshToken',
    ]);
  return signedIn;
}

/** Ends the session of a refresh token; the viewer must be the one it belongs to. */
export function logout({ viewer, unitOfWork, clock }: Context, command: { refreshToken: string }): Promise<void> {
  return unitOfWork(async (em) => {
    const session = await lockSession(em, sessionOf(command.refreshToken));
    const isOwn =
      session !== null && session.userId === viewer.id && session.tokenHash === hashToken(command.refreshToken);
    if (!isOwn)
      throw new DomainError('INVALID_CREDENTIALS', 'This refresh token is not yours or no longer good.', [
        'refreshToken',
      ]);
    if (!session.revokedAt) revoke(em, session, { clock });
  });
}

function revoke(em: SqlEntityManager, session: SessionEntity, { clock }: Pick<Context, 'clock'>): null {
  session.revokedAt = clock.now();
  record(em, sessionRevoked(session));
  return null;
}

async function accessTokenFor(
  { clock, config }: Context,
  em: SqlEntityManager,
  { user, sessionId }: { user: UserEntity; sessionId: string },
): Promise<string> {
  if (!config.secrets) throw new Error('Access tokens need a signing key.');
  const facts = {
    userId: user.id,
    sessionId,
    grants: await listGrants(em, user.id),
    rightsVersion: user.rightsVersion,
  };
  return signAccessToken(
    { ...facts, issuedAt: clock.now(), lifetimeSeconds: config.accessTokenSeconds },
    config.secrets.tokenKey,
  );
}

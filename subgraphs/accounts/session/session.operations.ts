import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Context } from '../../../platform/context.js';
import { record } from '../../../platform/data/outbox.js';
import { BadUserInput, DomainError, notFound } from '../../../platform/domain/errors.js';
import { newId } from '../../../platform/domain/id.js';
import { optionalText } from '../../../platform/domain/text.js';
import type { Viewer } from '../../../platform/domain/viewer.js';
import { plusMs, type Clock } from '../../../platform/process/clock.js';
import { refreshLimit } from '../abuse/limit.rules.js';
import { listGrants } from '../membership/membership.queries.js';
import type { UserEntity } from '../user/user.entity.js';
import { proveOwn } from '../user/user.policy.js';
import { getUser, lockUser } from '../user/user.queries.js';
import { SessionEntity } from './session.entity.js';
import { sessionsRevoked } from './session.events.js';
import { findSession, lockOpenSessions, lockOwnSessions, lockSession } from './session.queries.js';
import { deviceLabelOf, exchangeOf, type SessionSelection, type SignInMethod } from './session.rules.js';
import {
  isAuthentic,
  newSeed,
  readRefreshToken,
  refreshTokenOf,
  signAccessToken,
  type ShownRefreshToken,
  type TokenPair,
} from './session.tokens.js';

/** A person who is signed in, and the tokens to prove it. */
export interface SignedIn extends TokenPair {
  readonly user: UserEntity;
}

/** Whose sign-in has succeeded, how, and on which of the app's devices, where the session is to be bound to one. */
export interface NewSession {
  readonly user: Pick<UserEntity, 'id'>;
  readonly method: SignInMethod;
  readonly deviceId?: string | null;
}

/** Which sessions end, and why; `reason` is told in the event and never to the client. */
export interface EndSessions {
  readonly userId: string;
  readonly exceptSessionId?: string | null;
  /** Only those bound to this device. */
  readonly deviceId?: string;
  readonly clock: Clock;
  readonly reason: string;
}

const IDS_OF_AN_EVENT = 100;

/** Begins a session in the caller's transaction, with the person's row locked; INVALID_CREDENTIALS for somebody who may not sign in (any more). */
export async function startSession(
  context: Context,
  em: SqlEntityManager,
  { user, method, deviceId }: NewSession,
): Promise<TokenPair> {
  const holder = await lockUser(em, user.id);
  if (!holder.isActive) throw new DomainError('INVALID_CREDENTIALS', 'You cannot be signed in.');
  const { clock, config, userAgent } = context;
  const now = clock.now();
  const session: SessionEntity = {
    id: newId('ses'),
    userId: holder.id,
    method,
    seed: newSeed(),
    generation: 1,
    deviceId: deviceIdOf({ deviceId }),
    agentKey: agentKeyOf(context),
    deviceLabel: deviceLabelOf(userAgent),
    createdAt: now,
    lastUsedAt: now,
    expiresAt: plusMs(now, config.refreshTokenSeconds * 1_000),
    revokedAt: null,
  };
  await em.insert(SessionEntity, session);
  return tokensOf(context, em, { user: holder, session });
}

/** Throws TOKEN_REVOKED where the viewer's session has ended since they were let in; with the person's row locked, for sessions end under that lock. */
export async function requireOpenSession(em: SqlEntityManager, { sessionId }: Viewer): Promise<void> {
  const session = sessionId ? await findSession(em, sessionId) : null;
  if (session?.revokedAt) throw new DomainError('TOKEN_REVOKED', 'The session was ended: sign in again.');
}

/** Ends a person's open sessions in the caller's transaction and says how many; whoever believes in them hears of it within seconds. */
export async function endSessions(
  em: SqlEntityManager,
  { userId, exceptSessionId, deviceId, clock, reason }: EndSessions,
): Promise<number> {
  const open = await lockOpenSessions(em, { userId, now: clock.now(), ...(deviceId ? { deviceId } : {}) });
  const ending = open.filter(({ id }) => id !== exceptSessionId);
  end(em, ending, { clock, reason });
  return ending.length;
}

/**
 * Exchanges a refresh token for the next pair. The token before the last one, shown again by the same program within the
 * grace (`REFRESH_GRACE_SECONDS`, 30 unless told), gets the same pair again: its reply was lost. Any other old token, or
 * a token on another device than its session's, is in two hands: the whole session ends.
 */
export async function refreshToken(
  context: Context,
  command: { refreshToken: string; deviceId?: string | null },
): Promise<SignedIn> {
  const shown = readRefreshToken(command.refreshToken);
  if (!shown) throw refusal('INVALID_CREDENTIALS');
  const deviceId = deviceIdOf(command);
  await context.limits.consume(refreshLimit, [`session:${shown.sessionId}`]);
  const outcome = await context.unitOfWork((em) => exchange(context, em, { shown, deviceId }));
  if (typeof outcome === 'string') throw refusal(outcome);
  return outcome;
}

/** Ends the session of a refresh token; the viewer must be the one it belongs to. */
export function logout(
  { viewer, vault, unitOfWork, clock }: Context,
  command: { refreshToken: string },
): Promise<void> {
  const shown = readRefreshToken(command.refreshToken);
  return unitOfWork(async (em) => {
    const session = shown ? await lockSession(em, shown.sessionId) : null;
    const isOwn = shown && session?.userId === viewer.id && isAuthentic(vault, session, shown);
    if (!isOwn) throw refusal('INVALID_CREDENTIALS');
    if (!session.revokedAt) end(em, [session], { clock, reason: 'SIGNED_OUT' });
  });
}

/** Ends sessions of the viewer's own, named or all of them or all but this one, and says how many; NOT_FOUND if one named is not theirs. */
export function revokeSessions(
  { viewer, unitOfWork, clock }: Context,
  command: { sessionIds?: readonly string[] | null; which?: SessionSelection | null },
): Promise<number> {
  const { sessionIds, which } = command;
  if (Boolean(sessionIds) === Boolean(which)) throw new BadUserInput('Give sessionIds or which.', ['sessionIds']);
  if (sessionIds && sessionIds.length > 100) throw new BadUserInput('At most 100 at a time.', ['sessionIds']);
  const reason = 'REVOKED_BY_HOLDER';
  return unitOfWork(async (em) => {
    await lockUser(em, viewer.id);
    if (!sessionIds) {
      const exceptSessionId = which === 'OTHERS' ? viewer.sessionId : null;
      return endSessions(em, { userId: viewer.id, exceptSessionId, clock, reason });
    }
    const own = await lockOwnSessions(em, viewer, sessionIds);
    if (own.length < new Set(sessionIds).size) throw notFound('The session');
    const ending = own.filter(({ revokedAt }) => revokedAt === null);
    end(em, ending, { clock, reason });
    return ending.length;
  });
}

type RefreshRefusal = 'INVALID_CREDENTIALS' | 'TOKEN_EXPIRED' | 'TOKEN_REVOKED';

// A refusal is returned, not thrown: what it has ended must be committed.
async function exchange(
  context: Context,
  em: SqlEntityManager,
  { shown, deviceId }: { shown: ShownRefreshToken; deviceId: string | null },
): Promise<SignedIn | RefreshRefusal> {
  const { clock, config, vault } = context;
  const now = clock.now();
  const session = await lockSession(em, shown.sessionId);
  // Only a token that was handed out is worth an alarm: whoever knows a session's id could end it otherwise.
  if (!session || !isAuthentic(vault, session, shown)) return 'INVALID_CREDENTIALS';
  if (session.revokedAt) return 'TOKEN_REVOKED';
  if (session.expiresAt <= now) return 'TOKEN_EXPIRED';
  const user = await getUser(em, session.userId);
  const agentKey = agentKeyOf(context);
  const graceMs = config.refreshGraceSeconds * 1_000;
  const verdict = exchangeOf(session, { generation: shown.generation, deviceId, agentKey }, { now, graceMs });
  if (verdict === 'STOLEN' || !user.isActive) {
    end(em, [session], { clock, reason: user.isActive ? 'TOKEN_REUSED' : 'DEACTIVATED' });
    return 'TOKEN_REVOKED';
  }
  if (verdict === 'NEXT') {
    session.generation += 1;
    session.lastUsedAt = now;
    session.expiresAt = plusMs(now, config.refreshTokenSeconds * 1_000);
    session.agentKey = agentKey;
    session.deviceLabel = deviceLabelOf(context.userAgent);
  }
  return { user, ...(await tokensOf(context, em, { user, session })) };
}

function refusal(code: RefreshRefusal): DomainError {
  return new DomainError(code, 'This refresh token is not good, or not any longer. Sign in again.', ['refreshToken']);
}

function end(
  em: SqlEntityManager,
  sessions: readonly SessionEntity[],
  { clock, reason }: Pick<EndSessions, 'clock' | 'reason'>,
): void {
  for (const session of sessions) session.revokedAt = clock.now();
  for (let start = 0; start < sessions.length; start += IDS_OF_AN_EVENT) {
    const [first, ...rest] = sessions.slice(start, start + IDS_OF_AN_EVENT);
    if (first) record(em, sessionsRevoked([first, ...rest], reason));
  }
}

/** The pair of the session's present generation: the same whenever it is asked for, unless the rights have changed. */
async function tokensOf(
  context: Context,
  em: SqlEntityManager,
  { user, session }: { user: UserEntity; session: SessionEntity },
): Promise<TokenPair> {
  const { config, vault } = context;
  if (!config.secrets) throw new Error('Access tokens need a signing key.');
  proveOwn(context, user.id);
  const accessToken = await signAccessToken(
    {
      userId: user.id,
      sessionId: session.id,
      grants: await listGrants(em, user.id),
      rightsVersion: user.rightsVersion,
      issuedAt: session.lastUsedAt,
      lifetimeSeconds: config.accessTokenSeconds,
    },
    config.secrets.tokenKey,
  );
  return { accessToken, refreshToken: refreshTokenOf(vault, session, session.generation) };
}

function deviceIdOf({ deviceId }: { deviceId?: string | null | undefined }): string | null {
  return optionalText(deviceId, { field: ['deviceId'], maximum: 128 });
}

function agentKeyOf({ vault, userAgent }: Context): string {
  return vault.index(userAgent, 'session.userAgent');
}

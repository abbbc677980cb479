import { SignJWT } from 'jose';
import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import type { Grant } from '../../../platform/domain/viewer.js';

/** What a client signs requests with, and what it gets the next pair with. */
export interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** What an access token says about its holder. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly grants: readonly Grant[];
  readonly rightsVersion: number;
  readonly issuedAt: Date;
  readonly lifetimeSeconds: number;
}

/** Signs an access token: EdDSA, `typ` at+jwt (RFC 9068). The roles in it are for a client's menus; the gateway asks for the rights themselves. */
export function signAccessToken(claims: AccessClaims, privateKeyPem: string): Promise<string> {
  const { userId, sessionId, grants, rightsVersion, issuedAt, lifetimeSeconds } = claims;
  const issued = Math.floor(issuedAt.getTime() / 1_000);
  const roles = grants.map(({ role, brandId, outletId }) => ({ role, brandId, outletId }));
  return new SignJWT({ sid: sessionId, roles, ver: rightsVersion })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' })
    .setIssuer('twinengine')
    .setAudience('twinengine-api')
    .setSubject(userId)
    .setIssuedAt(issued)
    .setExpirationTime(issued + lifetimeSeconds)
    .sign(createPrivateKey(privateKeyPem));
}

/** A new refresh token of a session: the session's id and 256 random bits. Only its hash is kept. */
export function newRefreshToken(sessionId: string): string {
  return `${sessionId}.${randomBytes(32).toString('base64url')}`;
}

/** The session a refresh token says it belongs to; whether it does, its hash tells. */
export function sessionOf(refreshToken: string): string {
  return refreshToken.split('.', 1)[0] ?? '';
}

/** How secrets are kept: they have 256 random bits, so a plain hash is enough. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

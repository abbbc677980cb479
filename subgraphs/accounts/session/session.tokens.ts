import { SignJWT } from 'jose';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { accessTokenForm } from '../../../platform/crypto/access-token.js';
import { openSigningKey } from '../../../platform/crypto/token-keys.js';
import type { Vault } from '../../../platform/crypto/vault.js';
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

/** Which token of which session a refresh token says it is; whether it is, `isAuthentic` tells. */
export interface ShownRefreshToken {
  readonly sessionId: string;
  readonly generation: number;
  readonly proof: string;
}

/** What the refresh tokens of a session are made of. */
export interface TokenFamily {
  readonly id: string;
  readonly seed: string;
}

const SHOWN = /^(ses_[0-9A-Z]{26})\.([1-9]\d{0,8})\.([0-9a-f]{64})$/;
const PROOF_PLACE = 'session.refreshToken';

/** Signs an access token (RFC 9068). The roles in it are for a client's menus; the gateway asks for the rights themselves. */
export function signAccessToken(claims: AccessClaims, privateKeyPem: string): Promise<string> {
  const { userId, sessionId, grants, rightsVersion, issuedAt, lifetimeSeconds } = claims;
  const { algorithm, type, issuer, audience } = accessTokenForm;
  const { id: kid, key } = openSigningKey(privateKeyPem);
  const issued = Math.floor(issuedAt.getTime() / 1_000);
  const roles = grants.map(({ role, brandId, outletId }) => ({ role, brandId, outletId }));
  return new SignJWT({ sid: sessionId, roles, ver: rightsVersion })
    .setProtectedHeader({ alg: algorithm, typ: type, kid })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt(issued)
    .setExpirationTime(issued + lifetimeSeconds)
    .sign(key);
}

/** What a new family of refresh tokens grows from: 256 random bits. */
export function newSeed(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * The refresh token of a generation. It is made, not drawn: the same generation is the same token, so a reply that got
 * lost can be given again though no token is kept. Neither the database nor the vault's key makes one without the other.
 */
export function refreshTokenOf(vault: Vault, family: TokenFamily, generation: number): string {
  return `${family.id}.${generation}.${proofOf(vault, family, generation)}`;
}

/** What a refresh token says about itself; null for a text that is none. */
export function readRefreshToken(token: string): ShownRefreshToken | null {
  const [, sessionId = '', generation = '', proof = ''] = SHOWN.exec(token) ?? [];
  return sessionId === '' ? null : { sessionId, generation: Number(generation), proof };
}

/** Whether the token was once handed out for this family. */
export function isAuthentic(vault: Vault, family: TokenFamily, shown: ShownRefreshToken): boolean {
  const proof = Buffer.from(proofOf(vault, family, shown.generation));
  return shown.sessionId === family.id && timingSafeEqual(proof, Buffer.from(shown.proof));
}

/** How other secrets of 256 random bits are kept: they need no slow hash. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function proofOf(vault: Vault, { id, seed }: TokenFamily, generation: number): string {
  return vault.index(`${id}.${generation}.${seed}`, PROOF_PLACE);
}

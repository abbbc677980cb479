import { createHash } from 'node:crypto';
import { checkAccessToken, type AccessTokenClaims } from '../platform/crypto/access-token.js';
import type { VerifyingKeys } from '../platform/crypto/token-keys.js';
import type { Clock } from '../platform/process/clock.js';
import { BoundedMap } from './bounded-map.js';
import { refuse } from './refusal.js';

/** Checks an access token's key, signature, kind, issuer, audience and time; throws TOKEN_EXPIRED or UNAUTHENTICATED. */
export type TokenVerifier = (token: string) => Promise<AccessTokenClaims>;

const maxTokens = 5_000;

/** A verifier that checks each token's signature once, and its time at every use: the signature is a good part of what a small request costs. */
export function createTokenVerifier(keys: VerifyingKeys, clock: Clock): TokenVerifier {
  // By digest, so that nothing in memory opens a door.
  const verified = new BoundedMap<AccessTokenClaims>(maxTokens);
  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64url');
    const known = verified.get(digest);
    if (known && known.expiresAtMs <= clock.now().getTime()) throw tokenExpired();
    if (known) return known;
    const verdict = await checkAccessToken(token, keys, clock.now());
    if (verdict.status !== 'VALID') throw verdict.status === 'EXPIRED' ? tokenExpired() : notAToken();
    verified.set(digest, verdict.claims);
    return verdict.claims;
  };
}

/** The refusal of a token that was good once: the client refreshes it and tries again. */
export function tokenExpired() {
  return refuse(401, 'TOKEN_EXPIRED', 'The access token has expired: refresh it.');
}

function notAToken() {
  return refuse(401, 'UNAUTHENTICATED', 'The access token is not valid.');
}

import { createHash, type KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../platform/process/clock.js';
import { BoundedMap } from './bounded-map.js';
import { refuse } from './refusal.js';

/** What an access token says: who signed in, in which session, until when. */
export interface AccessTokenClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAtMs: number;
}

/** Checks an access token's signature, kind, issuer, audience and time; throws TOKEN_EXPIRED or UNAUTHENTICATED. */
export type TokenVerifier = (token: string) => Promise<AccessTokenClaims>;

const maxTokens = 5_000;
const claimsShape = z.object({ sub: z.string().min(1), sid: z.string().min(1), exp: z.number() });

/** A verifier that checks each token's signature once, and its time at every use: the signature is a good part of what a small request costs. */
export function createTokenVerifier(key: KeyObject, clock: Clock): TokenVerifier {
  // By digest, so that nothing in memory opens a door.
  const verified = new BoundedMap<AccessTokenClaims>(maxTokens);
  return async (token) => {
    const digest = createHash('sha256').update(token).digest('base64url');
    const known = verified.get(digest);
    if (known && known.expiresAtMs <= clock.now().getTime()) throw tokenExpired();
    if (known) return known;
    const claims = await verify(token, key, clock);
    verified.set(digest, claims);
    return claims;
  };
}

async function verify(token: string, key: KeyObject, clock: Clock): Promise<AccessTokenClaims> {
  const claims = claimsShape.safeParse(await verifiedPayload(token, key, clock));
  if (!claims.success) throw notAToken();
  return { userId: claims.data.sub, sessionId: claims.data.sid, expiresAtMs: claims.data.exp * 1_000 };
}

async function verifiedPayload(token: string, key: KeyObject, clock: Clock): Promise<unknown> {
  try {
    // Every choice a token could make about its own checking is fixed here.
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      issuer: 'twinengine',
      audience: 'twinengine-api',
      requiredClaims: ['sub', 'sid', 'exp'],
      currentDate: clock.now(),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw tokenExpired();
    if (error instanceof errors.JOSEError) throw notAToken();
    throw error;
  }
}

/** The refusal of a token that was good once: the client refreshes it and tries again. */
export function tokenExpired() {
  return refuse(401, 'TOKEN_EXPIRED', 'The access token has expired: refresh it.');
}

function notAToken() {
  return refuse(401, 'UNAUTHENTICATED', 'The access token is not valid.');
}

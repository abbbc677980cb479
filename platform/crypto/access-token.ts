import { errors, jwtVerify, type JWTPayload } from 'jose';
import { z } from 'zod';
import type { VerifyingKey, VerifyingKeys } from './token-keys.js';

/** What every access token of this product says about itself (RFC 9068). */
export const accessTokenForm = {
  algorithm: 'EdDSA',
  type: 'at+jwt',
  issuer: 'twinengine',
  audience: 'twinengine-api',
} as const;

/** What an access token says: who signed in, in which session, until when. */
export interface AccessTokenClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAtMs: number;
}

/** What came of checking a token: only a token that was good once is EXPIRED. */
export type AccessTokenVerdict =
  { readonly status: 'VALID'; readonly claims: AccessTokenClaims } | { readonly status: 'EXPIRED' | 'INVALID' };

// Roles of a hundred places fit, and Node accepts no longer header anyway.
const MAXIMUM_LENGTH = 16_384;

const { algorithm, type, issuer, audience } = accessTokenForm;
// Nothing else: a header that names keys, critical extensions or a nested token is not one of ours.
const headerShape = z.strictObject({ alg: z.literal(algorithm), typ: z.literal(type), kid: z.string() });
const claimsShape = z.object({ sub: z.string().min(1), sid: z.string().min(1), exp: z.number() });

/** Checks a token's form, key, signature, kind, issuer, audience and time; every choice a token could make about its own checking is fixed. */
export async function checkAccessToken(token: string, keys: VerifyingKeys, now: Date): Promise<AccessTokenVerdict> {
  const key = keyOf(token, keys);
  if (!key) return { status: 'INVALID' };
  try {
    const options = { algorithms: [algorithm], typ: type, issuer, audience, currentDate: now };
    const { payload } = await jwtVerify(token, key.key, { ...options, requiredClaims: ['sub', 'sid', 'exp'] });
    return verdictOf(payload, key, now);
  } catch (error) {
    if (error instanceof errors.JWTExpired) return { status: 'EXPIRED' };
    if (error instanceof errors.JOSEError) return { status: 'INVALID' };
    throw error;
  }
}

function verdictOf(payload: JWTPayload, { endsAtMs }: VerifyingKey, now: Date): AccessTokenVerdict {
  const { success, data } = claimsShape.safeParse(payload);
  if (!success) return { status: 'INVALID' };
  // No token outlives the key it was signed with.
  const expiresAtMs = Math.min(data.exp * 1_000, endsAtMs ?? Infinity);
  if (expiresAtMs <= now.getTime()) return { status: 'EXPIRED' };
  return { status: 'VALID', claims: { userId: data.sub, sessionId: data.sid, expiresAtMs } };
}

function keyOf(token: string, keys: VerifyingKeys): VerifyingKey | null {
  const parts = token.split('.');
  if (token.length > MAXIMUM_LENGTH || parts.length !== 3 || !parts.every(isOwnForm)) return null;
  const [header, payload] = parts.slice(0, 2).map(objectIn);
  const { success, data } = headerShape.safeParse(header);
  return success && payload ? (keys.get(data.kid) ?? null) : null;
}

// One token has one form: others that decode to the same bytes are not ours.
function isOwnForm(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part;
}

// What was signed here was written by JSON.stringify, so it reads back to itself; a name given twice does not.
function objectIn(part: string): object | null {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && JSON.stringify(value) === text ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

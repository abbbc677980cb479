import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { AuthorizationCode, IdentityProvider, VouchedIdentity } from './identity-provider.js';

const ANSWERS_WITHIN_MS = 3_000;
const LONGEST_TOKEN = 8_192;
const LONGEST_PART_OF_CODE = 2_048;
const LIFETIME = '1h';
const SKEW_SECONDS = 60;

// https://developers.google.com/identity/openid-connect/openid-connect#validatinganidtoken
const issuer = ['https://accounts.google.com', 'accounts.google.com'];

const claims = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().min(1),
  email_verified: z.boolean().optional(),
  name: z.string().optional(),
  nonce: z.string().optional(),
});
const exchanged = z.object({ id_token: z.string() });
// RFC 6749, 5.2: what it says of the code; all else is between Google and this server.
const refusedCode = z.object({ error: z.literal(['invalid_grant', 'redirect_uri_mismatch']) });

// What is wrong with the token itself; all else is trouble with Google's keys.
const refusals = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** This product as Google knows it, and where Google is. */
export interface GoogleSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the keys of ID tokens are; Google's own address unless told. */
  readonly keysUrl?: string;
  /** Where authorization codes are exchanged; Google's own address unless told. */
  readonly tokenUrl?: string;
}

/**
 * Signing in with an account at Google. ID tokens are judged by jose, not by google-auth-library, which knows no clock but
 * the machine's, checks no nonce, and repeats whole tokens in the messages of its errors.
 */
export function createGoogleSignIn(settings: GoogleSettings): IdentityProvider {
  const keysUrl = settings.keysUrl ?? 'https://www.googleapis.com/oauth2/v3/certs';
  const keys = createRemoteJWKSet(new URL(keysUrl), { timeoutDuration: ANSWERS_WITHIN_MS });
  return {
    verify: (idToken, asked) => verify(idToken, { ...asked, keys, audience: settings.clientId }),
    exchange: (code) => exchange(settings, code),
  };
}

async function verify(
  idToken: string,
  { keys, audience, now, nonce }: { keys: JWTVerifyGetKey; audience: string; now: Date; nonce?: string | null },
): Promise<VouchedIdentity | null> {
  if (idToken.length > LONGEST_TOKEN) return null;
  try {
    const { payload } = await jwtVerify(idToken, keys, {
      algorithms: ['RS256'],
      issuer,
      audience,
      currentDate: now,
      clockTolerance: SKEW_SECONDS,
      maxTokenAge: LIFETIME,
      requiredClaims: ['sub', 'exp', 'iat'],
    });
    const { success, data } = claims.safeParse(payload);
    if (!success || (nonce && data.nonce !== nonce)) return null;
    const { sub, email, email_verified: isEmailVerified = false, name = null } = data;
    return { subject: sub, email, isEmailVerified, name };
  } catch (error) {
    if (refusals.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}

async function exchange(
  { clientId, clientSecret, tokenUrl = 'https://oauth2.googleapis.com/token' }: GoogleSettings,
  { code, redirectUri, codeVerifier }: AuthorizationCode,
): Promise<string | null> {
  if ([code, redirectUri, codeVerifier ?? ''].some((part) => part.length > LONGEST_PART_OF_CODE)) return null;
  const answer = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code,
      redirect_uri: redirectUri,
      ...(codeVerifier ? { code_verifier: codeVerifier } : {}),
    }),
    signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    redirect: 'error',
  });
  if (answer.ok) return exchanged.parse(await answer.json()).id_token;
  if (answer.status === 400 && refusedCode.safeParse(await answer.json()).success) return null;
  throw new Error(`Google's token endpoint answered ${answer.status}.`);
}

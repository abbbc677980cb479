import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { startListening, stopListening } from '../http/listening.js';
import { createGoogleSignIn } from './google-sign-in.js';
import type { IdentityProvider } from './identity-provider.js';

/** This product as the local Google knows it. */
export const googleClient = { clientId: 'twin.apps.example', clientSecret: 'shared with Google' };

const keyId = 'key-1';
const redirected = { location: '/elsewhere' };

/** What the local Google answers at its token endpoint; a null body leaves the caller waiting. */
export interface TokenAnswer {
  status: number;
  body: string | null;
}

/** A Google on this machine: it signs with a key of its own, and the real adapter asks it over HTTP. */
export interface LocalGoogle {
  readonly provider: IdentityProvider;
  /** What was asked at the token endpoint. */
  readonly asked: Record<string, string>[];
  tokenAnswer: TokenAnswer;
  /** An ID token for an account; a claim of undefined is left out. */
  sign(claims?: JWTPayload): Promise<string>;
  /** The same in other forms, none of which is good. */
  readonly forged: Record<string, () => Promise<string>>;
  close(): Promise<void>;
}

/** Opens a Google whose time is the test's. */
export async function openLocalGoogle(now: () => Date): Promise<LocalGoogle> {
  const [own, other] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
  const jwks = JSON.stringify({
    keys: [{ ...(await exportJWK(own.publicKey)), kid: keyId, use: 'sig', alg: 'RS256' }],
  });
  const publicPem = new TextEncoder().encode(await exportSPKI(own.publicKey));
  const asked: Record<string, string>[] = [];
  const tokenAnswer: TokenAnswer = { status: 400, body: '{"error":"invalid_grant"}' };
  const server = createServer((message, response) => {
    if (message.url === '/certs') return void response.writeHead(200).end(jwks);
    void text(message).then((body) => {
      asked.push(Object.fromEntries(new URLSearchParams(body)));
      const { status, body: answer } = tokenAnswer;
      if (answer !== null) response.writeHead(status, status === 302 ? redirected : {}).end(answer);
    });
  });
  const { url } = await startListening(server, 0, '127.0.0.1');
  const claimsOf = (claims: JWTPayload = {}): JWTPayload => {
    const iat = Math.floor(now().getTime() / 1_000);
    const person = { sub: '1001', email: 'ann@example.com', email_verified: true, name: 'Ann Baker' };
    return {
      iss: 'https://accounts.google.com',
      aud: googleClient.clientId,
      iat,
      exp: iat + 3_600,
      ...person,
      ...claims,
    };
  };
  const signed = (claims: JWTPayload, { alg = 'RS256', kid = keyId } = {}) =>
    new SignJWT(claimsOf(claims)).setProtectedHeader({ alg, kid, typ: 'JWT' });
  const sign = (claims: JWTPayload = {}) => signed(claims).sign(own.privateKey);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    provider: createGoogleSignIn({ ...googleClient, keysUrl: `${url}/certs`, tokenUrl: `${url}/token` }),
    asked,
    tokenAnswer,
    sign,
    forged: {
      'signed with another key': () => signed({}).sign(other.privateKey),
      'signed with a key Google has not': () => signed({}, { kid: 'key-2' }).sign(own.privateKey),
      'signed with the public key as a password': () => signed({}, { alg: 'HS256' }).sign(publicPem),
      'not signed': async () => `${part({ alg: 'none', typ: 'JWT' })}.${part(claimsOf())}.`,
      'not signed but says so of a key': async () => `${part({ alg: 'none', kid: keyId })}.${part(claimsOf())}.`,
      altered: async () => {
        const [head, , signature] = (await sign()).split('.');
        return `${head}.${part(claimsOf({ sub: '2002' }))}.${signature}`;
      },
      'no token at all': async () => 'x',
      'too long to be one': async () => sign({ padding: 'x'.repeat(9_000) }),
    },
    close: () => stopListening(server, 0),
  };
}

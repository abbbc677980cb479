import type { JWTPayload } from 'jose';
import { instant, plusMs } from '../process/clock.js';
import { createGoogleSignIn } from './google-sign-in.js';
import { googleClient, openLocalGoogle, type LocalGoogle } from './google-sign-in.fixture.js';

const now = instant('2026-11-21T10:00:00Z');
const seconds = now.getTime() / 1_000;
const ann = { subject: '1001', email: 'ann@example.com', isEmailVerified: true, name: 'Ann Baker' };
const code = { code: 'code-1', redirectUri: 'https://app.example/back' };
const forgeries = [
  'signed with another key',
  'signed with a key Google has not',
  'signed with the public key as a password',
  'not signed',
  'not signed but says so of a key',
  'altered',
  'no token at all',
  'too long to be one',
];

describe('ACC-11 signing in with Google', () => {
  let google: LocalGoogle;

  beforeAll(async () => (google = await openLocalGoogle(() => now)));
  afterAll(() => google.close());

  const verify = async (claims: JWTPayload, nonce: string | null = null) =>
    google.provider.verify(await google.sign(claims), { nonce, now });

  it.each<[string, JWTPayload, object]>([
    ['of the usual issuer', {}, ann],
    ['of the issuer in its old form', { iss: 'accounts.google.com' }, ann],
    ['without a name', { name: undefined }, { ...ann, name: null }],
    ['of an address nobody verified', { email_verified: false }, { ...ann, isEmailVerified: false }],
    ['that says nothing of the address', { email_verified: undefined }, { ...ann, isEmailVerified: false }],
    ['that ended within the skew', { exp: seconds - 59 }, ann],
    ['that begins within the skew', { nbf: seconds + 59, iat: seconds + 59 }, ann],
  ])('believes a token %s', async (_what, claims, identity) => {
    expect(await verify(claims)).toEqual(identity);
  });

  it.each<[string, JWTPayload]>([
    ['for another app', { aud: 'other.apps.example' }],
    ['for nobody', { aud: undefined }],
    ['of another issuer', { iss: 'https://accounts.example.com' }],
    ['of an issuer that only begins alike', { iss: 'https://accounts.google.com.example.com' }],
    ['that has expired', { exp: seconds - 61 }],
    ['without an end', { exp: undefined }],
    ['that is not good yet', { nbf: seconds + 61 }],
    ['made in the future', { iat: seconds + 61 }],
    ['made long ago that never ends', { iat: seconds - 3_661, exp: seconds + 999_999 }],
    ['without the time it was made', { iat: undefined }],
    ['of nobody', { sub: undefined }],
    ['without an address', { email: undefined }],
  ])('refuses a token %s', async (_what, claims) => {
    expect(await verify(claims)).toBeNull();
  });

  it('S16 tries every forgery', () => {
    expect(Object.keys(google.forged)).toEqual(forgeries);
  });

  it.each(forgeries)('S16 refuses a token that is %s', async (name) => {
    const token = await google.forged[name]?.();

    expect(await google.provider.verify(token ?? '', { now })).toBeNull();
  });

  it.each([
    ['the same', 'n-1', 'n-1', true],
    ['another', 'n-1', 'n-2', false],
    ['no', undefined, 'n-1', false],
    ['an unasked', 'n-1', null, true],
  ])('judges a token with %s nonce: it has %s, %s is asked for', async (_what, nonce, asked, isGood) => {
    expect(await verify({ nonce }, asked)).toEqual(isGood ? ann : null);
  });

  it('goes by the time it is told', async () => {
    const token = await google.sign();

    const late = plusMs(now, 3_660_000);
    expect(await google.provider.verify(token, { now: plusMs(late, -1_000) })).toEqual(ann);
    expect(await google.provider.verify(token, { now: late })).toBeNull();
  });

  it('throws while Google’s keys cannot be had', async () => {
    const nowhere = createGoogleSignIn({ ...googleClient, keysUrl: 'http://127.0.0.1:9/certs' });
    const token = await google.sign();

    await expect(nowhere.verify(token, { now })).rejects.toThrow();
  });

  it('exchanges a code for the ID token, and shows the secret to Google only', async () => {
    Object.assign(google.tokenAnswer, {
      status: 200,
      body: JSON.stringify({ id_token: 'token-1', access_token: 'a' }),
    });
    google.asked.splice(0);

    expect(await google.provider.exchange({ ...code, codeVerifier: 'pkce' })).toBe('token-1');
    expect(google.asked).toEqual([
      {
        grant_type: 'authorization_code',
        client_id: googleClient.clientId,
        client_secret: googleClient.clientSecret,
        code: 'code-1',
        redirect_uri: 'https://app.example/back',
        code_verifier: 'pkce',
      },
    ]);
  });

  it.each([['invalid_grant'], ['redirect_uri_mismatch']])('knows a code Google refuses: %s', async (error) => {
    Object.assign(google.tokenAnswer, { status: 400, body: JSON.stringify({ error }) });

    expect(await google.provider.exchange(code)).toBeNull();
  });

  it('asks nothing about what cannot be a code', async () => {
    google.asked.splice(0);

    expect(await google.provider.exchange({ ...code, code: 'x'.repeat(2_049) })).toBeNull();
    expect(google.asked).toEqual([]);
  });

  it.each([
    ['does not know this product', { status: 401, body: '{"error":"invalid_client"}' }],
    ['does not understand', { status: 400, body: '{"error":"invalid_request"}' }],
    ['is broken', { status: 500, body: '{"id_token":"token-1"}' }],
    ['sends elsewhere', { status: 302, body: '{"id_token":"token-1"}' }],
    ['sends no JSON', { status: 200, body: '<html>' }],
    ['sends no ID token', { status: 200, body: '{"access_token":"a"}' }],
    ['is silent', { status: 200, body: null }],
  ])('throws when Google %s, without the code or the secret', async (_what, answer) => {
    Object.assign(google.tokenAnswer, answer);

    const failure = await google.provider.exchange(code).then(() => null, String);

    expect(failure).not.toBeNull();
    expect(failure).not.toMatch(/code-1|shared with Google|token-1/);
  });
});

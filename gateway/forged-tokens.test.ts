import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { openVerifyingKeys, thumbprintOf, type OldTokenKey } from '../platform/crypto/token-keys.js';
import { ManualClock } from '../platform/process/clock.js';
import { createTokenVerifier } from './access-token.js';
import { TestGateway, testTokenKeys } from './gateway.fixture.js';

const now = Date.parse('2026-11-21T10:00:00Z') / 1_000;
const { privateKey, publicKey } = testTokenKeys;
const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }));
const publicDer = publicKey.export({ type: 'spki', format: 'der' });
const kid = thumbprintOf(publicKey);
const thief = generateKeyPairSync('ed25519');
const thiefRsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const thiefEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const thief448 = generateKeyPairSync('ed448');
const header = { alg: 'EdDSA', typ: 'at+jwt', kid };
const claims = { sid: 'ses_ann', sub: 'usr_ann', iss: 'twinengine', aud: 'twinengine-api', iat: now, exp: now + 600 };
const REFRESH = `ses_01J9ZQ5V3K8M2N4P6R7S8T9V0W.1.${'0a'.repeat(32)}`;
const RESET = 'cod_01J9ZQ5V3K8M2N4P6R7S8T9V0W.nV8jzS0mW7mXk3s0wqv2q0bH3n0c9x1y';

const encode = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const written = (value: unknown) => encode(JSON.stringify(value));

/** A token of these parts, signed with our own key: refused for its content alone. */
function ours(head: object | string, body: object | string, key: KeyObject = privateKey): string {
  const [first, second] = [head, body].map((part) => (typeof part === 'string' ? encode(part) : written(part)));
  return `${first}.${second}.${encode(sign(null, Buffer.from(`${first}.${second}`), key))}`;
}

/** A token signed with a shared secret, as if our public key were one. */
function shared(secret: string | Buffer): string {
  const input = `${written({ ...header, alg: 'HS256' })}.${written(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A token that another kind of key has signed as its algorithm asks, under the id of ours. */
function foreign(alg: string, key: KeyObject, hash: string | null = 'sha256'): string {
  const input = `${written({ ...header, alg })}.${written(claims)}`;
  return `${input}.${sign(hash, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const good = ours(header, claims);
const [goodHeader = '', goodClaims = '', goodSignature = ''] = good.split('.');
const { kid: _, ...withoutKid } = header;
const { typ: __, ...withoutTyp } = header;
const json = JSON.stringify(claims);

const forged: readonly (readonly [string, string])[] = [
  ['alg none', `${written({ ...header, alg: 'none' })}.${goodClaims}.`],
  ['alg nOnE with our signature', `${written({ ...header, alg: 'nOnE' })}.${goodClaims}.${goodSignature}`],
  ['no signature', `${goodHeader}.${goodClaims}.`],
  ['HS256 with our public PEM', shared(publicPem)],
  ['HS256 with our public PEM behind a space', shared(` ${publicPem}`)],
  ['HS256 with our public PEM without its last line end', shared(publicPem.trimEnd())],
  ['HS256 with our public key as DER', shared(publicDer)],
  ['RS256 by an RSA key', foreign('RS256', thiefRsa.privateKey)],
  ['ES256 by an EC key', foreign('ES256', thiefEc.privateKey)],
  ['EdDSA on another curve', foreign('EdDSA', thief448.privateKey, null)],
  ['the other name of our algorithm', ours({ ...header, alg: 'Ed25519' }, claims)],
  ["another key under our key's id", ours(header, claims, thief.privateKey)],
  ['another key under its own id', ours({ ...header, kid: thumbprintOf(thief.publicKey) }, claims, thief.privateKey)],
  ['no key id', ours(withoutKid, claims)],
  ['a path as key id', ours({ ...header, kid: '../../../../dev/null' }, claims, thief.privateKey)],
  ['SQL as key id', ours({ ...header, kid: `' or '1'='1' -- ` }, claims, thief.privateKey)],
  ['a property of objects as key id', ours({ ...header, kid: '__proto__' }, claims, thief.privateKey)],
  ['jku', ours({ ...header, jku: 'https://evil.example/jwks.json' }, claims)],
  ['x5u', ours({ ...header, x5u: 'https://evil.example/cert.pem' }, claims)],
  ['jwk', ours({ ...header, jwk: thief.publicKey.export({ format: 'jwk' }) }, claims, thief.privateKey)],
  ['x5c', ours({ ...header, x5c: [encode(publicDer)] }, claims, thief.privateKey)],
  ['zip', ours({ ...header, zip: 'DEF' }, claims)],
  ['crit', ours({ ...header, crit: ['exp'] }, claims)],
  ['b64 false', ours({ ...header, b64: false, crit: ['b64'] }, claims)],
  ['a token within a token', ours({ ...header, cty: 'JWT' }, good)],
  ['another issuer', ours(header, { ...claims, iss: 'twinengine.example' })],
  ['no issuer', ours(header, { ...claims, iss: undefined })],
  ['no audience', ours(header, { ...claims, aud: undefined })],
  ['another audience', ours(header, { ...claims, aud: 'twinengine-refresh' })],
  ['the type JWT', ours({ ...header, typ: 'JWT' }, claims)],
  ['no type', ours(withoutTyp, claims)],
  ['a refresh token', REFRESH],
  ['a one-time token', RESET],
  ['nbf in a second', ours(header, { ...claims, nbf: now + 1 })],
  ['no end', ours(header, { ...claims, exp: undefined })],
  ['an end that is text', ours(header, { ...claims, exp: String(now + 600) })],
  ['nobody', ours(header, { ...claims, sub: '' })],
  ['no session', ours(header, { ...claims, sid: undefined })],
  ['17 KB', ours(header, { ...claims, filler: 'x'.repeat(13_000) })],
  ['sub given twice', ours(header, json.replace('{', '{"sub":"usr_root",'))],
  ['alg given twice', ours(`{"alg":"none",${JSON.stringify(header).slice(1)}`, claims)],
  ['claims that are a list', ours(header, `[${json}]`)],
  ['a signature with other unused bits', `${goodHeader}.${goodClaims}.${goodSignature.slice(0, -1)}${nextLetter()}`],
  ['a signature of zeros', `${goodHeader}.${goodClaims}.${encode(Buffer.alloc(64))}`],
  ['a signature that is cut', `${goodHeader}.${goodClaims}.${goodSignature.slice(0, 84)}`],
  [
    'claims that another token was signed for',
    `${goodHeader}.${written({ ...claims, sub: 'usr_root' })}.${goodSignature}`,
  ],
  ['nothing in it', '..'],
  ['five parts, as encrypted ones have', `${goodHeader}....${goodSignature}`],
  ['its claims left out', `${goodHeader}..${goodSignature}`],
  ['padding', `${goodHeader}.${goodClaims}.${goodSignature}==`],
  ['a fourth part', `${good}.${goodSignature}`],
];

// 64 bytes leave four bits of the last letter unused, which a lenient decoder does not look at.
function nextLetter(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return letters[letters.indexOf(goodSignature.at(-1) ?? '') + 1] ?? '';
}

const refusal = (code: string) => ({ status: 401, errors: [{ extensions: { code } }] });

describe('tokens that are not ours', () => {
  const clock = () => new ManualClock('2026-11-21T10:00:00Z');
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const verifierAt = (time = clock(), old: readonly OldTokenKey[] = []) =>
    createTokenVerifier(openVerifyingKeys(pem, old), time);
  let test: TestGateway;

  beforeAll(async () => (test = await TestGateway.start()));
  afterAll(() => test[Symbol.asyncDispose]());

  it('S16 the token they are made from is good', async () => {
    expect(await verifierAt()(good)).toEqual({
      userId: 'usr_ann',
      sessionId: 'ses_ann',
      expiresAtMs: (now + 600) * 1_000,
    });
  });

  it.each(forged)('S16 %s is refused', async (_what, token) => {
    await expect(verifierAt()(token)).rejects.toMatchObject(refusal('UNAUTHENTICATED'));
  });

  it.each([
    ['a second before its end', { exp: now + 1 }, null],
    ['at its end', { exp: now }, 'TOKEN_EXPIRED'],
    ['a second after its end', { exp: now - 1 }, 'TOKEN_EXPIRED'],
    ['that ended before time began', { exp: -1 }, 'TOKEN_EXPIRED'],
    ['from a second ago', { nbf: now - 1 }, null],
    ['from this moment', { nbf: now }, null],
    ['from a second later', { nbf: now + 1 }, 'UNAUTHENTICATED'],
  ])('S16 a token %s: %j, %s', async (_when, times, code) => {
    const verdict = verifierAt()(ours(header, { ...claims, ...times }));

    if (code === null) await expect(verdict).resolves.toMatchObject({ userId: 'usr_ann' });
    else await expect(verdict).rejects.toMatchObject(refusal(code));
  });

  it('S16 the door refuses every one of them without asking who it is for', async () => {
    await test.signIn('ann');
    const codes = await Promise.all(
      forged.map(async ([what, token]) => {
        const { status, body } = await test.post({ query: '{ me { id } }' }, { authorization: `Bearer ${token}` });
        return [what, status, body?.errors[0].extensions.code];
      }),
    );

    // A header of 17 KB does not even get to be looked at.
    const expected = forged.map(([what]) =>
      what === '17 KB' ? [what, 431, undefined] : [what, 401, 'UNAUTHENTICATED'],
    );
    expect([codes, test.subgraphs.lookups]).toEqual([expected, 0]);
    process.stderr.write(`forged tokens: ${forged.length} refused, 7 edges of time, 4 of rotation\n`);
  });

  describe('while keys rotate', () => {
    const retired = generateKeyPairSync('ed25519');
    const id = thumbprintOf(retired.publicKey);
    const old = (endsAtMs: number): OldTokenKey[] => [
      { id, endsAtMs, publicKey: String(retired.publicKey.export({ type: 'spki', format: 'pem' })) },
    ];
    const signedBefore = ours({ ...header, kid: id }, claims, retired.privateKey);

    it('S16 what the old key signed is good until the end of that key, and no longer than that', async () => {
      const time = clock();
      const verify = verifierAt(time, old((now + 60) * 1_000));

      const first = await verify(signedBefore);
      time.advance(59_999);
      const last = await verify(signedBefore);
      time.advance(1);

      expect([first.expiresAtMs, last.expiresAtMs]).toEqual([(now + 60) * 1_000, (now + 60) * 1_000]);
      await expect(verify(signedBefore)).rejects.toMatchObject(refusal('TOKEN_EXPIRED'));
    });

    it('S16 after that end nothing it signs is believed, however new', async () => {
      const verify = verifierAt(clock(), old(now * 1_000));

      await expect(verify(signedBefore)).rejects.toMatchObject(refusal('TOKEN_EXPIRED'));
    });

    it('S16 a key that was never in the ring is not believed, nor one under the id of another', async () => {
      await expect(verifierAt()(signedBefore)).rejects.toMatchObject(refusal('UNAUTHENTICATED'));
      await expect(
        verifierAt(clock(), old((now + 60) * 1_000))(ours({ ...header, kid: id }, claims)),
      ).rejects.toMatchObject(refusal('UNAUTHENTICATED'));
    });

    it('S16 the new key signs on beside it', async () => {
      expect(await verifierAt(clock(), old((now + 60) * 1_000))(good)).toMatchObject({ sessionId: 'ses_ann' });
    });
  });

  it('S16 the ring is told at /.well-known/jwks.json, without its private half', async () => {
    const { status, headers, body } = await test.fetch('/.well-known/jwks.json');

    const { x } = publicKey.export({ format: 'jwk' });
    expect([status, headers.get('content-type')]).toEqual([200, 'application/jwk-set+json']);
    expect(body).toEqual({ keys: [{ kty: 'OKP', crv: 'Ed25519', x, kid, use: 'sig', alg: 'EdDSA' }] });
  });
});

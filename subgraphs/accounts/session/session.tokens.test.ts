import { decodeProtectedHeader, jwtVerify } from 'jose';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { hashToken, newRefreshToken, sessionOf, signAccessToken, type AccessClaims } from './session.tokens.js';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
const issuedAt = new Date('2026-03-14T12:00:00.999Z');
const grants = [{ role: 'WAITER', brandId: 'brd_1', outletId: null, slugs: ['orders.place'] }];
const claims: AccessClaims = {
  userId: 'usr_1',
  sessionId: 'ses_1',
  grants,
  rightsVersion: 7,
  issuedAt,
  lifetimeSeconds: 3_600,
};
const expected = { issuer: 'twinengine', audience: 'twinengine-api', typ: 'at+jwt', algorithms: ['EdDSA'] };

const verifyAt = (token: string, time: string) =>
  jwtVerify(token, publicKey, { ...expected, currentDate: new Date(time) });

describe('access tokens', () => {
  it('ACC-03 ACC-09 tell the person, the session, the roles without their permissions, and the version', async () => {
    const token = await signAccessToken(claims, pem);

    const { payload } = await verifyAt(token, '2026-03-14T12:30:00.000Z');
    const iat = Date.parse('2026-03-14T12:00:00.000Z') / 1_000;
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt' });
    expect(payload).toEqual({
      iss: 'twinengine',
      aud: 'twinengine-api',
      sub: 'usr_1',
      sid: 'ses_1',
      ver: 7,
      roles: [{ role: 'WAITER', brandId: 'brd_1', outletId: null }],
      iat,
      exp: iat + 3_600,
    });
  });

  it.each([
    ['3599 seconds after', '2026-03-14T12:59:59.000Z', true],
    ['3600 seconds after', '2026-03-14T13:00:00.000Z', false],
  ])('ACC-03 are good %s they were signed: %s, %s', async (_when, time, isGood) => {
    const token = await signAccessToken(claims, pem);

    const verdict = await verifyAt(token, time).then(
      () => true,
      (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
    );

    expect(verdict).toBe(isGood ? true : 'ERR_JWT_EXPIRED');
  });

  it('are worth nothing under another key or with other claims', async () => {
    const token = await signAccessToken(claims, pem);
    const [header, body = '', signature] = token.split('.');
    const forged = JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'usr_2' });
    const other = createPublicKey(generateKeyPairSync('ed25519').privateKey);

    const altered = `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`;

    // One after the other: a promise that fails before it is looked at counts as nobody's.
    await expect(jwtVerify(altered, publicKey, expected)).rejects.toThrow('signature verification failed');
    await expect(jwtVerify(token, other, expected)).rejects.toThrow('signature verification failed');
  });
});

describe('refresh tokens', () => {
  it('ACC-08 name their session, differ every time, and are kept as a hash', () => {
    const tokens = Array.from({ length: 100 }, () => newRefreshToken('ses_01J9'));

    expect(new Set(tokens).size).toBe(100);
    expect(new Set(tokens.map(sessionOf))).toEqual(new Set(['ses_01J9']));
    expect(tokens.every((token) => /^ses_01J9\.[\w-]{43}$/.test(token))).toBe(true);
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each([
    ['', ''],
    ['.', ''],
    ['no dot', 'no dot'],
    ['ses_1.a.b', 'ses_1'],
  ])('%p names the session %p', (token, session) => {
    expect(sessionOf(token)).toBe(session);
  });
});

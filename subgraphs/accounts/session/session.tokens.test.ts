import { decodeProtectedHeader, jwtVerify } from 'jose';
import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { thumbprintOf } from '../../../platform/crypto/token-keys.js';
import { createVault } from '../../../platform/crypto/vault.js';
import {
  hashToken,
  isAuthentic,
  newSeed,
  readRefreshToken,
  refreshTokenOf,
  signAccessToken,
  type AccessClaims,
} from './session.tokens.js';

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
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: thumbprintOf(publicKey) });
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
  const vaultWith = (indexKey: string) =>
    createVault({ keys: [{ id: 'k1', key: randomBytes(32).toString('base64') }], indexKey });
  const vault = vaultWith('a key of thirty-two characters, x');
  const family = { id: 'ses_01J9ZQ5V3K8M2N4P6R7S8T9V0W', seed: newSeed() };
  const shownOf = (token: string) => {
    const shown = readRefreshToken(token);
    if (!shown) throw new Error('It cannot be read.');
    return shown;
  };

  it('ACC-05 differ from generation to generation and from session to session, and are the same when made again', () => {
    const other = { ...family, seed: newSeed() };
    const tokens = Array.from({ length: 100 }, (_, index) => refreshTokenOf(vault, family, index + 1));

    expect(new Set([...tokens, refreshTokenOf(vault, other, 1)]).size).toBe(101);
    expect(Array.from({ length: 100 }, (_, index) => refreshTokenOf(vault, family, index + 1))).toEqual(tokens);
    expect(tokens.every((token) => isAuthentic(vault, family, shownOf(token)))).toBe(true);
  });

  it('ACC-08 are made by nobody who has only the database, or only the key', () => {
    const forged = [
      refreshTokenOf(vaultWith('another key of thirty-two characters'), family, 7),
      refreshTokenOf(vault, { ...family, seed: newSeed() }, 7),
      refreshTokenOf(vault, { ...family, id: 'ses_01J9ZQ5V3K8M2N4P6R7S8T9V0X' }, 7),
      refreshTokenOf(vault, family, 6).replace('.6.', '.7.'),
    ];

    expect(forged.map((token) => isAuthentic(vault, family, shownOf(token)))).toEqual([false, false, false, false]);
  });

  it.each([
    [''],
    ['.'],
    ['no dot'],
    [`${family.id}.1`],
    [`${family.id}.0.${'0'.repeat(64)}`],
    [`${family.id}.01.${'0'.repeat(64)}`],
    [`${family.id}.1e3.${'0'.repeat(64)}`],
    [`${family.id}.9999999999.${'0'.repeat(64)}`],
    [`${family.id}.1.${'0'.repeat(63)}`],
    [`${family.id}.1.${'G'.repeat(64)}`],
    [`usr_01J9ZQ5V3K8M2N4P6R7S8T9V0W.1.${'0'.repeat(64)}`],
    [`${family.id}.1.${'0'.repeat(64)}.x`],
  ])('%p is none', (token) => {
    expect(readRefreshToken(token)).toBeNull();
  });

  it('other secrets are kept as a hash', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

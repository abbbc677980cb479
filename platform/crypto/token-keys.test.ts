import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { instant } from '../process/clock.js';
import { jwkSet, openSigningKey, openVerifyingKeys, parseOldTokenKeys, thumbprintOf } from './token-keys.js';

const current = generateKeyPairSync('ed25519');
const old = generateKeyPairSync('ed25519');
const pemOf = (key: typeof old.publicKey) => String(key.export({ type: 'spki', format: 'pem' }));
const tokenKey = String(current.privateKey.export({ type: 'pkcs8', format: 'pem' }));
const oldId = thumbprintOf(old.publicKey);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const end = '2027-01-31T00:00:00Z';
const entry = `${oldId}@${end}:${base64(pemOf(old.publicKey))}`;

describe('the ring of keys that tokens are signed with', () => {
  it('names a key by its thumbprint, as RFC 8037 A.3 does', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };

    expect(thumbprintOf(createPublicKey({ key: jwk, format: 'jwk' }))).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
  });

  it('S16 has the key that signs without an end, and old ones with theirs', () => {
    const keys = openVerifyingKeys(tokenKey, parseOldTokenKeys(entry) ?? []);

    expect([...keys].map(([id, { endsAtMs }]) => [id, endsAtMs])).toEqual([
      [oldId, Date.parse(end)],
      [openSigningKey(tokenKey).id, null],
    ]);
  });

  it('takes a key that signs again for current, whatever end it was given before', () => {
    const endsAtMs = Date.parse(end);
    const back = { id: openSigningKey(tokenKey).id, endsAtMs, publicKey: pemOf(current.publicKey) };

    expect([...openVerifyingKeys(tokenKey, [back]).values()].map((key) => key.endsAtMs)).toEqual([null]);
  });

  it.each([
    ['2027-01-30T23:59:59.999Z', [oldId, openSigningKey(tokenKey).id]],
    [end, [openSigningKey(tokenKey).id]],
  ])('S16 tells others at %s the keys %j, and nothing private', (now, ids) => {
    const { keys } = jwkSet(openVerifyingKeys(tokenKey, parseOldTokenKeys(entry) ?? []), instant(now));

    expect(keys).toMatchObject(ids.map((kid) => ({ kid })));
    expect(keys.flatMap(Object.keys)).not.toContain('d');
  });

  it.each([
    ['nothing', ''],
    ['no end', `${oldId}:${base64(pemOf(old.publicKey))}`],
    ['an end without a zone', entry.replace('Z:', ':')],
    ['no such day', entry.replace('01-31', '13-31')],
    ['another id', entry.replace(oldId, openSigningKey(tokenKey).id)],
    ['no PEM', `${oldId}@${end}:${base64('hello')}`],
    ['a private key', `${openSigningKey(tokenKey).id}@${end}:${base64(tokenKey)}`],
    ['a key of another kind', `${oldId}@${end}:${base64(pemOf(generateKeyPairSync('x25519').publicKey))}`],
    ['a bad one behind a good one', `${entry},hello`],
  ])('refuses %s', (_what, text) => {
    expect(parseOldTokenKeys(text)).toBeNull();
  });

  it('reads several, with spaces around the commas', () => {
    expect(parseOldTokenKeys(`${entry} , ${entry}`)?.map(({ id }) => id)).toEqual([oldId, oldId]);
  });
});

import { createVault } from '../../../platform/crypto/vault.js';
import { newId } from '../../../platform/domain/id.js';
import {
  codeLifetimeMs,
  codeLink,
  codePurposes,
  digitsLifetimeMs,
  holderKeyOf,
  isSameHash,
  newDigits,
  newSecret,
  readToken,
  secretHashOf,
  tokenKeys,
  tokenOf,
} from './code.rules.js';

const key = Buffer.alloc(32, 7).toString('base64');
const vaultWith = (indexKey: string) => createVault({ keys: [{ id: 'k1', key }], indexKey });
const vault = vaultWith('an index key of thirty-two bytes.');
const token = tokenOf({ id: newId('otc'), secret: newSecret() });
const holder = { email: 'Ann@example.com', passwordHash: 'hash' };

describe('S18 one-time codes', () => {
  it('ACC-14 are 256 random bits for links, and six digits for typing', () => {
    const secrets = Array.from({ length: 1_000 }, newSecret);
    const digits = Array.from({ length: 1_000 }, newDigits);

    expect(new Set(secrets).size).toBe(1_000);
    expect(new Set(digits).size).toBeGreaterThan(990);
    for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    for (const each of digits) expect(each).toMatch(/^\d{6}$/);
  });

  it('live as long as they must and no longer', () => {
    expect(codeLifetimeMs).toEqual({
      PASSWORD_RESET: 1_800_000,
      INVITATION: 86_400_000,
      EMAIL_VERIFICATION: 86_400_000,
      EMAIL_CHANGE: 86_400_000,
      SECOND_FACTOR: 300_000,
    });
    expect(digitsLifetimeMs).toBe(600_000);
  });

  it.each([
    ['itself', token, true],
    ['empty', '', false],
    ['only an id', token.split('.')[0] ?? '', false],
    ['truncated', token.slice(0, -1), false],
    ['longer', `${token}A`, false],
    ['with a line break', `${token}\n`, false],
    ['of another noun', token.replace('otc_', 'ses_'), false],
    ['in lower case', token.toLowerCase(), false],
    ['huge', token.repeat(1_000), false],
  ])('are read from a token that is %s: %#', (_what, text, isToken) => {
    expect(readToken(text) !== null).toBe(isToken);
    expect(tokenKeys(text)).toHaveLength(isToken ? 1 : 0);
  });

  it('are kept as hashes that need the key, the purpose and the code they are of', () => {
    const shown = readToken(token);
    if (!shown) throw new Error('It is a token.');
    const hashes = [
      ...codePurposes.map((purpose) => secretHashOf(vault, purpose, shown)),
      secretHashOf(vaultWith('another index key of many bytes.'), 'PASSWORD_RESET', shown),
      secretHashOf(vault, 'PASSWORD_RESET', { ...shown, id: newId('otc') }),
    ];

    expect(new Set(hashes).size).toBe(7);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(isSameHash(secretHashOf(vault, 'PASSWORD_RESET', shown), hashes[0] ?? '')).toBe(true);
    expect(isSameHash('a', 'ab')).toBe(false);
  });

  it.each([
    ['the address', { email: 'ben@example.com' }, [true, true, true, true, true]],
    ['the spelling of the address', { email: ' ANN@example.com' }, [false, false, false, false, false]],
    ['the password', { passwordHash: 'other' }, [true, true, false, true, true]],
    ['that there is a password', { passwordHash: null }, [true, true, false, true, true]],
  ])('are bound to their holder: a change of %s kills by purpose', (_what, change, dies) => {
    const keys = (of: typeof holder | { email: string; passwordHash: string | null }) =>
      codePurposes.map((purpose) => holderKeyOf(vault, purpose, of));
    const before = keys(holder);

    expect(keys({ ...holder, ...change }).map((after, index) => after !== before[index])).toEqual(dies);
  });

  it('stand behind the # of a link', () => {
    const url = new URL(codeLink('https://app.example.com', 'reset-password', token));

    expect([url.origin, url.pathname, url.search]).toEqual(['https://app.example.com', '/reset-password', '']);
    expect(new URLSearchParams(url.hash.slice(1)).get('token')).toBe(token);
  });
});

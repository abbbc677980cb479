import { formatColumnKeys, parseColumnKeys, type ColumnKey } from './column-keys.js';
import { CannotOpen, createVault } from './vault.js';

const keyOf = (id: string, byte: number): ColumnKey => ({ id, key: Buffer.alloc(32, byte).toString('base64') });
const [old, next] = [keyOf('k1', 1), keyOf('k2', 2)];
const indexKey = 'x'.repeat(32);
const vault = createVault({ keys: [old], indexKey });
const rotated = createVault({ keys: [next, old], indexKey });
const replaced = createVault({ keys: [next], indexKey });
const EMAIL = 'user.email';

/** The sealed text with one bit of the byte at a place turned; negative counts from the end. */
function altered(sealed: string, at: number): string {
  const [version, id, body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return [version, id, bytes.toString('base64url')].join('.');
}

describe('the vault of columns', () => {
  it.each([[''], ['ann@example.com'], ['आशा भोसले 👩‍🍳'], ['x'.repeat(10_000)], ['v1.k1.something']])(
    'X-06 opens what it sealed: %p',
    (text) => {
      const sealed = vault.seal(text, EMAIL);

      expect(sealed).toMatch(/^v1\.k1\.[\w-]+$/);
      expect(vault.open(sealed, EMAIL)).toBe(text);
      if (text) expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes(text)).toBe(false);
    },
  );

  const sealed = vault.seal('ann@example.com', EMAIL);
  it.each([
    ['an altered nonce', altered(sealed, 0), EMAIL],
    ['an altered ciphertext', altered(sealed, 14), EMAIL],
    ['an altered tag', altered(sealed, -1), EMAIL],
    ['a missing end', sealed.slice(0, -2), EMAIL],
    ['too few bytes', sealed.slice(0, 20), EMAIL],
    ['something behind it', `${sealed}AA`, EMAIL],
    ['another place', sealed, 'user.phone'],
    ['an unknown key', sealed.replace('k1', 'k9'), EMAIL],
    ['the id of another key', sealed.replace('k1', 'k2'), EMAIL],
    ['another version', sealed.replace('v1', 'v2'), EMAIL],
    ['a plain text', 'ann@example.com', EMAIL],
  ])('X-06 does not open %s', (_what, text, place) => {
    const open = () => rotated.open(text, place);

    expect(open).toThrow(CannotOpen);
    expect(open).toThrow(expect.objectContaining({ message: expect.not.stringContaining(text) }));
  });

  it('X-06 says which key a value needs', () => {
    expect(() => replaced.open(sealed, EMAIL)).toThrow('the key k1 is not in COLUMN_KEYS');
  });

  it('X-06 seals with the first key and still opens what an older one sealed', () => {
    const fresh = rotated.seal('ann@example.com', EMAIL);

    expect(fresh).toMatch(/^v1\.k2\./);
    expect([rotated.open(sealed, EMAIL), rotated.open(fresh, EMAIL)]).toEqual(Array(2).fill('ann@example.com'));
    expect([rotated.isCurrent(sealed), rotated.isCurrent(fresh), rotated.isCurrent('ann')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('X-06 never uses a nonce twice', () => {
    const nonces = Array.from({ length: 5_000 }, () => vault.seal('same', EMAIL).split('.')[2]?.slice(0, 16));

    expect(new Set(nonces).size).toBe(5_000);
  });

  it.each([['ann@example.com'], ['v1.k1.not-a-sealed-one'], ['v1.'], ['']])(
    'X-06 reads %p, which is from before values were sealed, as it is',
    (stored) => {
      expect(vault.read(stored, EMAIL)).toBe(stored);
    },
  );

  it('X-06 does not read an altered value as a plain one', () => {
    expect(vault.read(sealed, EMAIL)).toBe('ann@example.com');
    expect(() => vault.read(altered(sealed, 3), EMAIL)).toThrow(CannotOpen);
  });

  it('X-06 finds equal texts at one place only, and only with its own key', () => {
    const other = createVault({ keys: [old], indexKey: 'y'.repeat(32) });

    expect(vault.index('ann@example.com', EMAIL)).toMatch(/^[0-9a-f]{64}$/);
    expect(rotated.index('ann@example.com', EMAIL)).toBe(vault.index('ann@example.com', EMAIL));
    const indexes = [
      vault.index('ann@example.com', EMAIL),
      vault.index('bob@example.com', EMAIL),
      vault.index('ann@example.com', 'user.phone'),
      other.index('ann@example.com', EMAIL),
    ];
    expect(new Set(indexes).size).toBe(indexes.length);
  });

  it('X-06 is not made without a key', () => {
    expect(() => createVault({ keys: [], indexKey })).toThrow('needs a key');
  });

  it('X-06 writes a ring as it reads it', () => {
    expect(parseColumnKeys(formatColumnKeys([next, old]))).toEqual([next, old]);
  });
});

import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { ColumnKeyRing } from './column-keys.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
// Strict, so that a text from before encryption which only begins alike is not taken for a sealed one.
const SEALED = /^v1\.([a-z0-9]{1,16})\.([\w-]{38,})$/;

/** Keeps personal data in columns: sealed values nobody reads without the keys, and blind indexes to find them by. */
export interface Vault {
  /** `v1.<key id>.<nonce, ciphertext and tag in base64url>`, bound to the place it is kept at, such as `user.email`. */
  seal(text: string, place: string): string;
  /** The text behind a sealed value; throws when it was altered, belongs to another place or its key is not known. */
  open(sealed: string, place: string): string;
  /** The text behind a stored value: one from before encryption is the text itself. */
  read(stored: string, place: string): string;
  /** Finds equal texts at a place without telling them: HMAC-SHA256 in hex. */
  index(text: string, place: string): string;
  /** Whether a stored value is sealed with the first key of the ring; if not, it is to be sealed again. */
  isCurrent(stored: string): boolean;
}

/** What a vault is made of. */
export interface VaultKeys {
  readonly keys: ColumnKeyRing;
  readonly indexKey: string;
}

/** A stored value that cannot be opened; it tells the place and the key's id, never the value. */
export class CannotOpen extends Error {
  constructor(place: string, reason: string, options?: { cause: unknown }) {
    super(`A value of ${place} cannot be opened: ${reason}.`, options);
    this.name = 'CannotOpen';
  }
}

/** Makes the vault of a process; throws without a key to seal with. */
export function createVault({ keys: ring, indexKey }: VaultKeys): Vault {
  const [current] = ring;
  if (!current) throw new Error('A vault needs a key to seal with.');
  const keys = new Map(ring.map(({ id, key }) => [id, Buffer.from(key, 'base64')]));
  const currentKey = Buffer.from(current.key, 'base64');
  const open = (sealed: string, place: string) => {
    const [, id = '', body = ''] = SEALED.exec(sealed) ?? [];
    if (id === '') throw new CannotOpen(place, 'it is not sealed');
    const key = keys.get(id);
    if (!key) throw new CannotOpen(place, `the key ${id} is not in COLUMN_KEYS`);
    return decipher(key, Buffer.from(body, 'base64url'), place);
  };
  return {
    seal: (text, place) => `v1.${current.id}.${encipher(currentKey, text, place).toString('base64url')}`,
    open,
    read: (stored, place) => (SEALED.test(stored) ? open(stored, place) : stored),
    index: (text, place) => createHmac('sha256', indexKey).update(`${place}\0${text}`).digest('hex'),
    isCurrent: (stored) => SEALED.exec(stored)?.[1] === current.id,
  };
}

function encipher(key: Buffer, text: string, place: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decipher(key: Buffer, body: Buffer, place: string): string {
  const nonce = body.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(place))
    .setAuthTag(body.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(body.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new CannotOpen(place, 'it was altered or belongs elsewhere', { cause });
  }
}

/** Seals a text that may be absent. */
export function sealIfAny(vault: Vault, text: string | null, place: string): string | null {
  return text === null ? null : vault.seal(text, place);
}

/** Reads a stored value that may be absent. */
export function readIfAny(vault: Vault, stored: string | null, place: string): string | null {
  return stored === null ? null : vault.read(stored, place);
}

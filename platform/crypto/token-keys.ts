import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** The public half of a key that no longer signs, and until when tokens it signed are still believed. */
export interface OldTokenKey {
  readonly id: string;
  /** Ed25519 public key, PEM. */
  readonly publicKey: string;
  readonly endsAtMs: number;
}

/** A key that tokens are checked with; one without an end is the key that signs now. */
export interface VerifyingKey {
  readonly key: KeyObject;
  readonly endsAtMs: number | null;
}

/** Every key that tokens are checked with, by the `kid` in their header. */
export type VerifyingKeys = ReadonlyMap<string, VerifyingKey>;

/** The key that tokens are signed with now. */
export interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
}

/** How old keys are written. */
export const OLD_TOKEN_KEYS_FORM =
  'must look like <kid>@<end, such as 2027-01-31T00:00:00Z>:<public PEM in base64>, separated by commas, each kid the thumbprint of its Ed25519 key';

const WRITTEN = /^([\w-]{43})@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z):([A-Za-z0-9+/]+={0,2})$/;

/** The old keys behind their written form; null when one is malformed, is not an Ed25519 key or has another thumbprint. */
export function parseOldTokenKeys(text: string): readonly OldTokenKey[] | null {
  const keys = text.split(',').map((part) => parseOldTokenKey(part.trim()));
  const wellFormed = keys.filter((key) => key !== null);
  return wellFormed.length === keys.length ? wellFormed : null;
}

/** The key to sign with, from its PKCS #8 PEM. */
export function openSigningKey(tokenKey: string): SigningKey {
  const key = createPrivateKey(tokenKey);
  return { id: thumbprintOf(createPublicKey(key)), key };
}

/** The keys to check tokens with: the public half of the one that signs now, and the old ones. */
export function openVerifyingKeys(tokenKey: string, oldKeys: readonly OldTokenKey[]): VerifyingKeys {
  const current = createPublicKey(tokenKey);
  return new Map<string, VerifyingKey>([
    ...oldKeys.map(({ id, publicKey, endsAtMs }) => [id, { key: createPublicKey(publicKey), endsAtMs }] as const),
    // Last, so that a key which was taken out of use and put back has no end.
    [thumbprintOf(current), { key: current, endsAtMs: null }],
  ]);
}

/** The ring for clients that check tokens themselves: a JWK set (RFC 7517) of what is believed now. */
export function jwkSet(keys: VerifyingKeys, now: Date): { keys: object[] } {
  const believed = [...keys].filter(([, { endsAtMs }]) => endsAtMs === null || endsAtMs > now.getTime());
  return { keys: believed.map(([kid, { key }]) => ({ ...publicMembers(key), kid, use: 'sig', alg: 'EdDSA' })) };
}

/** The thumbprint of an Ed25519 public key (RFC 7638): SHA-256 of its required members in alphabetical order. */
export function thumbprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(JSON.stringify(publicMembers(key)))
    .digest('base64url');
}

function publicMembers(key: KeyObject) {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('A key of tokens must be an Ed25519 key.');
  const { crv, kty, x } = key.export({ format: 'jwk' });
  return { crv, kty, x };
}

function parseOldTokenKey(text: string): OldTokenKey | null {
  const [, id = '', end = '', body = ''] = WRITTEN.exec(text) ?? [];
  const publicKey = Buffer.from(body, 'base64').toString('utf8');
  const endsAtMs = Date.parse(end);
  const key = publicKeyOf(publicKey);
  const isRight = key?.asymmetricKeyType === 'ed25519' && thumbprintOf(key) === id && Number.isFinite(endsAtMs);
  return isRight ? { id, publicKey, endsAtMs } : null;
}

function publicKeyOf(pem: string): KeyObject | null {
  // A private key has a public half as well, but has no business in a list of public ones.
  if (!pem.includes('BEGIN PUBLIC KEY')) return null;
  try {
    return createPublicKey(pem);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

/** A key that personal data is sealed with; its id travels with every value it sealed. */
export interface ColumnKey {
  readonly id: string;
  /** 32 random bytes in base64. */
  readonly key: string;
}

/** The keys of columns, newest first: the first seals, every one opens. */
export type ColumnKeyRing = readonly ColumnKey[];

/** How a ring is written: `k2:base64,k1:base64`. */
export const COLUMN_KEYS_FORM = 'must look like k2:<32 bytes in base64>,k1:<32 bytes in base64>, each id once';

const KEY_BYTES = 32;

/** The ring behind its written form; null when it is malformed, empty or names a key twice. */
export function parseColumnKeys(text: string): ColumnKeyRing | null {
  const ring = text.split(',').map((part) => {
    const [id = '', key = ''] = part.trim().split(/:(.*)/s);
    return { id, key };
  });
  const isWellFormed = ring.every(
    ({ id, key }) => /^[a-z0-9]{1,16}$/.test(id) && Buffer.from(key, 'base64').length === KEY_BYTES,
  );
  return isWellFormed && new Set(ring.map(({ id }) => id)).size === ring.length ? ring : null;
}

/** The written form of a ring, for the processes a cluster starts. */
export function formatColumnKeys(ring: ColumnKeyRing): string {
  return ring.map(({ id, key }) => `${id}:${key}`).join(',');
}

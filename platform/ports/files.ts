import type { Readable } from 'node:stream';
import type { TenantKey } from '../domain/tenant-key.js';

/** A stored file: its bytes as a stream, which the caller reads to the end or destroys. */
export interface StoredFile {
  body: Readable;
  sizeBytes: number;
  contentType: string;
}

/** How a signed link names the file it downloads, and until when it works. */
export interface LinkTerms {
  fileName: string;
  expiresAt: Date;
}

/** What a link stands for: a file, or why it does not work any more (EXPIRED) or never did (INVALID). */
export type LinkVerdict = { key: string; fileName: string } | 'EXPIRED' | 'INVALID';

/** Where reports, receipts and exports are kept, by keys of the form `brands/<brandId>/…`; a malformed key throws a plain Error. */
export interface FileStorage {
  /** Stores the whole file or nothing, also when the process dies; an older file of that key is replaced. */
  put(key: TenantKey, body: Uint8Array, contentType: string): Promise<void>;
  get(key: string): Promise<StoredFile | null>;
  /** Does nothing when there is no such file. */
  remove(key: string): Promise<void>;
  /** A link that downloads the file without signing in, up to the second in which it expires; the file need not exist yet. */
  signedUrl(key: string, terms: LinkTerms): string;
  /** Judges the path and query of a request to a signed link. */
  verifySignedUrl(pathAndQuery: string, now: Date): LinkVerdict;
}

const MAX_KEY_LENGTH = 512;
const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const CONTENT_TYPE = /^[\w.+-]{1,64}\/[\w.+-]{1,64}(?:; ?charset=[\w-]{1,20})?$/;
const MAX_FILE_NAME_LENGTH = 200;

/** Whether a text is a key: `brands/`, the brand's id and at least one more segment of letters, digits, `.`, `_` and `-`, none starting with `.` or `-`. */
export function isFileKey(key: string): boolean {
  const segments = key.split('/');
  return (
    key.length <= MAX_KEY_LENGTH &&
    segments.length >= 3 &&
    segments[0] === 'brands' &&
    segments.every((segment) => SEGMENT.test(segment))
  );
}

/** Throws a plain Error unless the text is a key. */
export function checkFileKey(key: string): void {
  if (!isFileKey(key))
    throw new Error(`"${key.slice(0, MAX_KEY_LENGTH)}" is not a file key of the form brands/<id>/….`);
}

/** Throws a plain Error unless the text can stand in a Content-Type header and nothing besides. */
export function checkContentType(contentType: string): void {
  if (!CONTENT_TYPE.test(contentType)) throw new Error('The content type of a file must be of the form type/subtype.');
}

/** Whether a text can be offered as the name of a download: no path, no quote, no control or direction character. */
export function isFileName(fileName: string): boolean {
  const isPlain = !/[/\\"\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202A-\u202E\u2066-\u2069]/u.test(fileName);
  return isPlain && fileName.trim() !== '' && fileName.length <= MAX_FILE_NAME_LENGTH && !/^\.+$/.test(fileName);
}

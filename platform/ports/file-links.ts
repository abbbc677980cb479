import { createHmac, timingSafeEqual } from 'node:crypto';
import { isFileKey, isFileName } from './files.js';
import type { LinkTerms, LinkVerdict } from './files.js';

const MIN_SECRET_BYTES = 32;

/** Where links point to (`https://host` or `https://host/base`), and what signs them: at least 32 bytes. */
export interface LinkSettings {
  publicUrl: string;
  secret: string | Uint8Array;
}

/** Makes and judges links of the form `<publicUrl>/files/<key>?name=…&expires=<epoch seconds>&signature=…`. */
export interface FileLinks {
  sign(key: string, terms: LinkTerms): string;
  verify(pathAndQuery: string, now: Date): LinkVerdict;
}

/** Links signed with HMAC-SHA256 over key, file name and expiry; throws a plain Error when the secret is short. */
export function createFileLinks({ publicUrl, secret }: LinkSettings): FileLinks {
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES)
    throw new Error('The secret of file links needs at least 32 bytes.');
  const base = publicUrl.replace(/\/+$/, '');
  const basePath = new URL(base).pathname.replace(/\/+$/, '');
  // No part can hold a line break, so no two triples are the same text.
  const signatureOf = (key: string, fileName: string, expires: string) =>
    createHmac('sha256', secret).update(`file-link\n${key}\n${fileName}\n${expires}`).digest('base64url');

  const sign = (key: string, { fileName, expiresAt }: LinkTerms) => {
    if (!isFileName(fileName)) throw new Error('A download needs a plain file name.');
    const expires = String(Math.floor(expiresAt.getTime() / 1000));
    if (!/^\d{1,12}$/.test(expires)) throw new Error('A link needs a time of expiry.');
    const query = new URLSearchParams({ name: fileName, expires, signature: signatureOf(key, fileName, expires) });
    return `${base}/files/${key}?${query}`;
  };

  const verify = (pathAndQuery: string, now: Date) => {
    const parts = readLink(pathAndQuery, basePath);
    if (parts === null) return 'INVALID';
    const { key, fileName, expires, signature } = parts;
    if (!isSame(signature, signatureOf(key, fileName, expires))) return 'INVALID';
    return now.getTime() < Number(expires) * 1000 ? { key, fileName } : 'EXPIRED';
  };

  return { sign, verify };
}

interface LinkParts {
  key: string;
  fileName: string;
  expires: string;
  signature: string;
}

function readLink(pathAndQuery: string, basePath: string): LinkParts | null {
  const [path = '', query = ''] = pathAndQuery.split(/\?(.*)/s, 2);
  // A proxy in front may or may not have taken the base path away.
  const local = basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
  const key = local.startsWith('/files/') ? local.slice('/files/'.length) : '';
  const values = new URLSearchParams(query);
  const [fileName, expires, signature] = ['name', 'expires', 'signature'].map((name) => {
    const [first, ...others] = values.getAll(name);
    return others.length === 0 ? first : undefined;
  });
  if (fileName === undefined || expires === undefined || signature === undefined) return null;
  return isFileKey(key) && isFileName(fileName) && /^\d{1,12}$/.test(expires)
    ? { key, fileName, expires, signature }
    : null;
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}

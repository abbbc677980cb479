import type { Readable } from 'node:stream';
import { unreachable } from '../platform/domain/errors.js';
import { plainError, type Answer } from './http-answer.js';

/** What a signed link leads to. */
export type OpenedFile =
  | {
      readonly kind: 'FILE';
      readonly body: Readable;
      readonly sizeBytes: number;
      readonly contentType: string;
      readonly fileName: string;
    }
  | { readonly kind: 'EXPIRED' }
  | { readonly kind: 'INVALID' };

/** Opens the file of a link by its path and query; the signature in it is the only permission asked for. */
export type OpenFile = (pathAndQuery: string) => Promise<OpenedFile>;

/** A file to keep, 410 for a link that was good once, 404 for every other. */
export function fileAnswer(file: OpenedFile, requestId: string): Answer {
  switch (file.kind) {
    case 'FILE':
      return { status: 200, headers: fileHeaders(file), body: file.body };
    case 'EXPIRED':
      return plainError({
        status: 410,
        code: 'EXPIRED',
        message: 'The link has expired: ask for a new one.',
        requestId,
      });
    case 'INVALID':
      return plainError({ status: 404, code: 'INVALID', message: 'There is no such file.', requestId });
    default:
      return unreachable(file);
  }
}

function fileHeaders(file: Extract<OpenedFile, { kind: 'FILE' }>): Record<string, string> {
  // Old readers take the plain name, all others the encoded one (RFC 6266).
  const plainName = file.fileName.replace(/[^\w.-]/g, '_');
  const encodedName = encodeURIComponent(file.fileName.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return {
    'content-type': file.contentType,
    'content-length': String(file.sizeBytes),
    'content-disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encodedName}`,
    'cache-control': 'private, no-store',
    // A file may hold what users wrote; should a browser show it, it runs nothing.
    'content-security-policy': "default-src 'none'; sandbox",
  };
}

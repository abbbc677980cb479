import type { IncomingHttpHeaders } from 'node:http';

const headersToSend = 'Authorization, Content-Type, Idempotency-Key, If-None-Match, X-API-Key, X-Request-Id';
const headersToRead = 'ETag, Retry-After, X-Request-Id, X-Schema';

/** Headers that let pages of allowed origins read an answer; empty for every other page. Never a wildcard, never cookies. */
export function crossOriginHeaders(
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !allowedOrigins.includes(origin)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': headersToRead };
}

/** The answer to a browser asking whether a page of another origin may send its request. */
export function preflightHeaders(
  headers: IncomingHttpHeaders,
  allowedOrigins: readonly string[],
): Readonly<Record<string, string>> {
  const allowed = crossOriginHeaders(headers, allowedOrigins);
  if (!allowed['access-control-allow-origin']) return {};
  return {
    ...allowed,
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': headersToSend,
    'access-control-max-age': '600',
  };
}

/** Whether a page may open a socket: no page at all, a page of this server, or one of an allowed origin. */
export function mayOpenSocket(headers: IncomingHttpHeaders, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

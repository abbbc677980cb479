import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** A file of the page as an HTTP answer. */
export interface GraphiqlAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
}

const BASE = '/graphiql';
const HTML = 'page.html';
// The build puts a hash of the content into these names, so a name never changes its content.
const HASHED = /^assets\/.+-[\w-]{8}\.\w+$/;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.md': 'text/plain; charset=utf-8',
};

/**
 * What the page may load and call: this origin only. The editor writes its colours and positions into `<style>`
 * elements and `style` attributes, and GraphiQL's style sheet carries its fonts and icons as `data:`.
 */
export const GRAPHIQL_CSP = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': GRAPHIQL_CSP,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Reads the built page into memory and answers by URL path without query: `/graphiql`, `/graphiql/` and the assets below.
 * null is any other path. A page that is not built answers 503 everywhere below `/graphiql`.
 */
export function graphiqlAssets(folder: string): (path: string) => GraphiqlAnswer | null {
  // Only paths of this map are ever answered, so no path can lead out of the folder.
  const answers = new Map(filesOf(folder).map((file) => [`${BASE}/${file}`, answerOf(folder, file)]));
  const page = answers.get(`${BASE}/${HTML}`);
  if (!page) return (path) => (path === BASE || path.startsWith(`${BASE}/`) ? notBuilt() : null);
  answers.set(BASE, page).set(`${BASE}/`, page);
  return (path) => answers.get(path) ?? null;
}

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.map((file) => file.replaceAll(sep, '/')).filter((file) => extname(file) in CONTENT_TYPES);
}

function answerOf(folder: string, file: string): GraphiqlAnswer {
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  return { status: 200, headers, body: readFileSync(join(folder, file)) };
}

function notBuilt(): GraphiqlAnswer {
  const headers = { ...SECURITY_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status: 503, headers, body: Buffer.from('The GraphiQL page is not built: `npm run graphiql` builds it.\n') };
}

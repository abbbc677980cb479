import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphiqlAssets, GRAPHIQL_CSP } from './graphiql-page.js';

const ASSET = '/graphiql/assets/page-Cka6Tu3b.mjs';

describe('the GraphiQL page', () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'graphiql-'));
    folder = join(root, 'page');
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(root, 'secret.md'), 'secret');
    writeFileSync(join(folder, 'page.html'), '<!doctype html>');
    writeFileSync(join(folder, 'licenses.md'), '# Licenses');
    writeFileSync(join(folder, 'assets/page-Cka6Tu3b.mjs'), 'export {};');
    writeFileSync(join(folder, 'assets/page-Cvm_7iI9.css'), 'body{}');
    writeFileSync(join(folder, 'assets/page-Cka6Tu3b.mjs.map'), '{}');
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it.each([
    ['/graphiql', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/graphiql/', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/graphiql/page.html', 'text/html; charset=utf-8', 'no-cache', '<!doctype html>'],
    ['/graphiql/licenses.md', 'text/plain; charset=utf-8', 'no-cache', '# Licenses'],
    [ASSET, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {};'],
    ['/graphiql/assets/page-Cvm_7iI9.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable', 'body{}'],
  ])('answers %s as %s, %s', (path, contentType, cacheControl, body) => {
    const answer = graphiqlAssets(folder)(path);

    expect(answer).toEqual({
      status: 200,
      headers: {
        'content-type': contentType,
        'cache-control': cacheControl,
        'content-security-policy': GRAPHIQL_CSP,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
      body: Buffer.from(body),
    });
  });

  it.each([
    ['outside of the page', '/graphql'],
    ['a longer name', '/graphiqlx'],
    ['a folder', '/graphiql/assets'],
    ['a folder with a slash', '/graphiql/assets/'],
    ['an unknown asset', '/graphiql/assets/page-00000000.mjs'],
    ['a type that is not served', `${ASSET}.map`],
    ['a way out', '/graphiql/../secret.md'],
    ['an encoded way out', '/graphiql/%2e%2e/secret.md'],
    ['a way out and in again', '/graphiql/../page/page.html'],
    ['a double slash', '/graphiql//page.html'],
    ['a name of every object', '/graphiql/constructor'],
  ])('does not answer %s', (_case, path) => {
    expect(graphiqlAssets(folder)(path)).toBeNull();
  });

  it('allows no other origin, no inline script and no frame', () => {
    const directives = new Map(GRAPHIQL_CSP.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]));

    expect(directives.get('default-src')).toEqual(["'self'"]);
    expect(directives.get('frame-ancestors')).toEqual(["'none'"]);
    expect(directives.has('script-src') || directives.has('connect-src') || directives.has('worker-src')).toBe(false);
    expect(GRAPHIQL_CSP).not.toMatch(/https?:|\*|unsafe-eval/);
  });

  it.each(['/graphiql', '/graphiql/', ASSET])('tells at %s how to build a page that is not built', (path) => {
    const answer = graphiqlAssets(join(root, 'missing'))(path);

    expect(answer?.status).toBe(503);
    expect(answer?.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(answer?.headers['cache-control']).toBe('no-store');
    expect(answer?.body.toString()).toBe('The GraphiQL page is not built: `npm run graphiql` builds it.\n');
  });

  it('leaves other paths alone while it is not built', () => {
    expect(graphiqlAssets(join(root, 'missing'))('/graphql')).toBeNull();
  });

  it('refuses to start on a folder it cannot read', () => {
    expect(() => graphiqlAssets(join(root, 'secret.md'))).toThrow('ENOTDIR');
  });
});

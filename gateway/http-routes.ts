import type { IncomingMessage } from 'node:http';
import { fileAnswer, type OpenFile } from './files.js';
import { healthAnswer, readinessAnswer, type Readiness } from './health.js';
import { jsonAnswer, plainError, type Answer } from './http-answer.js';

/** The pages of GraphiQL: its files by URL path, and the operations it offers. */
export interface GraphiqlPages {
  graphiql(
    path: string,
  ): { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer } | null;
  examples(): unknown;
}

/** A request on its way to its route. */
export interface Asked {
  readonly message: IncomingMessage;
  readonly url: URL;
  readonly requestId: string;
}

/** What stands behind the paths. */
export interface RouteOptions {
  readonly graphql: (asked: Asked) => Promise<Answer>;
  readonly apiSdl: string;
  /** The keys that tokens are checked with, as a JWK set. */
  readonly jwks: () => object;
  readonly readiness: Readiness;
  readonly openFile: OpenFile;
  readonly pages: GraphiqlPages;
  /** Hears a callback of a provider of biometrics. */
  readonly biometricWebhook: (asked: Asked, provider: string) => Promise<Answer>;
}

/** Leads each path to what answers it; 404 for the rest, 405 for a plain path asked for with anything but GET or HEAD. */
export async function route(options: RouteOptions, asked: Asked): Promise<Answer> {
  const { pathname } = asked.url;
  if (pathname === '/graphql' || /^\/graphql\/[^/]+$/.test(pathname)) return options.graphql(asked);
  const [, provider] = /^\/biometrics\/webhooks\/([^/]+)$/.exec(pathname) ?? [];
  if (provider) return options.biometricWebhook(asked, provider);
  const answer = await plainAnswer(options, asked);
  const { requestId } = asked;
  if (!answer)
    return plainError({ status: 404, code: 'NOT_FOUND', message: 'There is nothing at this path.', requestId });
  return answer;
}

async function plainAnswer(options: RouteOptions, { message, url, requestId }: Asked): Promise<Answer | null> {
  if (message.method !== 'GET' && message.method !== 'HEAD') return methodNotAllowed(requestId);
  switch (url.pathname) {
    case '/':
      return { status: 302, headers: { location: '/graphiql' }, body: null };
    case '/health':
    case '/livez':
      return healthAnswer();
    case '/readyz':
      return readinessAnswer(options.readiness);
    case '/schema.graphql':
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' },
        body: options.apiSdl,
      };
    case '/.well-known/jwks.json':
      return jwksAnswer(options.jwks());
    case '/graphiql/examples.json':
      return jsonAnswer(200, options.pages.examples());
    default:
      if (url.pathname.startsWith('/files/'))
        return fileAnswer(await options.openFile(url.pathname + url.search), requestId);
      return options.pages.graphiql(url.pathname);
  }
}

// Short, so that a new key is known everywhere before the first token it signed is old.
function jwksAnswer(jwks: object): Answer {
  const headers = { 'content-type': 'application/jwk-set+json', 'cache-control': 'public, max-age=60' };
  return { status: 200, headers, body: JSON.stringify(jwks) };
}

function methodNotAllowed(requestId: string): Answer {
  const answer = plainError({
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    message: 'This path serves GET only.',
    requestId,
  });
  return { ...answer, headers: { ...answer.headers, allow: 'GET, HEAD' } };
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../platform/process/log.js';
import { crossOriginHeaders, preflightHeaders } from './cross-origin.js';
import { plainError, writeAnswer, type Answer } from './http-answer.js';
import type { Asked } from './http-routes.js';
import { requestIdFrom } from './request-id.js';

/** What the server answers with. */
export interface HttpServerOptions {
  readonly answer: (asked: Asked) => Promise<Answer>;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
  /** Whether the server is about to end: it then asks for no further request on a connection. */
  readonly isLeaving: () => boolean;
}

// Slower senders than these are not clients of an API.
// Longer than load balancers keep an idle connection, which is 60 s with most: none is closed just when it is used again.
const timeouts = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 75_000 };

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
};

/** An HTTP server that gives every request an id, answers every failure, and writes one line per request to the log. */
export function createHttpServer(options: HttpServerOptions): Server {
  return createServer(timeouts, (message, response) => void serve(options, message, response));
}

async function serve(options: HttpServerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const startedAt = performance.now();
  const requestId = requestIdFrom(message.headers['x-request-id']);
  const answer = await answerTo(options, message, requestId);
  const headers = {
    ...securityHeaders,
    ...crossOriginHeaders(message.headers, options.allowedOrigins),
    ...withVary(answer.headers),
    'x-request-id': requestId,
    ...(options.isLeaving() ? { connection: 'close' } : {}),
  };
  try {
    await writeAnswer(response, { ...answer, headers });
  } catch (error) {
    options.log.warn({ err: error, requestId }, 'answer broke off');
    response.destroy();
  }
  const ms = Math.round(performance.now() - startedAt);
  options.log.info({ requestId, operationName: answer.operationName, status: answer.status, ms }, 'request');
}

async function answerTo(
  { answer, allowedOrigins, log }: HttpServerOptions,
  message: IncomingMessage,
  requestId: string,
): Promise<Answer> {
  if (message.method === 'OPTIONS')
    return { status: 204, headers: preflightHeaders(message.headers, allowedOrigins), body: null };
  // An absolute target names a host of its own choice, and some paths are none.
  const target = `http://gateway${message.url}`;
  if (!message.url?.startsWith('/') || !URL.canParse(target)) {
    return plainError({ status: 400, code: 'BAD_REQUEST', message: 'The path cannot be read.', requestId });
  }
  try {
    return await answer({ message, requestId, url: new URL(target) });
  } catch (error) {
    log.error({ err: error, requestId }, 'unexpected failure');
    return plainError({
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      message: 'Something went wrong on our side. Quote the request id.',
      requestId,
    });
  }
}

// Caches must not hand an answer with one origin's permission to another.
function withVary(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { ...headers, vary: headers['vary'] ?? 'Origin' };
}

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FormattedExecutionResult } from 'graphql';
import type { Viewer } from '../platform/domain/viewer.js';
import type { Log } from '../platform/process/log.js';
import type { ClientAddress } from './client-address.js';
import { presentResult, schemaVersion, unexpected } from './error-formatter.js';
import type { GraphqlServer } from './graphql-server.js';
import type { Answer } from './http-answer.js';
import { httpCallerOf, type HttpCallerOptions } from './http-caller.js';
import type { Asked } from './http-routes.js';
import { readJsonObject } from './http-body.js';
import { resolveOperation, type Operation } from './operation.js';
import { operationRequest, operationRequestOfUrl } from './operation-request.js';
import { namesDocument, type OperationRequest } from './persisted-documents.js';
import { secondsToWait } from './rate-limited.js';
import { Refusal, refuse } from './refusal.js';
import type { RequestContext } from './request-context.js';
import { userAgentOf } from './user-agent.js';

/** What the GraphQL endpoint stands on. */
export interface HttpGraphqlOptions extends HttpCallerOptions {
  readonly server: GraphqlServer;
  readonly clientAddress: ClientAddress;
  readonly log: Log;
}

/** Answers `POST /graphql` and `GET` of registered documents. */
export async function answerGraphql(options: HttpGraphqlOptions, asked: Asked): Promise<Answer> {
  try {
    const request = await readRequest(asked);
    const { viewer, documentIds, passedOver } = await httpCallerOf(options, asked.message.headers, request);
    const operation = resolveOperation(request, documentIds, options.source);
    requireServed(operation, asked.message);
    const { status, result } = await options.server.execute(operation, contextOf(options, asked, viewer));
    // Some public fields want to know who asks after all, as `verifyEmail` does for its digits.
    if (passedOver && isNobodyRefused(result)) throw passedOver;
    const presented = presentResult(result, { requestId: asked.requestId, log: options.log });
    return { ...resultAnswer(asked, status, presented), operationName: operation.operationName };
  } catch (error) {
    const { status, errors } = error instanceof Refusal ? error : { status: 500, errors: [unexpected(error)] };
    return refusalAnswer(asked, status, presentResult({ errors }, { requestId: asked.requestId, log: options.log }));
  }
}

async function readRequest({ message, url }: Asked): Promise<OperationRequest> {
  if (message.method === 'POST') return operationRequest(await readJsonObject(message));
  if (message.method !== 'GET') throw refuse(405, 'BAD_REQUEST', 'Send operations by POST.');
  const request = operationRequestOfUrl(url);
  // A link must not run what its author wrote, only what was registered.
  if (!namesDocument(request))
    throw refuse(405, 'BAD_REQUEST', 'GET serves registered documents only: send this operation by POST.');
  return request;
}

function requireServed({ kind }: Operation, { method }: IncomingMessage): void {
  if (kind === 'subscription')
    throw refuse(method === 'GET' ? 405 : 400, 'BAD_REQUEST', 'Subscriptions are served over WebSocket.');
  if (kind === 'mutation' && method === 'GET') throw refuse(405, 'BAD_REQUEST', 'Mutations are served by POST.');
}

/** Whether nothing was answered, because nobody asked. */
function isNobodyRefused({ data, errors }: FormattedExecutionResult): boolean {
  const isAnswered = Object.values(data ?? {}).some((value) => value !== null);
  return !isAnswered && (errors ?? []).some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED');
}

function contextOf(
  { clientAddress }: HttpGraphqlOptions,
  { message, requestId }: Asked,
  viewer: Viewer,
): RequestContext {
  const key = message.headers['idempotency-key'];
  return {
    viewer,
    requestId,
    idempotencyKey: typeof key === 'string' ? key : null,
    remoteAddress: clientAddress(message),
    userAgent: userAgentOf(message),
  };
}

/** The answer of an executed operation. A GET's body holds nothing that differs from call to call, so that its ETag means something. */
function resultAnswer({ message }: Asked, status: number, result: FormattedExecutionResult): Answer {
  const headers = { 'content-type': contentTypeFor(message), vary: varyingHeaders };
  if (message.method !== 'GET' || result.errors || status !== 200) {
    const seconds = secondsToWait(result);
    const uncached = { ...headers, 'cache-control': 'no-store', ...retryAfter(seconds) };
    return { status: seconds === null ? status : 429, headers: uncached, body: JSON.stringify(result) };
  }
  const { extensions: _, ...cacheable } = result;
  const body = JSON.stringify(cacheable);
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  const cached = { ...headers, etag, 'x-schema': schemaVersion, 'cache-control': 'private, no-cache' };
  return isKnown(etag, message) ? { status: 304, headers: cached, body: null } : { status: 200, headers: cached, body };
}

function refusalAnswer({ message }: Asked, status: number, result: FormattedExecutionResult): Answer {
  const advice: Record<number, Record<string, string>> = {
    401: { 'www-authenticate': 'Bearer' },
    405: { allow: 'POST' },
  };
  const headers = {
    'content-type': contentTypeFor(message),
    vary: varyingHeaders,
    'cache-control': 'no-store',
    ...advice[status],
  };
  return { status, headers, body: JSON.stringify(result) };
}

function retryAfter(seconds: number | null): Record<string, string> {
  return seconds === null ? {} : { 'retry-after': String(seconds) };
}

const varyingHeaders = 'Accept, Authorization, X-API-Key, Origin';

// Only who asks for the newer type gets it; everything reads the older.
function contentTypeFor({ headers }: IncomingMessage): string {
  const isModern = headers.accept?.includes('application/graphql-response+json') ?? false;
  return `${isModern ? 'application/graphql-response+json' : 'application/json'}; charset=utf-8`;
}

function isKnown(etag: string, { headers }: IncomingMessage): boolean {
  const known = headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [];
  return known.includes(etag) || known.includes('*');
}

import type { IncomingMessage } from 'node:http';
import { newId } from '../domain/id.js';
import { verifyViewer } from '../domain/viewer-signature.js';
import type { Viewer } from '../domain/viewer.js';
import type { SubgraphRequest } from '../graphql/subgraph-client.js';
import type { Clock } from '../process/clock.js';
import { UnservedRequest } from './subgraph-answer.js';
import { maxOperationBytes, operationShape, usualDeadlineMs, wireHeaders } from './subgraph-wire.js';

/** Whose callers are believed: the subgraph and the secret it shares with the gateway. */
export interface Audience {
  readonly name: string;
  readonly viewerSecret: string;
  readonly clock: Clock;
}

/** The viewer in a text signed for this subgraph, or null where it is altered, expired or meant for another. */
export function believedViewer({ name, viewerSecret, clock }: Audience, signedViewer: string): Viewer | null {
  return verifyViewer(signedViewer, name, viewerSecret, clock.now());
}

/** The signed viewer of a request, or '' where there is none. */
export function signedViewerOf(message: IncomingMessage): string {
  return headerOf(message, wireHeaders.viewer) ?? '';
}

/** The refusal of everybody but a signed caller; it says nothing of what is behind it. */
export function unsigned(): UnservedRequest {
  return new UnservedRequest(401, 'UNAUTHENTICATED', 'A subgraph answers the gateway only.');
}

/** The caller's id of the request, or a new one. */
export function requestIdOf(message: IncomingMessage): string {
  const id = headerOf(message, wireHeaders.requestId);
  return id && /^[\w-]{1,64}$/.test(id) ? id : newId('req');
}

/** How long the caller still waits, in milliseconds; throws 400. */
export function deadlineMsOf(message: IncomingMessage): number {
  const text = headerOf(message, wireHeaders.deadlineMs) ?? String(usualDeadlineMs);
  if (!/^\d{1,6}$/.test(text)) throw badRequest(`${wireHeaders.deadlineMs} must be a number of milliseconds.`);
  return Number(text);
}

/** The operation in a request whose viewer has been believed; throws 415, 413 or 400. */
export async function readRequest(message: IncomingMessage, requestId: string): Promise<SubgraphRequest> {
  const { query, operationName, variables } = await readOperation(message);
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables ?? {},
    signedViewer: signedViewerOf(message),
    requestId,
    idempotencyKey: headerOf(message, wireHeaders.idempotencyKey),
    remoteAddress: headerOf(message, wireHeaders.remoteAddress) ?? '',
    userAgent: headerOf(message, wireHeaders.userAgent) ?? '',
  };
}

async function readOperation(message: IncomingMessage) {
  const contentType = message.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (contentType !== 'application/json')
    throw new UnservedRequest(415, 'BAD_REQUEST', 'The body must be application/json.');
  const { success, data } = operationShape.safeParse(parsed(await readText(message)));
  if (!success) throw badRequest('The body must be an operation: query, operationName and variables.');
  return data;
}

async function readText(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The refusal still has to be written to this connection.
  for await (const chunk of message.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) throw new Error('The body was decoded before it was read.');
    size += chunk.length;
    if (size > maxOperationBytes)
      throw new UnservedRequest(413, 'BAD_REQUEST', `The body must not be larger than ${maxOperationBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw badRequest('The body is not JSON.');
    throw error;
  }
}

function badRequest(message: string): UnservedRequest {
  return new UnservedRequest(400, 'BAD_REQUEST', message);
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : null;
}

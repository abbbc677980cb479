import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** An HTTP answer, not yet written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | Readable | null;
  /** For the log line of the request. */
  readonly operationName?: string;
}

/** What a plain endpoint (not GraphQL) says when it cannot do what it is asked. */
export interface PlainError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly requestId: string;
  readonly details?: unknown;
}

/** A value as JSON that nobody keeps. */
export function jsonAnswer(status: number, value: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** `{ code, message, requestId, details? }`. */
export function plainError({ status, ...error }: PlainError): Answer {
  return jsonAnswer(status, error);
}

/** Writes the answer; a body that breaks off, or a client that leaves, ends the connection. */
export async function writeAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  const { status, headers, body } = answer;
  const isWhole = body === null || typeof body === 'string' || Buffer.isBuffer(body);
  const length =
    isWhole && status !== 304 && status !== 204 ? { 'content-length': String(Buffer.byteLength(body ?? '')) } : {};
  response.writeHead(status, { ...headers, ...length });
  if (isWhole) response.end(body ?? undefined);
  else if (response.req.method === 'HEAD') response.end();
  else await pipeline(body, response);
}

import type { ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';

/** A subgraph's HTTP answer, not yet written. */
export interface SubgraphAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A request that cannot be served; it becomes an answer with its status and code. */
export class UnservedRequest extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'UnservedRequest';
  }
}

/** An executed operation: 200, whatever errors it has. */
export function resultAnswer(result: ExecutionResult): SubgraphAnswer {
  return { status: 200, contentType: 'application/graphql-response+json', body: JSON.stringify(result) };
}

/** A value as JSON, for probes. */
export function jsonAnswer(status: number, value: unknown): SubgraphAnswer {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}

/** The answer to a request that is not served. */
export function unservedAnswer({ status, code, message }: UnservedRequest): SubgraphAnswer {
  return jsonAnswer(status, { errors: [{ message, extensions: { code } }] });
}

/** Writes the answer; a server that stops asks for no further request on the connection. */
export function writeAnswer(response: ServerResponse, answer: SubgraphAnswer, isStopping: boolean): void {
  const { status, contentType, body } = answer;
  response.writeHead(status, {
    'content-type': `${contentType}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(isStopping ? { connection: 'close' } : {}),
  });
  response.end(body);
}

import type { ExecutionResult } from 'graphql';
import { errors, type Pool } from 'undici';
import type { SubgraphRequest } from '../graphql/subgraph-client.js';
import type { Deadline } from './deadline.js';
import { ReplicaFailure } from './replica-failure.js';
import { openReplicaPool } from './replica-pool.js';
import { graphqlPath, resultOf, wireHeaders } from './subgraph-wire.js';

/** Queries and mutations at one replica. */
export interface ReplicaHttp {
  /** Throws a ReplicaFailure where it cannot be reached or answers 503, and other errors for other refusals. */
  execute(request: SubgraphRequest, deadline: Deadline): Promise<ReplicaAnswer>;
  close(): Promise<void>;
}

/** An answer, and whether the replica said with it that it takes no more requests. */
export interface ReplicaAnswer {
  readonly result: ExecutionResult;
  readonly isLeaving: boolean;
}

/** A pool of kept-alive connections to one replica. */
export function openReplicaHttp(origin: string): ReplicaHttp {
  const pool = openReplicaPool(origin);
  return {
    execute: async (request, deadline) => {
      const { status, text, isLeaving } = await post(pool, { origin, request, deadline });
      if (status === 503) throw new ReplicaFailure(origin, 'it answered 503');
      if (status !== 200) throw new Error(`${origin} answered ${status}`);
      return { result: resultOf(JSON.parse(text)), isLeaving };
    },
    close: () => pool.destroy(),
  };
}

interface Exchange {
  readonly origin: string;
  readonly request: SubgraphRequest;
  readonly deadline: Deadline;
}

interface Received {
  readonly status: number;
  readonly text: string;
  readonly isLeaving: boolean;
}

async function post(pool: Pool, { origin, request, deadline }: Exchange): Promise<Received> {
  const { query, operationName, variables } = request;
  try {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: graphqlPath,
      headers: headersOf(request, deadline),
      body: JSON.stringify({ query, operationName, variables }),
      signal: deadline.signal,
    });
    return { status: statusCode, text: await body.text(), isLeaving: headers['connection'] === 'close' };
  } catch (error) {
    // What undici refuses to send no other replica would get either.
    if (error instanceof errors.InvalidArgumentError) throw error;
    throw new ReplicaFailure(origin, error);
  }
}

function headersOf(request: SubgraphRequest, { leftMs }: Deadline): Record<string, string> {
  const { signedViewer, requestId, remoteAddress, userAgent, idempotencyKey } = request;
  return {
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
    [wireHeaders.viewer]: signedViewer,
    [wireHeaders.requestId]: requestId,
    [wireHeaders.remoteAddress]: remoteAddress,
    [wireHeaders.userAgent]: userAgent,
    [wireHeaders.deadlineMs]: String(leftMs),
    ...(idempotencyKey === null ? {} : { [wireHeaders.idempotencyKey]: idempotencyKey }),
  };
}

import type { DocumentNode, ExecutionResult } from 'graphql';

/** One operation sent to a subgraph by the gateway. */
export interface SubgraphRequest {
  readonly query: string;
  /** The parsed text where the caller already has it. */
  readonly document?: DocumentNode;
  readonly operationName?: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Who is asking, signed for this subgraph (`signViewer`). */
  readonly signedViewer: string;
  readonly requestId: string;
  /** The `Idempotency-Key` header of the client's request. */
  readonly idempotencyKey: string | null;
  /** Where the request came from, for login limits and audit. */
  readonly remoteAddress: string;
  /** What program the client says it is, for people to recognise their sessions by. */
  readonly userAgent: string;
}

/** The events of an open subscription, each with the answer to it. */
export interface SubgraphEvents extends AsyncIterableIterator<ExecutionResult> {
  /** Where to continue after the last event that was read, or at the beginning; absent where that cannot be done. */
  readonly cursor?: string;
}

/** How the gateway reaches a subgraph: a function call in one process, signed HTTP between processes. */
export interface SubgraphClient {
  execute(request: SubgraphRequest): Promise<ExecutionResult>;
  /** The events of a subscription, or the errors that refused it. */
  subscribe(request: SubgraphRequest): Promise<SubgraphEvents | ExecutionResult>;
}

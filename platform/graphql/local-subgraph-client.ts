import {
  createSourceEventStream,
  execute,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { Context } from '../context.js';
import { verifyViewer } from '../domain/viewer-signature.js';
import { toGraphQLError } from './error-boundary.js';
import type { Clock } from '../process/clock.js';
import type { RequestFacts } from '../request-context.js';
import type { SubgraphClient, SubgraphEvents, SubgraphRequest } from './subgraph-client.js';

const CACHED_DOCUMENTS = 2_000;

/** What a subgraph's executor works with. */
export interface LocalClientOptions {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly viewerSecret: string;
  readonly clock: Clock;
  contextFor(facts: RequestFacts): Context;
}

/** Runs operations on a subgraph in this process; answers nobody but callers with a viewer signed for it. */
export function createLocalClient(options: LocalClientOptions): SubgraphClient {
  const documents = new Map<string, DocumentNode>();
  const prepare = (request: SubgraphRequest, context: Context) => ({
    schema: options.schema,
    document: request.document ?? parseOnce(documents, request.query),
    contextValue: context,
    variableValues: request.variables,
    operationName: request.operationName,
  });
  return {
    execute: async (request) => {
      const context = admit(options, request);
      return context ? withPublicErrors(await execute(prepare(request, context)), context) : refused();
    },
    subscribe: async (request) => {
      const context = admit(options, request);
      if (!context) return refused();
      const source = await createSourceEventStream(prepare(request, context));
      if (!(Symbol.asyncIterator in source)) return withPublicErrors(source, context);
      const { viewer, requestId, idempotencyKey, remoteAddress, userAgent } = context;
      // A context of its own for every event: what an earlier one has loaded may have changed since.
      return mapEvents(source, async (event) => {
        const fresh = options.contextFor({ viewer, requestId, idempotencyKey, remoteAddress, userAgent });
        return withPublicErrors(await execute({ ...prepare(request, fresh), rootValue: event }), fresh);
      });
    },
  };
}

function admit(
  { name, viewerSecret, clock, contextFor }: LocalClientOptions,
  request: SubgraphRequest,
): Context | null {
  const { requestId, idempotencyKey, remoteAddress, userAgent, signedViewer } = request;
  const viewer = verifyViewer(signedViewer, name, viewerSecret, clock.now());
  return viewer ? contextFor({ viewer, requestId, idempotencyKey, remoteAddress, userAgent }) : null;
}

function refused(): ExecutionResult {
  return {
    errors: [new GraphQLError('A subgraph answers the gateway only.', { extensions: { code: 'UNAUTHENTICATED' } })],
  };
}

function parseOnce(documents: Map<string, DocumentNode>, query: string): DocumentNode {
  const known = documents.get(query);
  if (known) return known;
  if (documents.size >= CACHED_DOCUMENTS) documents.clear();
  const document = parse(query, { noLocation: true });
  documents.set(query, document);
  return document;
}

function withPublicErrors(result: ExecutionResult, context: Context): ExecutionResult {
  if (!result.errors) return result;
  return { ...result, errors: result.errors.map((error) => toGraphQLError(error, context.log, context.requestId)) };
}

// A plain iterator, so that ending it reaches the source at once.
function mapEvents(source: AsyncIterable<unknown>, map: (event: unknown) => Promise<ExecutionResult>): SubgraphEvents {
  const events = source[Symbol.asyncIterator]();
  let cursor = cursorOf(source);
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    get cursor() {
      return cursor;
    },
    next: async () => {
      const step = await events.next();
      if (step.done) return { value: undefined, done: true };
      const value = await map(step.value);
      cursor = cursorOf(step.value) ?? cursor;
      return { value, done: false };
    },
    return: async () => {
      await events.return?.();
      return { value: undefined, done: true };
    },
  };
}

/** Where a source begins, or what follows an event; sources other than the published events have none. */
function cursorOf(value: unknown): string | undefined {
  const isPlaced = typeof value === 'object' && value !== null && 'cursor' in value;
  return isPlaced && typeof value.cursor === 'string' ? value.cursor : undefined;
}

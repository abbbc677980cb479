import type { ExecutionArgs, ExecutionResult, GraphQLError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import type { Extra } from 'graphql-ws/use/ws';
import type { WebSocket } from 'ws';
import { newId } from '../platform/domain/id.js';
import type { Viewer } from '../platform/domain/viewer.js';
import type { Clock } from '../platform/process/clock.js';
import type { Log } from '../platform/process/log.js';
import type { Authentication } from './authentication.js';
import { presentErrors, presentResult, unexpected } from './error-formatter.js';
import type { FederatedSubscribe } from './federated-subscribe.js';
import type { GraphqlServer } from './graphql-server.js';
import { maxOperationsPerSocket } from './limits.js';
import { operationRequest } from './operation-request.js';
import { resolveOperation, type Operation, type OperationSource } from './operation.js';
import { Refusal, refuse } from './refusal.js';
import type { SocketSession } from './socket-session.js';

/** What operations on sockets stand on. */
export interface SocketOperationsOptions {
  readonly server: GraphqlServer;
  readonly source: OperationSource;
  readonly subscribe: FederatedSubscribe;
  readonly authentication: Authentication;
  readonly clock: Clock;
  readonly log: Log;
}

type Params = Record<string, unknown> | undefined;
type Hooks = Pick<
  ServerOptions<Params, Extra>,
  'onSubscribe' | 'execute' | 'subscribe' | 'onNext' | 'onError' | 'onComplete'
>;

interface OperationParts {
  readonly id: string;
  readonly requestId: string;
  readonly operation: Operation;
  readonly session: SocketSession;
  readonly viewer: Viewer;
}

/** One operation of a socket, on its way through graphql-ws; a class because graphql-ws hands it back untyped. */
class SocketOperation {
  constructor(readonly parts: OperationParts) {}
}

/** The hooks by which graphql-ws resolves, runs and answers operations as HTTP does. */
export function socketOperations(
  options: SocketOperationsOptions,
  sessionOf: (socket: WebSocket) => SocketSession | undefined,
): Hooks {
  const { log } = options;
  return {
    onSubscribe: async ({ extra, subscriptions }, id, payload) => {
      const session = sessionOf(extra.socket);
      if (!session) return refuse(401, 'UNAUTHENTICATED', 'The socket is closed.').errors;
      return prepare(options, session, { id, payload, open: Object.keys(subscriptions).length });
    },
    execute: (args) => execute(options, partsOf(args)),
    subscribe: (args) => subscribe(options, partsOf(args)),
    onNext: (_context, _id, _payload, args, result) =>
      presentResult(result, { requestId: partsOf(args).requestId, log }),
    onError: ({ extra }, id, _payload, errors) =>
      presentErrors(errors, { requestId: sessionOf(extra.socket)?.finish(id) ?? newId('req'), log }),
    onComplete: ({ extra }, id) => void sessionOf(extra.socket)?.finish(id),
  };
}

interface Received {
  readonly id: string;
  readonly payload: unknown;
  readonly open: number;
}

async function prepare(
  options: SocketOperationsOptions,
  session: SocketSession,
  { id, payload, open }: Received,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const requestId = session.begin(id);
  try {
    if (open > maxOperationsPerSocket)
      throw refuse(429, 'RATE_LIMITED', `A socket carries ${maxOperationsPerSocket} operations at a time.`);
    const request = operationRequest(payload);
    const { viewer, documentIds } = await session.caller();
    const operation = resolveOperation(request, documentIds, options.source);
    const contextValue = new SocketOperation({ id, requestId, operation, session, viewer });
    return {
      schema: options.source.store.schema,
      document: operation.prepared.document,
      operationName: operation.operationName,
      contextValue,
    };
  } catch (error) {
    return errorsOf(error);
  }
}

async function execute({ server, log }: SocketOperationsOptions, parts: OperationParts): Promise<ExecutionResult> {
  const { operation, session, viewer, requestId } = parts;
  const startedAt = performance.now();
  try {
    const { status, result } = await server.execute(operation, session.contextOf(viewer, requestId));
    logLine(log, parts, { status, ms: Math.round(performance.now() - startedAt) });
    // graphql-ws is typed for errors not yet formatted, but only hands the result to `onNext` above.
    return result as ExecutionResult;
  } catch (error) {
    return { errors: errorsOf(error) };
  }
}

async function subscribe({ subscribe: open, log }: SocketOperationsOptions, parts: OperationParts) {
  const { id, operation, session, viewer, requestId } = parts;
  try {
    const answers = await open(operation, session.listenerOf(viewer, requestId));
    if (Symbol.asyncIterator in answers) session.track(id, answers, viewer);
    logLine(log, parts, { status: Symbol.asyncIterator in answers ? 'open' : 'refused' });
    return answers;
  } catch (error) {
    return { errors: errorsOf(error) };
  }
}

function errorsOf(error: unknown): readonly GraphQLError[] {
  return error instanceof Refusal ? error.errors : [unexpected(error)];
}

function logLine(
  log: Log,
  { requestId, operation }: OperationParts,
  outcome: { readonly status: number | string; readonly ms?: number },
): void {
  log.info({ requestId, operationName: operation.operationName, transport: 'websocket', ...outcome }, 'request');
}

function partsOf({ contextValue }: ExecutionArgs): OperationParts {
  if (!(contextValue instanceof SocketOperation)) throw new Error('The operation did not come by a socket.');
  return contextValue.parts;
}

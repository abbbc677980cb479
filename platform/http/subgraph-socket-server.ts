import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  getOperationAST,
  GraphQLError,
  GraphQLSchema,
  parse,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLFormattedError,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { SubgraphClient, SubgraphEvents, SubgraphRequest } from '../graphql/subgraph-client.js';
import type { Log } from '../process/log.js';
import { acceptUpgrade, refuseUpgrade } from './socket-upgrade.js';
import { closeStaggered } from './staggered-close.js';
import { believedViewer, signedViewerOf, unsigned, type Audience } from './subgraph-request.js';
import { graphqlPath, maxOperationBytes, openedMessage, subscriptionCallShape, toldMessage } from './subgraph-wire.js';

/** What a subgraph's sockets stand on. */
export interface SubgraphSocketsOptions extends Audience {
  readonly client: SubgraphClient;
  readonly log: Log;
  /** The time between telling one socket to go away and the next, in milliseconds; 20 unless told. */
  readonly socketGapMs?: number;
}

/** A subgraph's subscriptions, over graphql-transport-ws on the HTTP server's port. */
export interface SubgraphSockets {
  /** Takes an upgrade whose `x-viewer` is signed; refuses others (401), other paths (404) and, once it closes, all (503). */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells the sockets one after the other that the server is going away (1001); over within 12 s. */
  close(): Promise<void>;
}

// graphql-ws asks for a schema, of which it reads nothing where it is given `subscribe`.
const noSchema = new GraphQLSchema({});

/** One subscription, on its way through graphql-ws; a class because graphql-ws hands it back untyped. */
class SocketCall {
  constructor(readonly request: SubgraphRequest) {}
}

/** One socket carries the subscriptions of many viewers: each is signed by itself, and each ends by itself. */
export function createSubgraphSockets(options: SubgraphSocketsOptions): SubgraphSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxOperationBytes, perMessageDeflate: false });
  const server = useServer(
    {
      isProd: true,
      onSubscribe: (_context, _id, payload) => prepare(options, payload),
      subscribe: (args) => open(options, requestOf(args)),
      onError: (_context, _id, _payload, errors) => errors.map((error) => publicError(options, error)),
    },
    sockets,
  );
  let isClosing = false;
  return {
    upgrade: (message, socket, head) => {
      const refusal = refusedStatus(options, message) ?? (isClosing ? '503 Service Unavailable' : null);
      if (refusal) refuseUpgrade({ message, socket, head }, refusal);
      else acceptUpgrade(sockets, { message, socket, head }, options.log);
    },
    close: async () => {
      isClosing = true;
      await closeStaggered(sockets.clients, options.socketGapMs);
      await server.dispose();
    },
  };
}

function refusedStatus(options: SubgraphSocketsOptions, message: IncomingMessage): string | null {
  if (!believedViewer(options, signedViewerOf(message))) return '401 Unauthorized';
  return message.url?.split('?')[0] === graphqlPath ? null : '404 Not Found';
}

/** What graphql-ws is to run, or why it must not; the signature is looked at before anything else. */
function prepare(options: SubgraphSocketsOptions, payload: SubscribePayload): ExecutionArgs | GraphQLError[] {
  const { success, data } = subscriptionCallShape.safeParse(payload.extensions);
  if (!success || !believedViewer(options, data.viewer)) return refused('UNAUTHENTICATED', unsigned().message);
  const operationName = payload.operationName ?? undefined;
  const document = parsed(payload.query);
  if (!document || getOperationAST(document, operationName)?.operation !== 'subscription')
    return refused('BAD_REQUEST', 'Sockets carry subscriptions.');
  const { viewer: signedViewer, ...facts } = data;
  const variables = payload.variables ?? {};
  const question = { query: payload.query, document, operationName, variables };
  const contextValue = new SocketCall({ ...question, ...facts, signedViewer, idempotencyKey: null });
  return { schema: noSchema, document, operationName, contextValue };
}

function parsed(query: string): DocumentNode | null {
  try {
    return parse(query, { noLocation: true });
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function requestOf({ contextValue }: ExecutionArgs): SubgraphRequest {
  if (!(contextValue instanceof SocketCall)) throw new Error('The operation did not come by a socket.');
  return contextValue.request;
}

// Whatever throws here or in a hook would close the socket, and with it everybody's subscriptions.
async function open({ client }: SubgraphSocketsOptions, request: SubgraphRequest) {
  try {
    const answer = await client.subscribe(request);
    return Symbol.asyncIterator in answer ? openedFirst(answer) : answer;
  } catch (error) {
    return failing(error);
  }
}

/** The events of a source, after word that it is open. A plain iterator, so that ending it reaches the source at once. */
function openedFirst(source: SubgraphEvents): AsyncIterableIterator<ExecutionResult> {
  let isTold = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      if (!isTold) {
        isTold = true;
        return { value: openedMessage(source.cursor), done: false };
      }
      const step = await source.next();
      return step.done ? step : { value: toldMessage(step.value, source.cursor), done: false };
    },
    return: async () => (await source.return?.()) ?? { value: undefined, done: true },
  };
}

/** A source that never opened: graphql-ws answers what an iterator throws as an error of that subscription alone. */
function failing(error: unknown): AsyncIterableIterator<ExecutionResult> {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => Promise.reject(error),
  };
}

/** The error in a message that ends a subscription; what a source has thrown is logged and not told. */
function publicError({ name, log }: SubgraphSocketsOptions, error: GraphQLError): GraphQLFormattedError {
  if (!error.originalError) return error.toJSON();
  log.error({ err: error.originalError, subgraph: name }, 'a subscription broke off');
  return { message: 'The subscription broke off.', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

function refused(code: string, message: string): GraphQLError[] {
  return [new GraphQLError(message, { extensions: { code } })];
}

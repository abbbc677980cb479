import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { SubgraphEvents, SubgraphRequest } from '../graphql/subgraph-client.js';
import type { Log } from '../process/log.js';
import type { Deadline } from './deadline.js';
import { RemoteEvents } from './remote-events.js';
import { ReplicaFailure } from './replica-failure.js';
import { graphqlPath, isOpened, readTold, resultOf, wireHeaders } from './subgraph-wire.js';

/** Subscriptions at one replica. */
export interface ReplicaSocket {
  /** The events once the subscription is open, or the answer that refused it; throws a ReplicaFailure where nobody answers. */
  subscribe(request: SubgraphRequest, deadline: Deadline): Promise<SubgraphEvents | ExecutionResult>;
  close(): Promise<void>;
}

/** How a replica's socket is opened and watched. */
export interface ReplicaSocketOptions {
  readonly origin: string;
  readonly pingMs: number;
  readonly log: Log;
}

const handshakeMs = 3_000;

/** One socket for all subscriptions: opened by the first, closed by the last, and opened again after it was lost. */
export function openReplicaSocket(options: ReplicaSocketOptions): ReplicaSocket {
  const { origin, log } = options;
  // The upgrade itself needs a signed viewer: that of whoever subscribes when the socket is opened.
  const opener = { signedViewer: '' };
  const client = createSocket(options, opener);
  return {
    subscribe: (request, deadline) => {
      opener.signedViewer = request.signedViewer;
      return openSubscription({ client, origin, request, deadline });
    },
    close: async () => {
      client.terminate();
      await Promise.resolve(client.dispose()).catch((error: unknown) =>
        log.debug({ err: error }, 'socket was not open'),
      );
    },
  };
}

function createSocket(
  { origin, pingMs, log }: ReplicaSocketOptions,
  opener: { readonly signedViewer: string },
): Client {
  class SignedSocket extends WebSocket {
    constructor(address: string, protocol: string) {
      const headers = { [wireHeaders.viewer]: opener.signedViewer };
      super(address, protocol, { headers, handshakeTimeout: handshakeMs, perMessageDeflate: false });
      // graphql-ws stops listening to a socket it gives up, and an error nobody listens to ends the process.
      this.on('error', (error) => log.debug({ err: error, replica: origin }, 'socket broke off'));
    }
  }
  let silence: NodeJS.Timeout | undefined;
  const client = createClient({
    url: `${origin.replace('http:', 'ws:')}${graphqlPath}`,
    webSocketImpl: SignedSocket,
    connectionAckWaitTimeout: handshakeMs,
    // Subscriptions that are lost must be seen to be lost: nobody else knows where to resume.
    retryAttempts: 0,
    keepAlive: pingMs,
    on: {
      ping: (isReceived) => {
        if (!isReceived) silence = setTimeout(() => client.terminate(), pingMs);
      },
      pong: () => clearTimeout(silence),
      closed: () => clearTimeout(silence),
    },
  });
  return client;
}

interface Subscribing {
  readonly client: Client;
  readonly origin: string;
  readonly request: SubgraphRequest;
  readonly deadline: Deadline;
}

async function openSubscription({ client, origin, request, deadline }: Subscribing) {
  const events = new RemoteEvents<Told>(() => leave());
  const opening = Promise.withResolvers<SubgraphEvents | ExecutionResult>();
  let isOpen = false;
  const fail = (error: Error) => {
    opening.reject(error);
    events.fail(error);
  };
  const hear = (message: FormattedExecutionResult) => {
    if (!isOpened(message)) return isOpen ? events.push(readTold(message)) : opening.resolve(resultOf(message));
    // graphql-ws subscribes again by itself after a normal closure, and what happened in between would be missing.
    if (isOpen) {
      fail(new ReplicaFailure(origin, 'it has begun anew'));
      leave();
    }
    isOpen = true;
    opening.resolve(withCursor(events, readTold(message).cursor));
  };
  const leave = client.subscribe(payloadOf(request), {
    next: hear,
    error: (cause) => fail(failureOf(origin, cause)),
    complete: () => {
      opening.reject(new ReplicaFailure(origin, 'it ended before it opened'));
      events.end();
    },
  });
  const giveUp = () => {
    opening.reject(new ReplicaFailure(origin, deadline.signal.reason));
    leave();
  };
  deadline.signal.addEventListener('abort', giveUp);
  return opening.promise.finally(() => deadline.signal.removeEventListener('abort', giveUp));
}

type Told = ReturnType<typeof readTold>;

/** The answers, with the cursor of the one that was read last; not a generator, so that leaving waits for nothing. */
function withCursor(events: RemoteEvents<Told>, beginning: string | undefined): SubgraphEvents {
  let cursor = beginning;
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
      cursor = step.value.cursor ?? cursor;
      return { value: step.value.result, done: false };
    },
    return: async () => {
      await events.return();
      return { value: undefined, done: true };
    },
  };
}

function payloadOf({ query, operationName, variables, signedViewer, ...facts }: SubgraphRequest) {
  const { requestId, remoteAddress, userAgent } = facts;
  const extensions = { viewer: signedViewer, requestId, remoteAddress, userAgent };
  return { query, operationName, variables, extensions };
}

/** A subscription's own errors are the subgraph's answer; anything else is the connection's end. */
function failureOf(origin: string, cause: unknown): Error {
  if (Array.isArray(cause)) return new Error(`${origin} ended the subscription: ${JSON.stringify(cause)}`);
  if (cause instanceof Error) return new ReplicaFailure(origin, cause);
  const isClosure = typeof cause === 'object' && cause !== null;
  const closure = isClosure && 'code' in cause ? `closed with ${String(cause.code)}` : 'broken off';
  return new ReplicaFailure(origin, isClosure && 'message' in cause ? cause.message : closure);
}

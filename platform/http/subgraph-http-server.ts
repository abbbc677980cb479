import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import type { EventSource } from '../events/stream.js';
import type { SubgraphClient } from '../graphql/subgraph-client.js';
import type { Clock } from '../process/clock.js';
import type { Log } from '../process/log.js';
import { eventsAnswer, isEventPath } from './event-routes.js';
import { startListening, stopListening, type Address } from './listening.js';
import { probeAnswer, type Readiness } from './probe-answer.js';
import { resultAnswer, unservedAnswer, UnservedRequest, writeAnswer, type SubgraphAnswer } from './subgraph-answer.js';
import {
  believedViewer,
  deadlineMsOf,
  readRequest,
  requestIdOf,
  signedViewerOf,
  unsigned,
} from './subgraph-request.js';
import { createSubgraphSockets } from './subgraph-socket-server.js';
import { graphqlPath } from './subgraph-wire.js';

/** What a subgraph's server stands on. */
export interface SubgraphServerOptions {
  readonly name: string;
  /** The subgraph itself, in this process. */
  readonly client: SubgraphClient;
  readonly viewerSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the subgraph can work, and if not, why. */
  readonly readiness: () => Promise<Readiness>;
  /** The subgraph's own published events, for the processes of the product that follow them. */
  readonly events?: EventSource;
  /** The time between telling one socket to go away and the next, in milliseconds; 20 unless told. */
  readonly socketGapMs?: number;
  /** How long it still answers after it was told to close, in milliseconds, so that gateways go elsewhere; a second unless told. */
  readonly leaveMs?: number;
}

/** A subgraph on a port of its own, for gateways in other processes. */
export interface SubgraphServer {
  /** Starts to accept, port 0 meaning a free one; rejects with the system's error, such as EADDRINUSE. */
  listen(port: number, host: string): Promise<Address>;
  /**
   * Says with every answer that it is about to end, accepts nothing more after a second, lets answers under way finish
   * (10 s), and meanwhile closes sockets as 1001, one after the other (12 s).
   */
  close(): Promise<void>;
}

const usualLeaveMs = 1_000;
const closeGraceMs = 10_000;

const limits = {
  // A viewer with rights at many outlets is longer than Node's usual 16 KB.
  maxHeaderSize: 256 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // Longer than a client keeps an idle connection, so that none is closed just when it is used again.
  keepAliveTimeout: 65_000,
};

/** Serves a subgraph over HTTP and WebSocket; everything but the probes answers callers with a viewer signed for it only. */
export function createSubgraphServer(options: SubgraphServerOptions): SubgraphServer {
  const sockets = createSubgraphSockets(options);
  let closing: Promise<unknown> | null = null;
  const readiness = async () =>
    closing ? { isReady: false, findings: ['the replica is about to end'] } : options.readiness();
  const server = createServer(limits, (message, response) => {
    const answering = serve({ ...options, readiness }, message);
    void answering.then((answer) => writeAnswer(response, answer, closing !== null));
  });
  server.on('upgrade', sockets.upgrade);
  const leave = async () => {
    // Closing an idle connection at once would lose the request that is on its way to it.
    const leaveMs = options.leaveMs ?? usualLeaveMs;
    if (server.listening && leaveMs > 0) await delay(leaveMs);
    await stopListening(server, closeGraceMs);
  };
  return {
    listen: (port, host) => startListening(server, port, host),
    close: async () => void (await (closing ??= Promise.all([leave(), sockets.close()]))),
  };
}

/** Answers every request, whatever happens, and writes one line to the log. */
async function serve(options: SubgraphServerOptions, message: IncomingMessage): Promise<SubgraphAnswer> {
  const startedAt = performance.now();
  const requestId = requestIdOf(message);
  const { name, log } = options;
  const answer = await answerTo(options, message, requestId).catch((error: unknown) => {
    if (error instanceof UnservedRequest) return unservedAnswer(error);
    if (error instanceof GraphQLError) return unservedAnswer(new UnservedRequest(400, 'BAD_REQUEST', 'Not GraphQL.'));
    log.error({ err: error, subgraph: name, requestId }, 'a request failed');
    return unservedAnswer(new UnservedRequest(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'));
  });
  const ms = Math.round(performance.now() - startedAt);
  log.info({ subgraph: name, requestId, status: answer.status, ms }, 'request');
  return answer;
}

async function answerTo(
  options: SubgraphServerOptions,
  message: IncomingMessage,
  requestId: string,
): Promise<SubgraphAnswer> {
  const probe = await probeAnswer(message, options.readiness);
  if (probe) return probe;
  const path = message.url?.split('?')[0];
  const viewer = believedViewer(options, signedViewerOf(message));
  if (!viewer) throw unsigned();
  if (options.events && isEventPath(path)) {
    if (viewer.kind !== 'SYSTEM') throw unsigned();
    return withinMs(deadlineMsOf(message), eventsAnswer(options.events, message));
  }
  if (path !== graphqlPath) throw new UnservedRequest(404, 'NOT_FOUND', 'There is nothing at this path.');
  if (message.method !== 'POST') throw new UnservedRequest(405, 'METHOD_NOT_ALLOWED', 'Send operations by POST.');
  const deadlineMs = deadlineMsOf(message);
  const answering = readRequest(message, requestId).then((request) => options.client.execute(request));
  return resultAnswer(await withinMs(deadlineMs, answering));
}

/** The answer in time; throws 504 when nobody waits for it any more. What is under way goes on: it may be a mutation. */
async function withinMs<T>(deadlineMs: number, answering: Promise<T>): Promise<T> {
  const passed = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => passed.reject(new UnservedRequest(504, 'DEADLINE_PASSED', 'There was no answer in time.')),
    deadlineMs,
  );
  try {
    return await Promise.race([answering, passed.promise]);
  } finally {
    clearTimeout(timer);
  }
}

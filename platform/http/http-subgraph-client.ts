import { setTimeout as delay } from 'node:timers/promises';
import { getOperationAST, parse } from 'graphql';
import type { SubgraphClient, SubgraphRequest } from '../graphql/subgraph-client.js';
import type { Log } from '../process/log.js';
import { Deadline } from './deadline.js';
import { ReplicaFailure } from './replica-failure.js';
import { openReplicaHttp, type ReplicaHttp } from './replica-http.js';
import { replicaOrigin } from './replica-pool.js';
import { ReplicaRing } from './replica-ring.js';
import { openReplicaSocket, type ReplicaSocket } from './replica-socket.js';
import { usualDeadlineMs } from './subgraph-wire.js';

/** How a subgraph in other processes is reached. */
export interface HttpSubgraphClientOptions {
  readonly name: string;
  /** Where its replicas are, such as `http://orders-1:4003`. */
  readonly urls: readonly string[];
  readonly log: Log;
  /** How long an answer, or the opening of a subscription, may take with all its attempts; 3 s unless told. */
  readonly deadlineMs?: number;
  /** How often a socket is asked whether it is still there; 5 s unless told. */
  readonly pingMs?: number;
}

/** A subgraph over HTTP; whatever it rejects with means that the subgraph did not answer. */
export interface HttpSubgraphClient extends SubgraphClient {
  /** Gives up what is under way and closes all connections. */
  close(): Promise<void>;
}

interface Replica {
  readonly origin: string;
  readonly http: ReplicaHttp;
  readonly socket: ReplicaSocket;
}

const maxRetries = 2;
const firstPauseMs = 25;
const usualPingMs = 5_000;

/** Reaches a subgraph's replicas in turn. What changes nothing is tried at another replica, and so is a mutation that surely never arrived; any other is sent once. */
export function createHttpSubgraphClient(options: HttpSubgraphClientOptions): HttpSubgraphClient {
  const { urls, deadlineMs = usualDeadlineMs } = options;
  const replicas = urls.map((url) => openReplica(options, url));
  const ring = new ReplicaRing(replicas, { subgraph: options.name, log: options.log });
  const attempts = { ring, deadlineMs };
  return {
    execute: (request) =>
      withRetries(attempts, request, async (replica, deadline) => {
        const { result, isLeaving } = await replica.http.execute(request, deadline);
        // No request may reach it when it closes: such a one would be lost without anybody knowing how far it got.
        if (isLeaving) ring.failed(replica, new ReplicaFailure(replica.origin, 'it is about to end'));
        return result;
      }),
    subscribe: (request) =>
      withRetries(attempts, request, ({ socket }, deadline) => socket.subscribe(request, deadline)),
    close: async () => {
      await Promise.all(replicas.map(({ http, socket }) => Promise.all([http.close(), socket.close()])));
    },
  };
}

function openReplica({ pingMs = usualPingMs, log }: HttpSubgraphClientOptions, url: string): Replica {
  const origin = replicaOrigin(url);
  return { origin, http: openReplicaHttp(origin), socket: openReplicaSocket({ origin, pingMs, log }) };
}

interface Attempts {
  readonly ring: ReplicaRing<Replica>;
  readonly deadlineMs: number;
}

async function withRetries<T>(
  { ring, deadlineMs }: Attempts,
  request: SubgraphRequest,
  attempt: (replica: Replica, deadline: Deadline) => Promise<T>,
): Promise<T> {
  const deadline = new Deadline(deadlineMs);
  const tried = new Set<Replica>();
  try {
    for (let retries = 0; ; retries += 1) {
      const replica = ring.next(tried);
      tried.add(replica);
      try {
        const answer = await attempt(replica, deadline);
        ring.answered(replica);
        return answer;
      } catch (error) {
        if (!(error instanceof ReplicaFailure)) throw error;
        ring.failed(replica, error);
        // What broke off may have been done.
        const mayBeDone = error.mayHaveArrived && mayChange(request);
        if (retries === maxRetries || deadline.signal.aborted || mayBeDone) throw error;
        // Everybody who was cut off at the same moment comes back at another one.
        await delay(Math.random() * firstPauseMs * 2 ** retries, undefined, { signal: deadline.signal });
      }
    }
  } finally {
    deadline.clear();
  }
}

/** Whether a second sending could do something twice. */
function mayChange({ document, query, operationName }: SubgraphRequest): boolean {
  return getOperationAST(document ?? parse(query), operationName)?.operation === 'mutation';
}

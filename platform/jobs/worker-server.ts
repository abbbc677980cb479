import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { startListening, stopListening, type Address } from '../http/listening.js';
import { probeAnswer, type Readiness } from '../http/probe-answer.js';
import { unservedAnswer, UnservedRequest, writeAnswer, type SubgraphAnswer } from '../http/subgraph-answer.js';
import type { Log } from '../process/log.js';
import { queueViewPath, type QueueView } from './queue-view.js';

/** What a worker's server answers with. */
export interface WorkerServerOptions {
  readonly readiness: () => Promise<Readiness>;
  /** Absent where no operator has a password: there is nothing at its path then. It is not closed with the server. */
  readonly queueView?: QueueView;
  readonly log: Log;
}

/** The port of a process without GraphQL: probes, and the queues for operators. */
export interface WorkerServer {
  /** Starts to accept, port 0 meaning a free one; rejects with the system's error, such as EADDRINUSE. */
  listen(port: number, host: string): Promise<Address>;
  /** Accepts nothing more and lets answers under way finish (2 s). */
  close(): Promise<void>;
}

const closeGraceMs = 2_000;
const limits = { headersTimeout: 10_000, requestTimeout: 10_000 };

/** Serves `/livez`, `/health` and `/readyz` to everybody, and `/queues` as the view decides. */
export function createWorkerServer(options: WorkerServerOptions): WorkerServer {
  const server = createServer(limits, (message, response) => {
    const startMs = performance.now();
    response.once('close', () => {
      const ms = Math.round(performance.now() - startMs);
      options.log.info({ method: message.method, path: pathOf(message), status: response.statusCode, ms }, 'request');
    });
    void serve(options, message, response)
      .catch((error: unknown) => refusalOf(error, options.log))
      .then((answer) => answer && writeAnswer(response, answer, !server.listening));
  });
  return {
    listen: (port, host) => startListening(server, port, host),
    close: () => stopListening(server, closeGraceMs),
  };
}

/** The answer yet to be written; null when the view has answered. */
async function serve(
  { queueView, readiness }: WorkerServerOptions,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<SubgraphAnswer | null> {
  const probe = await probeAnswer(message, readiness);
  if (probe) return probe;
  const path = pathOf(message);
  if (!queueView || !(path === queueViewPath || path.startsWith(`${queueViewPath}/`)))
    throw new UnservedRequest(404, 'NOT_FOUND', 'There is nothing at this path.');
  await queueView.answer(message, response);
  return null;
}

function refusalOf(error: unknown, log: Log): SubgraphAnswer {
  if (error instanceof UnservedRequest) return unservedAnswer(error);
  log.error({ err: error }, 'a request failed');
  return unservedAnswer(new UnservedRequest(500, 'INTERNAL_SERVER_ERROR', 'Something went wrong on our side.'));
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Queue } from 'bullmq';
import { Hono, type Context } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Redis } from 'ioredis';
import type { Log } from '../process/log.js';
import { openRedis } from '../process/redis-connection.js';
import { queueName } from './bull-transport.js';
import { jobFamilies, type JobFamily } from './jobs.js';
import type { JobWake } from './transport.js';

const REDIS_ANSWERS_MS = 1_000;
const SHOWN_ONLY = 'The queues are shown only.';
const AWAY =
  'Redis is away, so its queues cannot be shown. The jobs wait in the database: "npm run queues" prints them.';

/** Where operators find the view. */
export const queueViewPath = '/queues';

/** The one user of the view; the password is the installation's. */
export const operatorName = 'operator';

/** Which queues operators may look at. */
export interface QueueViewOptions {
  readonly redisUrl: string;
  /** Put before the queues' names, as their transport does. */
  readonly prefix: string;
  readonly subgraphs: readonly string[];
  readonly password: string;
  readonly log: Log;
}

/** A page that shows the queues of all subgraphs and changes nothing. */
export interface QueueView {
  /** Answers a request for a path at or below `queueViewPath`. */
  answer(message: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends the connection to Redis. */
  close(): void;
}

/** Opens the view for the user `operator` by HTTP Basic authentication; while Redis is away it answers 503. */
export function openQueueView(options: QueueViewOptions): QueueView {
  const { redisUrl, password, log } = options;
  const redis = openRedis({
    redisUrl,
    log,
    meanwhile: 'the view of the queues waits',
    answersWithinMs: REDIS_ANSWERS_MS,
  });
  const queues = options.subgraphs.flatMap((subgraph) =>
    jobFamilies.map((family) => showQueue(options, { subgraph, family, redis })),
  );
  const app = new Hono();
  app.use(secureHeaders(protection));
  app.use(async (context, next) => {
    await next();
    context.header('cache-control', 'no-store');
    context.header('x-robots-tag', 'none');
  });
  app.use(basicAuth({ username: operatorName, password, realm: 'Job queues' }));
  // The page offers no change of a read-only queue; this refuses those that are asked for all the same.
  app.use(async (context, next) =>
    ['GET', 'HEAD'].includes(context.req.method) ? next() : context.text(SHOWN_ONLY, 405, { allow: 'GET, HEAD' }),
  );
  app.use(async (context, next) => (redis.status === 'ready' ? next() : context.text(AWAY, 503)));
  const answerError = (error: Error, context: Context) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (redis.status !== 'ready') return context.text(AWAY, 503);
    log.error({ err: error }, 'the queues could not be shown');
    return context.text('Something went wrong on our side.', 500);
  };
  app.onError(answerError);
  app.route(queueViewPath, boardOf(queues).onError(answerError));
  app.notFound((context) => context.text('There is nothing at this path.', 404));
  return { answer: getRequestListener(app.fetch, { overrideGlobalObjects: false }), close: () => redis.disconnect() };
}

const own = ["'self'"];
const none = ["'none'"];
const protection = {
  // The page asks a font service for its letters; it is refused, and the browser's own are used.
  contentSecurityPolicy: {
    defaultSrc: none,
    scriptSrc: own,
    styleSrc: [...own, "'unsafe-inline'"],
    imgSrc: [...own, 'data:'],
    fontSrc: own,
    connectSrc: own,
    baseUri: own,
    formAction: none,
    frameAncestors: none,
  },
  xFrameOptions: 'DENY',
  // Whoever ends TLS before the workers decides this for the whole host.
  strictTransportSecurity: false,
};

function showQueue(
  { prefix, log }: QueueViewOptions,
  { subgraph, family, redis }: { subgraph: string; family: JobFamily; redis: Redis },
): BullMQAdapter {
  const settings = { connection: redis, skipVersionCheck: true, skipMetasUpdate: true };
  const queue = new Queue<JobWake>(queueName({ prefix, subgraph }, family), settings);
  queue.on('error', (error) => log.debug({ queue: queue.name, reason: error.message }, 'job queue'));
  const shown = new BullMQAdapter(queue, { readOnlyMode: true, displayName: `${subgraph}-${family}`, delimiter: '-' });
  // BullMQ knows one attempt a job; ours are told by their number.
  shown.setFormatter('name', ({ name, data }) => `${name}, attempt ${data.attempt}`);
  return shown;
}

function boardOf(queues: BullMQAdapter[]): Hono {
  const board = new HonoAdapter(serveStatic).setBasePath(queueViewPath);
  const uiConfig = { boardTitle: 'Job queues', hideDocsLink: true, hideRedisDetails: true };
  createBullBoard({ queues, serverAdapter: board, options: { uiConfig } });
  // Its own answer would quote the error.
  board.setErrorHandler((error) => {
    throw error;
  });
  return board.registerPlugin();
}

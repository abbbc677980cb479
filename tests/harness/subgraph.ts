import type { ExecutionResult } from 'graphql';
import { createPdfRenderer } from '../../platform/documents/pdf-renderer.js';
import { signViewer } from '../../platform/domain/viewer-signature.js';
import type { Viewer } from '../../platform/domain/viewer.js';
import { newId } from '../../platform/domain/id.js';
import { eventSources, type EventPayloads, type EventType } from '../../platform/events/catalogue.js';
import type { PublishedEvent, PublishingStream } from '../../platform/events/stream.js';
import { createHttpSubgraphClient } from '../../platform/http/http-subgraph-client.js';
import { createSubgraphServer } from '../../platform/http/subgraph-http-server.js';
import type { SubgraphClient, SubgraphEvents } from '../../platform/graphql/subgraph-client.js';
import { createLocalTransport } from '../../platform/jobs/local-transport.js';
import { openLimits } from '../../platform/limits/limits.js';
import { createProofOfWork } from '../../platform/ports/proof-of-work.js';
import { createLocalFiles } from '../../platform/ports/local-files.js';
import { createMail } from '../../platform/ports/local-mail.js';
import type { Ports } from '../../platform/ports/ports.js';
import { ManualClock, type Clock } from '../../platform/process/clock.js';
import { loadConfig } from '../../platform/process/config.js';
import { secretsOfFolder } from '../../platform/process/secrets.js';
import { createLog, type Log } from '../../platform/process/log.js';
import { startSubgraph, type RunningSubgraph } from '../../platform/subgraph-server.js';
import type { Subgraph } from '../../platform/subgraph.js';
import { withMigrations } from './tables.js';
import { openTestStream } from './stream.js';
import { isRealServers, makeTestPlace, type TestPlace } from './target.js';

/** Tests sign in more often than people do. */
export const testGenerosity = 1_000;

const viewerSecret = 'a secret of thirty-two characters';

/** An answer whose data a test reads freely; wrong assumptions fail the assertion, not the type. */
export type Answer = ExecutionResult<Record<string, any>>;

/** One subgraph on a real database, asked as the gateway would, hearing events as their sources would tell them. */
export interface TestSubgraph {
  readonly running: RunningSubgraph;
  readonly clock: ManualClock;
  run(viewer: Viewer, document: string, variables?: Record<string, unknown>, idempotencyKey?: string): Promise<Answer>;
  subscribe(
    viewer: Viewer,
    document: string,
    variables?: Record<string, unknown>,
  ): Promise<(AsyncIterableIterator<Answer> & Pick<SubgraphEvents, 'cursor'>) | Answer>;
  /** The same subgraph, asked by a program of this name, and from this address unless it is this machine's. */
  from(userAgent: string, remoteAddress?: string): Pick<TestSubgraph, 'run'>;
  /** Publishes an event as its source subgraph would and waits until it has been applied. */
  hear<Type extends EventType>(type: Type, event: HeardEvent<Type>): Promise<void>;
  stop(): Promise<void>;
}

/** An event of another subgraph, with what a test cares about. */
export interface HeardEvent<Type extends EventType> {
  readonly id?: string;
  readonly brandId: string;
  readonly outletId?: string | null;
  readonly aggregateId: string;
  readonly aggregateVersion?: number;
  readonly payload: EventPayloads[Type];
}

/** What a test brings along: a place that outlives the subgraph, for starts on the data of an earlier one, and ports that misbehave. */
export interface TestSurroundings {
  readonly place?: TestPlace;
  readonly ports?: Partial<Ports>;
  /** Where lines go; nowhere unless told. */
  readonly log?: Log;
  /** Multiplies what the limits allow; tests about limits take 1. */
  readonly generosity?: number;
}

/** Starts one subgraph, in an empty place unless one is given; a given place is left to the test to remove. */
export async function startTestSubgraph(
  subgraph: Subgraph,
  start = '2026-03-14T12:00:00.000Z',
  surroundings: TestSurroundings = {},
): Promise<TestSubgraph> {
  const place = surroundings.place ?? makeTestPlace();
  const clock = new ManualClock(start);
  const log = surroundings.log ?? createLog('silent');
  const stream = await openTestStream(place, log);
  const told = tellers(stream, subgraph.name);
  const ports = {
    files: createLocalFiles({ folder: `${place.dataDir}/files`, publicUrl: 'http://localhost', secret: viewerSecret }),
    mail: createMail({ from: 'test@example.com', folder: `${place.dataDir}/mail` }),
    pdf: createPdfRenderer(),
    challenge: createProofOfWork({ secret: viewerSecret, difficulty: 8 }),
    google: null,
    ...surroundings.ports,
  };
  const limits = await openLimits({
    redisUrl: place.redisUrl,
    prefix: place.location.prefix,
    secret: viewerSecret,
    log,
    generosity: surroundings.generosity ?? testGenerosity,
  });
  const running = await startSubgraph(await withMigrations(subgraph, place), {
    location: place.location,
    pendingMigrations: 'APPLY',
    config: { ...loadConfig({ DATA_DIR: place.dataDir }), secrets: secretsOfFolder(place.dataDir) },
    viewerSecret,
    clock,
    log,
    ports,
    limits,
    stream,
    transportFor: () => createLocalTransport(),
  });
  await running.serve();
  await running.work();
  const line = await openLine(running, { clock, log });
  const request = (viewer: Viewer, query: string, variables = {}, idempotencyKey: string | null = null) => ({
    query,
    variables,
    idempotencyKey,
    signedViewer: signViewer(viewer, subgraph.name, viewerSecret, clock.now()),
    requestId: newId('req'),
    remoteAddress: '127.0.0.1',
    userAgent: 'test',
  });
  return {
    running,
    clock,
    run: async (viewer, document, variables, key) => line.client.execute(request(viewer, document, variables, key)),
    from: (userAgent, remoteAddress = '127.0.0.1') => ({
      run: async (viewer, document, variables, key) =>
        line.client.execute({ ...request(viewer, document, variables, key), userAgent, remoteAddress }),
    }),
    subscribe: async (viewer, document, variables) => line.client.subscribe(request(viewer, document, variables)),
    hear: async (type, event) => {
      await told.publish(type, { ...event, now: clock.now() });
      await running.consumer.settle();
    },
    stop: async () => {
      await line.close();
      await running.stop();
      await stream.close();
      await limits.close();
      await ports.pdf.close();
      if (!surroundings.place) await place.remove();
    },
  };
}

interface Line {
  readonly client: SubgraphClient;
  close(): Promise<void>;
}

// As the gateway reaches it: in process where the product is one process, over HTTP where it is many.
async function openLine(running: RunningSubgraph, { clock, log }: { clock: Clock; log: Log }): Promise<Line> {
  if (!isRealServers()) return { client: running.client, close: async () => {} };
  const { name, client, outbox: events } = running;
  const readiness = async () => ({ isReady: true, findings: [] });
  const server = createSubgraphServer({ name, client, events, viewerSecret, clock, log, readiness, leaveMs: 0 });
  const { url } = await server.listen(0, '127.0.0.1');
  const caller = createHttpSubgraphClient({ name, urls: [url], log, deadlineMs: 30_000 });
  return {
    client: caller,
    close: async () => {
      await caller.close();
      await server.close();
    },
  };
}

// Stands in for the other subgraphs' outboxes: an ordered list per source.
function tellers(stream: PublishingStream, own: string) {
  const logs = new Map<string, PublishedEvent[]>();
  for (const source of new Set<string>(Object.values(eventSources))) {
    const log: PublishedEvent[] = [];
    logs.set(source, log);
    if (source === own) continue;
    stream.attach(source, {
      read: async (after, limit) => log.filter(({ seq }) => seq > after).slice(0, limit),
      flush: async () => log.length,
    });
  }
  return {
    publish: async <Type extends EventType>(type: Type, { now, ...event }: HeardEvent<Type> & { now: Date }) => {
      const log = logs.get(eventSources[type]) ?? [];
      const facts = { viewerKind: 'SYSTEM', viewerId: '', channel: null, reason: null, requestId: newId('req') };
      const published = {
        ...facts,
        id: newId('evt'),
        outletId: null,
        aggregateVersion: log.length + 1,
        ...event,
        type,
        seq: log.length + 1,
        occurredAt: now,
      };
      log.push(published);
      await stream.publish(eventSources[type], [published]);
    },
  };
}

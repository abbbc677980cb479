import type { GraphQLSchema } from 'graphql';
import { createUnitOfWork } from './data/unit-of-work.js';
import type { Context } from './context.js';
import { openDatabase, type Database, type DatabaseLocation } from './data/database.js';
import { ensureSchema, requireSchema } from './data/schema.js';
import { newId } from './domain/id.js';
import { system } from './domain/viewer.js';
import { createConsumer, type Consumer } from './events/consumer.js';
import { LiveHub } from './events/live-hub.js';
import { listPublished } from './events/outbox.queries.js';
import { createRelay, type Relay } from './events/relay.js';
import type { LocalEventStream } from './events/stream.js';
import { buildSubgraph } from './graphql/build-subgraph.js';
import { createLocalClient } from './graphql/local-subgraph-client.js';
import type { SubgraphClient } from './graphql/subgraph-client.js';
import { createJobRunner } from './jobs/job-runner.js';
import type { JobTransport } from './jobs/transport.js';
import type { Ports } from './ports/ports.js';
import type { Clock } from './process/clock.js';
import type { Config } from './process/config.js';
import type { Log } from './process/log.js';
import { createContext, type RequestFacts } from './request-context.js';
import type { Subgraph } from './subgraph.js';

/** What a subgraph is given to run with. */
export interface Infrastructure {
  readonly location: DatabaseLocation;
  /** What to do where a server lacks migrations: one machine's only process applies them, one of many refuses to start. */
  readonly pendingMigrations: 'APPLY' | 'REFUSE';
  readonly config: Config;
  readonly viewerSecret: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly ports: Ports;
  readonly stream: LocalEventStream;
  transportFor(subgraph: string): JobTransport | Promise<JobTransport>;
}

/** A subgraph that answers, publishes, listens and works. */
export interface RunningSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly client: SubgraphClient;
  readonly database: Database;
  readonly relay: Relay;
  readonly consumer: Consumer;
  /** Whether its tables were made by this start. */
  readonly isNew: boolean;
  /** Whether its database answers. */
  isReachable(): Promise<boolean>;
  /** A context of the product itself, for commands and demo data. */
  systemContext(): Context;
  /** Begins to publish, listen and work; until then it only answers. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a subgraph's database and makes it ready to answer. */
export async function startSubgraph(subgraph: Subgraph, infrastructure: Infrastructure): Promise<RunningSubgraph> {
  const { name } = subgraph;
  const { location, stream, log, viewerSecret, clock } = infrastructure;
  const database = await openDatabase(name, location, subgraph.entities);
  const prepareSchema = infrastructure.pendingMigrations === 'APPLY' ? ensureSchema : requireSchema;
  const isNew = await prepareSchema(database, subgraph.migrations);
  const hub = new LiveHub(database);
  const relay = createRelay(database, (events) => (hub.announce(events), stream.announce(name, events)), log);
  stream.attach(name, {
    read: (afterSeq, limit) => listPublished(database.em.fork(), afterSeq, limit),
    flush: relay.flush,
  });
  const unitOfWorkFor = (requestId: string) =>
    createUnitOfWork(database, { viewer: system, requestId, clock }, relay.nudge);
  const consumer = createConsumer({ handlers: subgraph.consumes, stream, unitOfWorkFor, clock, log });
  const runner = createJobRunner({
    database,
    unitOfWork: unitOfWorkFor(newId('req')),
    handlers: subgraph.jobs,
    transport: await infrastructure.transportFor(name),
    contextFor: (jobId) => systemContext(jobId),
    clock,
    log,
  });
  const contextFor = (facts: RequestFacts) =>
    createContext(
      {
        ...infrastructure,
        database,
        events: hub,
        catchUp: consumer.settle,
        jobs: runner.jobs,
        onCommitted: relay.nudge,
      },
      facts,
    );
  const systemContext = (requestId = newId('req')) =>
    contextFor({ viewer: system, requestId, idempotencyKey: null, remoteAddress: '' });
  const schema = await buildSubgraph(subgraph);
  return {
    name,
    schema,
    database,
    relay,
    consumer,
    isNew,
    systemContext,
    isReachable: () => database.orm.isConnected(),
    client: createLocalClient({ name, schema, viewerSecret, clock, contextFor }),
    begin: async () => {
      await subgraph.seed?.(systemContext());
      relay.start();
      consumer.start();
      await runner.start(subgraph.schedules);
    },
    stop: async () => {
      await runner.stop();
      await consumer.stop();
      await relay.stop();
      hub.close();
      await database.close();
    },
  };
}

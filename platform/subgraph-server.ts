import type { GraphQLSchema } from 'graphql';
import { createUnitOfWork } from './data/unit-of-work.js';
import type { Context } from './context.js';
import { createVault, type Vault } from './crypto/vault.js';
import { listDatabaseFindings } from './data/database-findings.js';
import { openDatabase, type Database, type DatabaseLocation } from './data/database.js';
import { ensureSchema, requireSchema } from './data/schema.js';
import { newId } from './domain/id.js';
import { system } from './domain/viewer.js';
import { createConsumer, type Consumer } from './events/consumer.js';
import { LiveHub } from './events/live-hub.js';
import { listPublished } from './events/outbox.queries.js';
import { createRelayLease } from './events/relay-lease.js';
import { createRelay, type Relay } from './events/relay.js';
import type { EventSource, PublishingStream } from './events/stream.js';
import { buildSubgraph } from './graphql/build-subgraph.js';
import { createLocalClient } from './graphql/local-subgraph-client.js';
import type { SubgraphClient } from './graphql/subgraph-client.js';
import { createJobRunner } from './jobs/job-runner.js';
import type { JobTransport } from './jobs/transport.js';
import type { Limits } from './limits/limits.js';
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
  readonly limits: Limits;
  readonly stream: PublishingStream;
  transportFor(subgraph: string): JobTransport | Promise<JobTransport>;
}

/** A subgraph that answers, publishes, listens and works. */
export interface RunningSubgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly client: SubgraphClient;
  /** Its own published events, for processes that have not its database. */
  readonly outbox: EventSource;
  readonly database: Database;
  readonly relay: Relay;
  readonly consumer: Consumer;
  /** What keeps it from answering, in sentences: a database that is away or not at this version. */
  findings(): Promise<readonly string[]>;
  /** A context of the product itself, for commands and demo data. */
  systemContext(): Context;
  /** Begins to publish and to hear other subgraphs' events; until then it only answers. */
  serve(): Promise<void>;
  /** Begins to do jobs. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens a subgraph's database and makes it ready to answer. */
export async function startSubgraph(subgraph: Subgraph, infrastructure: Infrastructure): Promise<RunningSubgraph> {
  const { name } = subgraph;
  const { location, stream, log, viewerSecret, clock } = infrastructure;
  const vault = vaultOf(infrastructure.config);
  const database = await openDatabase(name, location, subgraph.entities);
  const prepareSchema = infrastructure.pendingMigrations === 'APPLY' ? ensureSchema : requireSchema;
  await prepareSchema(database, subgraph.migrations);
  const lease = stream.isShared ? createRelayLease(database, { holder: newId('relay'), clock }) : null;
  const relay = createRelay({ database, stream, lease, log });
  const outbox: EventSource = {
    read: (afterSeq, limit) => listPublished(database.em.fork(), afterSeq, limit),
    flush: relay.flush,
  };
  stream.attach(name, outbox);
  const hub = new LiveHub(database, () => stream.listening(name));
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
        vault,
        events: hub,
        catchUp: consumer.settle,
        jobs: runner.jobs,
        onCommitted: relay.nudge,
      },
      facts,
    );
  const systemContext = (requestId = newId('req')) =>
    contextFor({ viewer: system, requestId, idempotencyKey: null, remoteAddress: '', userAgent: '' });
  const schema = await buildSubgraph(subgraph);
  let stopHearing = () => {};
  return {
    name,
    schema,
    database,
    relay,
    consumer,
    systemContext,
    outbox,
    findings: () => listDatabaseFindings(database, subgraph.migrations),
    client: createLocalClient({ name, schema, viewerSecret, clock, contextFor }),
    serve: async () => {
      await subgraph.seed?.(systemContext());
      stopHearing = stream.listen(name, (events) => hub.announce(events));
      relay.start();
      consumer.start();
    },
    work: () => runner.start(subgraph.schedules),
    stop: async () => {
      await runner.stop();
      await consumer.stop();
      await relay.stop();
      stopHearing();
      hub.close();
      await database.close();
    },
  };
}

function vaultOf({ secrets }: Config): Vault {
  if (!secrets) throw new Error('A subgraph keeps personal data: it needs the secrets to seal it with.');
  return createVault({ keys: secrets.columnKeys, indexKey: secrets.indexKey });
}

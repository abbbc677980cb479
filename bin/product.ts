import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createGateway, type Gateway } from '../gateway/gateway.js';
import { graphiqlExamples } from '../gateway/graphiql/examples.js';
import { graphiqlAssets } from '../gateway/graphiql/graphiql-page.js';
import { requireSafeSettings } from '../platform/data/settings-check.js';
import { createPdfRenderer } from '../platform/documents/pdf-renderer.js';
import { LocalEventStream } from '../platform/events/stream.js';
import { openBullTransport } from '../platform/jobs/bull-transport.js';
import { createLocalTransport } from '../platform/jobs/local-transport.js';
import { createLocalFiles } from '../platform/ports/local-files.js';
import { createMail } from '../platform/ports/local-mail.js';
import type { Ports } from '../platform/ports/ports.js';
import type { Clock } from '../platform/process/clock.js';
import type { Config } from '../platform/process/config.js';
import type { Log } from '../platform/process/log.js';
import { secretsOfFolder } from '../platform/process/secrets.js';
import { startSubgraph, type RunningSubgraph } from '../platform/subgraph-server.js';
import type { SubgraphName } from '../platform/events/catalogue.js';
import { subgraphs } from './subgraphs.js';

/** What a process is told and stands on. */
export interface ProductOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
}

/** The whole product in one process: gateway, five subgraphs and their workers. */
export interface Product {
  readonly gateway: Gateway;
  readonly ports: Ports;
  readonly subgraphs: Readonly<Record<SubgraphName, RunningSubgraph>>;
  /** Whether this start made the tables. */
  readonly isNew: boolean;
  /** Begins to publish, listen and work. */
  begin(): Promise<void>;
  /** Applies every event that has been committed anywhere, and what follows from it. */
  settle(): Promise<void>;
  /** Stops in order: the door first, then what works behind it. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const documentsShape = z.record(z.string(), z.string());

/** The registered documents, by SHA-256 of their text in hexadecimal. */
export function registeredDocuments(): Record<string, string> {
  const manifest = documentsShape.parse(
    JSON.parse(readFileSync(join(root, 'schema/client/persisted-documents.json'), 'utf8')),
  );
  return Object.fromEntries(Object.entries(manifest).map(([id, text]) => [id.replace(/^sha256:/, ''), text]));
}

/** Opens everything the product is made of; nothing is published, heard or worked on before `begin`. */
export async function openProduct({ config: given, clock, log }: ProductOptions): Promise<Product> {
  const config = { ...given, secrets: given.secrets ?? secretsOfFolder(given.dataDir) };
  const { viewerSecret, fileSecret, tokenKey } = config.secrets;
  const prefix = config.namePrefix;
  const ports = openPorts(config, fileSecret);
  const stream = new LocalEventStream();
  const location = { url: config.databaseUrl, dataDir: config.dataDir, prefix };
  await requireSafeSettings({ location, redisUrl: config.redisUrl, clock, log });
  const infrastructure = {
    location,
    pendingMigrations: 'APPLY' as const,
    config,
    viewerSecret,
    clock,
    log,
    ports,
    stream,
    transportFor: (subgraph: string) => openTransport(config.redisUrl, { prefix, subgraph, log }),
  };
  const running: RunningSubgraph[] = [];
  for (const subgraph of subgraphs) running.push(await startSubgraph(subgraph, infrastructure));
  const byName = Object.fromEntries(running.map((subgraph) => [subgraph.name, subgraph])) as Record<
    SubgraphName,
    RunningSubgraph
  >;
  const gateway = await createGateway({
    supergraphSdl: readSchema('supergraph.graphql'),
    apiSdl: readSchema('api.graphql'),
    clients: Object.fromEntries(running.map(({ name, client }) => [name, client])),
    viewerSecret,
    tokenPublicKey: createPublicKey(tokenKey),
    clock,
    log,
    events: stream,
    documents: registeredDocuments(),
    openFile: (pathAndQuery) => openFile(ports, pathAndQuery, clock),
    readiness: () => readiness(running),
    pages: openPages(),
    allowedOrigins: config.allowedOrigins,
  });
  const settle = async () => {
    // Events make events: twice round is enough for a fact to reach those who hear of it second hand.
    for (let round = 0; round < 2; round += 1)
      for (const { relay, consumer } of running) {
        await relay.flush();
        await consumer.settle();
      }
  };
  return {
    gateway,
    ports,
    subgraphs: byName,
    // An administrator may have been made before the first start, and with it the tables of accounts.
    isNew: running.every(({ name, isNew }) => isNew || name === 'accounts'),
    begin: async () => {
      for (const subgraph of running) await subgraph.begin();
    },
    settle,
    stop: async () => {
      await gateway.close();
      for (const subgraph of running.toReversed()) await subgraph.stop();
      await ports.pdf.close();
    },
  };
}

function openPorts(config: Config, fileSecret: string): Ports {
  return {
    files: createLocalFiles({ folder: join(config.dataDir, 'files'), publicUrl: config.publicUrl, secret: fileSecret }),
    mail: createMail({
      ...(config.smtpUrl ? { smtpUrl: config.smtpUrl } : {}),
      from: config.mailFrom,
      folder: join(config.dataDir, 'mail'),
    }),
    pdf: createPdfRenderer(),
  };
}

function openTransport(redisUrl: string | null, names: { prefix: string; subgraph: string; log: Log }) {
  return redisUrl === null ? createLocalTransport() : openBullTransport({ redisUrl, ...names });
}

function openPages() {
  const examples = graphiqlExamples(join(root, 'schema/operations'));
  return { graphiql: graphiqlAssets(join(root, 'dist/gateway/graphiql/page')), examples: () => examples };
}

function readSchema(name: string): string {
  return readFileSync(join(root, 'schema', name), 'utf8');
}

async function openFile({ files }: Ports, pathAndQuery: string, clock: Clock) {
  const verdict = files.verifySignedUrl(pathAndQuery, clock.now());
  if (verdict === 'EXPIRED' || verdict === 'INVALID') return { kind: verdict };
  const file = await files.get(verdict.key);
  return file ? { kind: 'FILE' as const, ...file, fileName: verdict.fileName } : { kind: 'INVALID' as const };
}

async function readiness(running: readonly RunningSubgraph[]) {
  const checks = await Promise.all(
    running.map((subgraph) =>
      subgraph
        .isReachable()
        .then((isReachable) => (isReachable ? [] : [`The ${subgraph.name} database does not answer.`])),
    ),
  );
  const findings = checks.flat();
  return { isReady: findings.length === 0, findings };
}

import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startListening, stopListening } from '../platform/http/listening.js';
import { jwkSet, type VerifyingKeys } from '../platform/crypto/token-keys.js';
import type { EventStream } from '../platform/events/stream.js';
import type { SubgraphClient } from '../platform/graphql/subgraph-client.js';
import type { Clock } from '../platform/process/clock.js';
import type { Log } from '../platform/process/log.js';
import type { TrustedProxies } from '../platform/process/trusted-proxies.js';
import type { ReadWebhook } from '../platform/ports/biometric-webhook.js';
import { Authentication } from './authentication.js';
import { DocumentStore } from './document-store.js';
import { answerBiometricWebhook } from './biometric-webhooks.js';
import { clientAddressBehind } from './client-address.js';
import { createFederatedSubscribe } from './federated-subscribe.js';
import type { OpenFile } from './files.js';
import { startGraphqlServer, type GraphqlServer } from './graphql-server.js';
import type { Readiness } from './health.js';
import { answerGraphql } from './http-graphql.js';
import { route, type Asked, type GraphiqlPages } from './http-routes.js';
import { createHttpServer } from './http-server.js';
import { checkedDocuments } from './persisted-documents.js';
import { SubscriptionPlans } from './query-plans.js';
import { subgraphCaller, subgraphSubscriber, type SubgraphLine } from './subgraph-call.js';
import { subgraphDataSource } from './subgraph-data-source.js';
import { createViewerSigner } from './viewer-signer.js';
import { createWsGraphql, type WsGraphql } from './ws-graphql.js';

/** What the gateway stands on. */
export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** The public schema as text, for `/schema.graphql`. */
  readonly apiSdl: string;
  /** How each subgraph of the supergraph is reached, by its name. */
  readonly clients: Readonly<Record<string, SubgraphClient>>;
  readonly viewerSecret: string;
  /** The ring that access tokens are checked with. */
  readonly tokenKeys: VerifyingKeys;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventStream;
  /** Texts of the registered documents by their SHA-256 in hexadecimal. */
  readonly documents: Readonly<Record<string, string>>;
  /** Root fields that need no credential, such as `Mutation.refreshToken`; none unless told. */
  readonly publicFields?: ReadonlySet<string>;
  readonly openFile: OpenFile;
  readonly readiness: Readiness;
  readonly pages: GraphiqlPages;
  /** What reads the callbacks of a provider of biometrics; nobody's are read unless told. */
  readonly biometricWebhooks?: (provider: string) => ReadWebhook | null;
  /** Origins, such as `https://pos.example`, whose pages may read answers and open sockets. */
  readonly allowedOrigins: readonly string[];
  /** Whose `X-Forwarded-For` is believed; nobody's unless told. */
  readonly trustedProxies?: TrustedProxies;
  /** How long a subgraph may take; 3 s unless told. */
  readonly subgraphDeadlineMs?: number;
  /** How long it still answers after it was told to close, in milliseconds, so that load balancers go elsewhere; 0 unless told. */
  readonly leaveMs?: number;
}

/** The one door: HTTP and WebSocket on one port. */
export interface Gateway {
  /** Starts to accept; rejects with the system's error, such as EADDRINUSE. */
  listen(port: number, host: string): Promise<{ url: string; port: number }>;
  /**
   * Says with every answer that it is about to end (for `leaveMs`), accepts nothing more, lets HTTP answers under way
   * finish (10 s), and meanwhile closes sockets as 1001, one after the other (12 s).
   */
  close(): Promise<void>;
}

const closeGraceMs = 10_000;
const usualDeadlineMs = 3_000;
const leaving = { isReady: false, findings: ['the gateway is about to end'] };

/** Puts the gateway together; throws when a subgraph of the supergraph has no client or a registered document is not its hash. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { clock, log, events, tokenKeys, allowedOrigins, supergraphSdl } = options;
  const plans = new SubscriptionPlans(supergraphSdl);
  const source = { store: new DocumentStore(plans.schema), registered: checkedDocuments(options.documents) };
  const lines = subgraphLines(options);
  const dataSources = mapValues(lines, (line) => subgraphDataSource(subgraphCaller(line)));
  const dataSourceOf = (name: string) => found(dataSources, name);
  const server = await startGraphqlServer({ supergraphSdl, dataSourceOf, store: source.store, log });
  const callAccounts = subgraphCaller(found(lines, 'accounts'));
  const authentication = new Authentication({ callAccounts, tokenKeys, events, clock });
  const subscribers = mapValues(lines, subgraphSubscriber);
  const subscribe = createFederatedSubscribe({ plans, dataSources, subscribers, log });
  const clientAddress = clientAddressBehind(options.trustedProxies ?? 0);
  const shared = { server, source, authentication, clientAddress, log };
  const ws = createWsGraphql({ ...shared, subscribe, clock, allowedOrigins });
  const jwks = () => jwkSet(tokenKeys, clock.now());
  const publicFields = options.publicFields ?? new Set();
  const graphql = (asked: Asked) => answerGraphql({ ...shared, publicFields }, asked);
  const biometricWebhook = (asked: Asked, provider: string) =>
    answerBiometricWebhook(
      { readerOf: options.biometricWebhooks ?? (() => null), callAccounts, clock, log },
      asked,
      provider,
    );
  let closing: Promise<void> | null = null;
  const isLeaving = () => closing !== null;
  const readiness = async () => (closing ? leaving : options.readiness());
  const answer = (asked: Asked) => route({ ...options, readiness, graphql, jwks, biometricWebhook }, asked);
  const http = createHttpServer({ answer, allowedOrigins, log, isLeaving });
  http.on('upgrade', ws.upgrade);
  const parts = { http, ws, authentication, server, leaveMs: options.leaveMs ?? 0 };
  return {
    listen: (port, host) => startListening(http, port, host),
    // Closes once, however often it is asked to.
    close: () => (closing ??= close(parts)),
  };
}

interface Parts {
  readonly http: Server;
  readonly ws: WsGraphql;
  readonly authentication: Authentication;
  readonly server: GraphqlServer;
  readonly leaveMs: number;
}

async function close({ http, ws, authentication, server, leaveMs }: Parts): Promise<void> {
  await Promise.all([leave(http, leaveMs), ws.close()]);
  authentication.stop();
  await server.stop();
}

async function leave(http: Server, leaveMs: number): Promise<void> {
  // Closing an idle connection at once would lose the request that is on its way to it.
  if (http.listening && leaveMs > 0) await delay(leaveMs);
  await stopListening(http, closeGraceMs);
}

function subgraphLines({
  clients,
  viewerSecret,
  clock,
  log,
  subgraphDeadlineMs,
}: GatewayOptions): Readonly<Record<string, SubgraphLine>> {
  const sign = createViewerSigner(viewerSecret, clock);
  const deadlineMs = subgraphDeadlineMs ?? usualDeadlineMs;
  return Object.fromEntries(
    Object.entries(clients).map(([name, client]) => [name, { name, client, sign, deadlineMs, log }]),
  );
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function found<V>(record: Readonly<Record<string, V>>, name: string): V {
  const value = record[name];
  if (value === undefined) throw new Error(`There is no client for the subgraph ${name}.`);
  return value;
}

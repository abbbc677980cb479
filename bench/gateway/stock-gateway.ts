import type { IncomingMessage } from 'node:http';
import {
  ApolloGateway,
  LocalGraphQLDataSource,
  RemoteGraphQLDataSource,
  type GraphQLDataSource,
  type GraphQLDataSourceProcessOptions,
} from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Authentication } from '../../gateway/authentication.js';
import { credentialOfHeaders } from '../../gateway/credential.js';
import { subgraphCaller } from '../../gateway/subgraph-call.js';
import { createViewerSigner } from '../../gateway/viewer-signer.js';
import type { Context } from '../../platform/context.js';
import { openVerifyingKeys } from '../../platform/crypto/token-keys.js';
import { newId } from '../../platform/domain/id.js';
import { verifyViewer } from '../../platform/domain/viewer-signature.js';
import type { Viewer } from '../../platform/domain/viewer.js';
import { disableVendorTelemetry } from '../../platform/process/config.js';
import type { RunningSubgraph } from '../../platform/subgraph-server.js';
import { openSubgraphs, requestContext, subgraphOf, type OpenSubgraphs } from './open-subgraphs.js';
import { supergraphSdl } from './schema-files.js';

interface Asking {
  // Apollo leaves the context out where it loads a schema, which this gateway never does.
  viewer?: Viewer;
}

const listen = { port: 0, host: '127.0.0.1' };

/** Apollo's gateway and server as their documentation sets them up, each subgraph behind Apollo's own server; returns where it answers. */
export async function openStockOverHttp(dataDir: string): Promise<string> {
  const subgraphs = await openSubgraphs(dataDir);
  const { secrets, clock } = subgraphs;
  const sign = createViewerSigner(secrets.viewerSecret, clock);
  const urls = new Map<string, string>();
  for (const subgraph of subgraphs.running) urls.set(subgraph.name, await serveStock(subgraphs, subgraph));
  return listenStock(
    subgraphs,
    (name) =>
      new RemoteGraphQLDataSource<Asking>({
        url: urls.get(name),
        willSendRequest: ({ request, context: { viewer } }) => {
          if (viewer) request.http?.headers.set('x-viewer', sign(viewer, name));
        },
      }),
  );
}

/** Apollo's gateway and server with Apollo's own source for schemas in the same process; returns where it answers. */
export async function openStockInProcess(dataDir: string): Promise<string> {
  const subgraphs = await openSubgraphs(dataDir);
  const byName = new Map(subgraphs.running.map((subgraph) => [subgraph.name, new LocalSubgraph(subgraph)]));
  return listenStock(subgraphs, (name) => found(byName.get(name)));
}

/** Executes in this process, with a context of the subgraph's own instead of the gateway's. */
class LocalSubgraph extends LocalGraphQLDataSource {
  constructor(readonly subgraph: RunningSubgraph) {
    super(subgraph.schema);
  }

  override process(options: GraphQLDataSourceProcessOptions) {
    const context = requestContext(this.subgraph, factsOf(options.context['viewer']));
    return super.process({ ...options, context });
  }
}

async function serveStock({ secrets, clock }: OpenSubgraphs, subgraph: RunningSubgraph): Promise<string> {
  const server = new ApolloServer<Context>({ schema: subgraph.schema });
  const context = async ({ req }: { req: IncomingMessage }) => {
    const viewer = verifyViewer(String(req.headers['x-viewer']), subgraph.name, secrets.viewerSecret, clock.now());
    return requestContext(subgraph, factsOf(found(viewer)));
  };
  return (await startStandaloneServer(server, { context, listen })).url;
}

async function listenStock(subgraphs: OpenSubgraphs, sourceOf: (name: string) => GraphQLDataSource): Promise<string> {
  disableVendorTelemetry();
  const gateway = new ApolloGateway({ supergraphSdl: supergraphSdl(), buildService: ({ name }) => sourceOf(name) });
  const server = new ApolloServer<Asking>({ gateway });
  // Who is asking is found out as in ours, so that the difference is that of the gateways.
  const authentication = authenticationBy(subgraphs);
  const context = async ({ req }: { req: IncomingMessage }) => {
    const credential = await authentication.check(credentialOfHeaders(req.headers));
    return { viewer: (await authentication.callerOf(credential)).viewer };
  };
  return (await startStandaloneServer(server, { context, listen })).url;
}

function authenticationBy(subgraphs: OpenSubgraphs): Authentication {
  const { secrets, clock, log, stream } = subgraphs;
  const { name, client } = subgraphOf(subgraphs, 'accounts');
  const sign = createViewerSigner(secrets.viewerSecret, clock);
  const callAccounts = subgraphCaller({ name, client, sign, deadlineMs: 10_000, log });
  return new Authentication({
    callAccounts,
    tokenKeys: openVerifyingKeys(secrets.tokenKey, []),
    events: stream,
    clock,
  });
}

function factsOf(viewer: Viewer) {
  return { viewer, requestId: newId('req'), idempotencyKey: null, remoteAddress: '', userAgent: '' };
}

function found<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('There is no such subgraph or viewer.');
  return value;
}

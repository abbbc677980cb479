import { createGateway } from '../../gateway/gateway.js';
import { openVerifyingKeys } from '../../platform/crypto/token-keys.js';
import type { SubgraphClient } from '../../platform/graphql/subgraph-client.js';
import { createHttpSubgraphClient } from '../../platform/http/http-subgraph-client.js';
import { createSubgraphServer } from '../../platform/http/subgraph-http-server.js';
import type { RunningSubgraph } from '../../platform/subgraph-server.js';
import { openSubgraphs, type OpenSubgraphs } from './open-subgraphs.js';
import { apiSdl, supergraphSdl } from './schema-files.js';

const host = '127.0.0.1';
const ready = async () => ({ isReady: true, findings: [] });

/** Our gateway with the subgraphs in its process, as `npm start` runs it; returns where it answers. */
export async function openOwnInProcess(dataDir: string): Promise<string> {
  const subgraphs = await openSubgraphs(dataDir);
  return listen(subgraphs, Object.fromEntries(subgraphs.running.map(({ name, client }) => [name, client])));
}

/** Our gateway with every subgraph behind a signed HTTP server of its own; returns where it answers. */
export async function openOwnOverHttp(dataDir: string): Promise<string> {
  const subgraphs = await openSubgraphs(dataDir);
  const clients = subgraphs.running.map(async (subgraph) => [subgraph.name, await overHttp(subgraphs, subgraph)]);
  return listen(subgraphs, Object.fromEntries(await Promise.all(clients)));
}

async function overHttp({ secrets, clock, log }: OpenSubgraphs, { name, client }: RunningSubgraph) {
  const { viewerSecret } = secrets;
  const server = createSubgraphServer({ name, client, viewerSecret, clock, log, readiness: ready });
  const { url } = await server.listen(0, host);
  return createHttpSubgraphClient({ name, urls: [url], log });
}

async function listen(
  { stream, secrets, clock, log }: OpenSubgraphs,
  clients: Readonly<Record<string, SubgraphClient>>,
): Promise<string> {
  const gateway = await createGateway({
    supergraphSdl: supergraphSdl(),
    apiSdl: apiSdl(),
    clients,
    viewerSecret: secrets.viewerSecret,
    tokenKeys: openVerifyingKeys(secrets.tokenKey, []),
    clock,
    log,
    events: stream,
    documents: {},
    openFile: async () => ({ kind: 'INVALID' }),
    readiness: ready,
    pages: { graphiql: () => null, examples: () => [] },
    allowedOrigins: [],
  });
  return `${(await gateway.listen(0, host)).url}/graphql`;
}

import { readableLog } from '../events/events.fixture.js';
import type { Context } from '../context.js';
import { newId } from '../domain/id.js';
import { signViewer } from '../domain/viewer-signature.js';
import type { Viewer } from '../domain/viewer.js';
import { ManualClock } from '../process/clock.js';
import { buildSubgraph, type SchemaParts } from './build-subgraph.js';
import { createLocalClient } from './local-subgraph-client.js';
import type { SubgraphClient, SubgraphRequest } from './subgraph-client.js';

const viewerSecret = 'a secret of thirty-two characters';

/** A graph without a database, asked as the gateway asks: what it answers, logs and how often it caught up. */
export interface AskedGraph {
  readonly client: SubgraphClient;
  readonly clock: ManualClock;
  readonly lines: Record<string, unknown>[];
  /** How often a request caught up with other subgraphs. */
  catchUps(): number;
  requestOf(viewer: Viewer, query: string, variables?: Record<string, unknown>): SubgraphRequest;
}

/** Builds the graph; `rest` is what its resolvers need of a context besides. */
export async function askGraph(parts: SchemaParts, rest: Partial<Context> = {}): Promise<AskedGraph> {
  const { log, lines } = readableLog();
  const clock = new ManualClock('2026-03-14T12:00:00Z');
  let catchUps = 0;
  const catchUp = async () => void (catchUps += 1);
  const client = createLocalClient({
    name: 'orders',
    schema: await buildSubgraph(parts),
    viewerSecret,
    clock,
    // Resolvers of these tests use nothing else of their context.
    contextFor: (facts) => ({ ...facts, log, clock, catchUp, ...rest }) as unknown as Context,
  });
  return {
    client,
    clock,
    lines,
    catchUps: () => catchUps,
    requestOf: (viewer, query, variables = {}) => ({
      query,
      variables,
      signedViewer: signViewer(viewer, 'orders', viewerSecret, clock.now()),
      requestId: newId('req'),
      idempotencyKey: null,
      remoteAddress: '127.0.0.1',
      userAgent: 'test',
    }),
  };
}

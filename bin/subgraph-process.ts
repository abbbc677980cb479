import { requireSafeSettings } from '../platform/data/settings-check.js';
import { createRemoteOutboxes } from '../platform/http/remote-outboxes.js';
import { createSubgraphServer } from '../platform/http/subgraph-http-server.js';
import { startSubgraph, type RunningSubgraph } from '../platform/subgraph-server.js';
import type { Subgraph } from '../platform/subgraph.js';
import { locationOf, openInfrastructure, type ProcessOptions } from './infrastructure.js';
import type { ClusterConfig } from './many-machines.js';
import type { ListeningProcess } from './run-process.js';

/** A replica's process, and the subgraph in it. */
export interface SubgraphProcess extends ListeningProcess {
  readonly running: RunningSubgraph;
}

/** One replica of one subgraph as a process of its own: it answers gateways, publishes under a lease and hears the others. */
export async function openSubgraphProcess(
  subgraph: Subgraph,
  options: ProcessOptions<ClusterConfig>,
): Promise<SubgraphProcess> {
  const { config, clock, log } = options;
  const { viewerSecret } = config.secrets;
  await requireSafeSettings({ location: locationOf(config), redisUrl: config.redisUrl, clock, log });
  const outboxes = createRemoteOutboxes({ urls: config.subgraphUrls, viewerSecret, clock, log });
  const infrastructure = await openInfrastructure({ ...options, pendingMigrations: 'REFUSE', others: outboxes });
  const running = await startSubgraph(subgraph, infrastructure);
  const server = createSubgraphServer({
    name: running.name,
    client: running.client,
    events: running.outbox,
    viewerSecret,
    clock,
    log,
    readiness: async () => {
      const findings = await running.findings();
      return { isReady: findings.length === 0, findings };
    },
  });
  return {
    running,
    listen: async (port, host) => {
      await running.serve();
      return server.listen(port, host);
    },
    stop: async () => {
      await server.close();
      await running.stop();
      await infrastructure.close();
      await outboxes.close();
    },
  };
}

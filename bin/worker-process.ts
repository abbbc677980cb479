import { requireSafeSettings } from '../platform/data/settings-check.js';
import { createWorkerServer } from '../platform/jobs/worker-server.js';
import type { JobFamily } from '../platform/jobs/jobs.js';
import { openQueueView, type QueueView } from '../platform/jobs/queue-view.js';
import type { Log } from '../platform/process/log.js';
import { startSubgraph, type RunningSubgraph } from '../platform/subgraph-server.js';
import { locationOf, openInfrastructure, type ProcessOptions } from './infrastructure.js';
import type { ClusterConfig } from './many-machines.js';
import type { ListeningProcess } from './run-process.js';
import { subgraphs } from './subgraphs.js';

/** A worker as a process of its own: it does the jobs of all subgraphs, of one family or of all. */
export async function openWorkerProcess(
  families: readonly JobFamily[],
  { config, clock, log }: ProcessOptions<ClusterConfig>,
): Promise<ListeningProcess> {
  await requireSafeSettings({ location: locationOf(config), redisUrl: config.redisUrl, clock, log });
  const infrastructure = await openInfrastructure({ config, clock, log, pendingMigrations: 'REFUSE', families });
  const running: RunningSubgraph[] = [];
  for (const subgraph of subgraphs) running.push(await startSubgraph(subgraph, infrastructure));
  const queueView = openOperatorsView(config, log);
  const server = createWorkerServer({
    ...(queueView ? { queueView } : {}),
    log,
    readiness: async () => {
      const findings = (await Promise.all(running.map((subgraph) => subgraph.findings()))).flat();
      return { isReady: findings.length === 0, findings };
    },
  });
  return {
    listen: async (port, host) => {
      for (const subgraph of running) await subgraph.work();
      return server.listen(port, host);
    },
    stop: async () => {
      await Promise.all(running.map((subgraph) => subgraph.stop()));
      await server.close();
      queueView?.close();
      await infrastructure.close();
    },
  };
}

/** The page that shows the queues, where operators have a password. */
function openOperatorsView(
  { operatorPassword: password, redisUrl, namePrefix: prefix }: ClusterConfig,
  log: Log,
): QueueView | null {
  if (password === null) return null;
  return openQueueView({ redisUrl, prefix, subgraphs: subgraphs.map(({ name }) => name), password, log });
}

import { findPorts } from '../../bin/cluster/ports.js';
import { openGatewayProcess } from '../../bin/gateway-process.js';
import type { CompleteConfig, ProcessOptions } from '../../bin/infrastructure.js';
import { requireClusterConfig } from '../../bin/many-machines.js';
import type { ListeningProcess } from '../../bin/run-process.js';
import { openSubgraphProcess, type SubgraphProcess } from '../../bin/subgraph-process.js';
import { subgraphs } from '../../bin/subgraphs.js';
import { openWorkerProcess } from '../../bin/worker-process.js';
import { jobFamilies } from '../../platform/jobs/jobs.js';
import type { RunningSubgraph } from '../../platform/subgraph-server.js';

const REPLICAS = 2;
const HOST = '127.0.0.1';

/** Two of each process, which know each other over HTTP and Redis only, though they share a thread here. */
export interface TestCluster {
  /** Where each gateway is. */
  readonly urls: readonly string[];
  readonly subgraphs: readonly RunningSubgraph[];
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the cluster on a server whose tables are there. */
export async function startTestCluster({ config, ...others }: ProcessOptions<CompleteConfig>): Promise<TestCluster> {
  const ports = await findPorts(subgraphs.length * REPLICAS);
  const urlsOf = (index: number) =>
    ports.slice(index * REPLICAS, (index + 1) * REPLICAS).map((port) => `http://${HOST}:${port}`);
  const subgraphUrls = Object.fromEntries(subgraphs.map(({ name }, index) => [name, urlsOf(index)]));
  const options = { config: requireClusterConfig({ ...config, subgraphUrls }, { needsDatabase: true }), ...others };
  const replicas: SubgraphProcess[] = [];
  for (const [index, port] of ports.entries()) {
    const subgraph = subgraphs[Math.floor(index / REPLICAS)];
    if (!subgraph) throw new Error('There are more ports than subgraphs.');
    const replica = await openSubgraphProcess(subgraph, options);
    await replica.listen(port, HOST);
    replicas.push(replica);
  }
  const workers = await twice(() => openWorkerProcess(jobFamilies, options));
  const gateways = await twice(() => openGatewayProcess(options));
  const running = replicas.map((replica) => replica.running);
  return {
    urls: gateways.map(({ url }) => url),
    subgraphs: running,
    settle: async () => {
      for (let round = 0; round < 2; round += 1) for (const { consumer } of running) await consumer.settle();
    },
    stop: async () => {
      await Promise.all(gateways.map(({ process }) => process.stop()));
      await Promise.all([...replicas, ...workers.map(({ process }) => process)].map((each) => each.stop()));
    },
  };
}

async function twice(open: () => Promise<ListeningProcess>) {
  const opened: { process: ListeningProcess; url: string }[] = [];
  for (let count = 0; count < REPLICAS; count += 1) {
    const process = await open();
    opened.push({ process, url: (await process.listen(0, HOST)).url });
  }
  return opened;
}

import { createGateway } from '../gateway/gateway.js';
import { clusterReadiness } from '../gateway/subgraph-readiness.js';
import { createHttpSubgraphClient } from '../platform/http/http-subgraph-client.js';
import { createRemoteOutboxes } from '../platform/http/remote-outboxes.js';
import { gatewayParts } from './gateway-parts.js';
import { openPorts, openStream, type ProcessOptions } from './infrastructure.js';
import type { ClusterConfig } from './many-machines.js';
import type { ListeningProcess } from './run-process.js';

/** The gateway as a process of its own: it reaches the subgraphs over HTTP and may start before and without them. */
export async function openGatewayProcess(options: ProcessOptions<ClusterConfig>): Promise<ListeningProcess> {
  const { config, clock, log } = options;
  const { subgraphUrls, secrets, subgraphDeadlineMs: deadlineMs } = config;
  const outboxes = createRemoteOutboxes({ urls: subgraphUrls, viewerSecret: secrets.viewerSecret, clock, log });
  const stream = await openStream({ config, log, others: outboxes });
  const ports = openPorts(config);
  const clients = Object.fromEntries(
    Object.entries(subgraphUrls).map(([name, urls]) => [
      name,
      createHttpSubgraphClient({ name, urls, log, deadlineMs }),
    ]),
  );
  const gateway = await createGateway({
    ...gatewayParts(options, ports.files),
    clients,
    events: stream,
    readiness: () => clusterReadiness(subgraphUrls),
    leaveMs: 1_000,
  });
  return {
    listen: (port, host) => gateway.listen(port, host),
    stop: async () => {
      await gateway.close();
      await Promise.all(Object.values(clients).map((client) => client.close()));
      await stream.close();
      await outboxes.close();
      await ports.pdf.close();
    },
  };
}

import { createGateway, type Gateway } from '../gateway/gateway.js';
import { requireSafeSettings } from '../platform/data/settings-check.js';
import type { SubgraphName } from '../platform/events/catalogue.js';
import type { Ports } from '../platform/ports/ports.js';
import type { Config } from '../platform/process/config.js';
import { secretsOfFolder } from '../platform/process/secrets.js';
import { startSubgraph, type RunningSubgraph } from '../platform/subgraph-server.js';
import { gatewayParts } from './gateway-parts.js';
import { locationOf, openInfrastructure, type ProcessOptions } from './infrastructure.js';
import { subgraphs } from './subgraphs.js';

/** The whole product in one process: gateway, five subgraphs and their workers. */
export interface Product {
  readonly gateway: Gateway;
  readonly ports: Ports;
  readonly subgraphs: Readonly<Record<SubgraphName, RunningSubgraph>>;
  /** Begins to publish and to hear events, but not to work. */
  serve(): Promise<void>;
  /** Begins to publish, hear and work. */
  begin(): Promise<void>;
  /** Applies every event that has been committed anywhere, and what follows from it. */
  settle(): Promise<void>;
  /** Stops in order: the door first, then what works behind it. */
  stop(): Promise<void>;
}

/** Opens everything the product is made of; nothing is published, heard or worked on before `begin`. */
export async function openProduct({ config: given, ...others }: ProcessOptions<Config>): Promise<Product> {
  const { clock, log } = others;
  const config = { ...given, secrets: given.secrets ?? secretsOfFolder(given.dataDir) };
  await requireSafeSettings({ location: locationOf(config), redisUrl: config.redisUrl, clock, log });
  const infrastructure = await openInfrastructure({ ...others, config, pendingMigrations: 'APPLY' });
  const { ports, stream } = infrastructure;
  const running: RunningSubgraph[] = [];
  for (const subgraph of subgraphs) running.push(await startSubgraph(subgraph, infrastructure));
  const byName = Object.fromEntries(running.map((subgraph) => [subgraph.name, subgraph])) as Record<
    SubgraphName,
    RunningSubgraph
  >;
  const gateway = await createGateway({
    ...gatewayParts({ config, clock, log }, ports.files),
    clients: Object.fromEntries(running.map(({ name, client }) => [name, client])),
    events: stream,
    readiness: () => readiness(running),
  });
  const serve = async () => {
    for (const subgraph of running) await subgraph.serve();
  };
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
    serve,
    begin: async () => {
      await serve();
      for (const subgraph of running) await subgraph.work();
    },
    settle,
    stop: async () => {
      await gateway.close();
      for (const subgraph of running.toReversed()) await subgraph.stop();
      await infrastructure.close();
    },
  };
}

async function readiness(running: readonly RunningSubgraph[]) {
  const findings = (await Promise.all(running.map((subgraph) => subgraph.findings()))).flat();
  return { isReady: findings.length === 0, findings };
}

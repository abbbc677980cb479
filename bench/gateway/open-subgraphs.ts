import 'reflect-metadata';
import { join } from 'node:path';
import type { Context } from '../../platform/context.js';
import { createPdfRenderer } from '../../platform/documents/pdf-renderer.js';
import type { SubgraphName } from '../../platform/events/catalogue.js';
import { LocalEventStream } from '../../platform/events/stream.js';
import { createLocalTransport } from '../../platform/jobs/local-transport.js';
import { openLimits } from '../../platform/limits/limits.js';
import { createProofOfWork } from '../../platform/ports/proof-of-work.js';
import { createLocalFiles } from '../../platform/ports/local-files.js';
import { createMail } from '../../platform/ports/local-mail.js';
import { systemClock } from '../../platform/process/clock.js';
import { loadConfig, type Secrets } from '../../platform/process/config.js';
import { createLog } from '../../platform/process/log.js';
import { secretsOfFolder } from '../../platform/process/secrets.js';
import { createContext, type RequestFacts } from '../../platform/request-context.js';
import { startSubgraph, type RunningSubgraph } from '../../platform/subgraph-server.js';
import { accounts } from '../../subgraphs/accounts/subgraph.js';
import { insights } from '../../subgraphs/insights/subgraph.js';
import { inventory } from '../../subgraphs/inventory/subgraph.js';
import { layout } from '../../subgraphs/layout/subgraph.js';
import { orders } from '../../subgraphs/orders/subgraph.js';

/** The product's subgraphs on a data folder; they answer, and do nothing by themselves that would be measured too. */
export interface OpenSubgraphs {
  readonly running: readonly RunningSubgraph[];
  readonly stream: LocalEventStream;
  readonly secrets: Secrets;
  readonly clock: typeof systemClock;
  readonly log: ReturnType<typeof createLog>;
}

/** Opens the five subgraphs on the embedded databases of a data folder. */
export async function openSubgraphs(dataDir: string): Promise<OpenSubgraphs> {
  const secrets = secretsOfFolder(dataDir);
  const stream = new LocalEventStream();
  const log = createLog('silent');
  const infrastructure = {
    location: { url: null, dataDir, prefix: '' },
    pendingMigrations: 'APPLY' as const,
    config: { ...loadConfig({ DATA_DIR: dataDir }), secrets },
    viewerSecret: secrets.viewerSecret,
    clock: systemClock,
    log,
    ports: {
      files: createLocalFiles({
        folder: join(dataDir, 'files'),
        publicUrl: 'http://localhost',
        secret: secrets.fileSecret,
      }),
      mail: createMail({ from: 'bench@twinengine.example', folder: join(dataDir, 'mail') }),
      pdf: createPdfRenderer(),
      google: null,
      challenge: createProofOfWork({ secret: secrets.viewerSecret }),
    },
    limits: await openLimits({ redisUrl: null, prefix: '', secret: secrets.viewerSecret, log }),
    stream,
    transportFor: () => createLocalTransport(),
  };
  const running: RunningSubgraph[] = [];
  for (const subgraph of [accounts, layout, orders, inventory, insights])
    running.push(await startSubgraph(subgraph, infrastructure));
  return { running, stream, secrets, clock: systemClock, log };
}

/** The subgraph of a name; throws when there is none. */
export function subgraphOf({ running }: OpenSubgraphs, name: SubgraphName): RunningSubgraph {
  const found = running.find((subgraph) => subgraph.name === name);
  if (!found) throw new Error(`There is no subgraph ${name}.`);
  return found;
}

/** A context of one request, such as the subgraph's own executor makes; for servers other than ours. */
export function requestContext(subgraph: RunningSubgraph, facts: RequestFacts): Context {
  const { events, jobs, ports, limits, clock, config, log, vault } = subgraph.systemContext();
  const { database, consumer, relay } = subgraph;
  const parts = { database, events, jobs, ports, limits, clock, config, log, vault };
  return createContext({ ...parts, catchUp: consumer.settle, onCommitted: relay.nudge }, facts);
}

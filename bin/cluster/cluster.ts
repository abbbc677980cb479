import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startBalancer, type Balancer } from './balancer.js';
import { runToEnd } from './child-program.js';
import { createClusterLog, type ClusterLog } from './cluster-log.js';
import { planCluster, portsNeeded, type ClusterPlan, type ProcessPlan } from './plan.js';
import { findPorts } from './ports.js';
import { SupervisedProcess, type ClusterProcess } from './supervised-process.js';
import { startWatchdog, type Watchdog } from './watched-processes.js';

/** What a cluster on one machine is told. */
export interface ClusterOptions {
  /** The whole environment of its processes, with DATABASE_URL, REDIS_URL, DATA_DIR and the secrets. */
  readonly env: NodeJS.ProcessEnv;
  /** Processes of each role. */
  readonly replicas: number;
  /** The one port; 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Gets every line of every process, without its line end. */
  readonly write: (line: string) => void;
  readonly isColoured?: boolean;
  /** Days of demo history, 120 unless told; null leaves the demo data out. */
  readonly demoDays?: number | null;
  /** A folder that is removed when the cluster ends, however it ends. */
  readonly temporaryFolder?: string;
  /** Where the programs are; the compiled ones of this product unless told. */
  readonly programs?: string;
}

/** A running cluster. */
export interface Cluster {
  /** What clients call: PUBLIC_URL, or the one port. */
  readonly url: string;
  readonly processes: readonly ClusterProcess[];
  /** Ends the gateways, then all others, then what is temporary. */
  stop(): Promise<void>;
}

// One that waits for another to be there must not keep it from starting.
const LONGEST_TURN_MS = 3_000;
const PROGRAMS = fileURLToPath(new URL('../', import.meta.url));

/** Migrates, makes the demo data, starts every process and waits until all are ready; rejects with the last lines of the one that fails. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const watchdog = startWatchdog();
  if (options.temporaryFolder !== undefined) watchdog.removeFolder(options.temporaryFolder);
  const started: Started = { watchdog, balancer: null, processes: [] };
  try {
    const plan = planCluster(options.replicas, await findPorts(portsNeeded(options.replicas)));
    const balancer = await startBalancer({
      port: options.port,
      host: options.host,
      targets: plan.processes.filter(isGateway).map(({ port }) => port),
    });
    started.balancer = balancer;
    const url = publicUrl(options.env, balancer.port);
    const log = createClusterLog(['migrate', 'demo', ...plan.processes.map(({ name }) => name)], {
      write: options.write,
      isColoured: options.isColoured ?? false,
    });
    const launch = { ...options, env: { ...options.env, PUBLIC_URL: url }, plan, log, watchdog };
    await prepareData(launch);
    await startProcesses(launch, started.processes);
    return { url, processes: started.processes, stop: () => stopCluster(started) };
  } catch (error) {
    await stopCluster(started);
    throw error;
  }
}

interface Started {
  readonly watchdog: Watchdog;
  balancer: Balancer | null;
  readonly processes: SupervisedProcess[];
}

interface Launch extends ClusterOptions {
  readonly plan: ClusterPlan;
  readonly log: ClusterLog;
  readonly watchdog: Watchdog;
}

async function prepareData(launch: Launch): Promise<void> {
  const { demoDays = 120 } = launch;
  await runToEnd('migrate', programOf(launch, 'migrate', { program: 'migrate.js', args: [] }));
  if (demoDays === null) return;
  await runToEnd('demo', programOf(launch, 'demo', { program: 'demo.js', args: ['--days', String(demoDays)] }));
}

/** Starts as many at a time as the machine has processors: all at once would time out on each other. */
async function startProcesses(launch: Launch, started: SupervisedProcess[]): Promise<void> {
  const starting = new Set<Promise<void>>();
  for (const plan of launch.plan.processes) {
    const process = startProcess(launch, plan);
    started.push(process);
    const turn = Promise.race([process.ready(), sleep(LONGEST_TURN_MS)]).finally(() => starting.delete(turn));
    starting.add(turn);
    if (starting.size >= availableParallelism()) await Promise.race(starting);
  }
  await Promise.all([...starting, ...started.map((process) => process.ready())]);
}

function startProcess(launch: Launch, plan: ProcessPlan): SupervisedProcess {
  const { env, ...program } = programOf(launch, plan.name, plan);
  const place = { HOST: '127.0.0.1', PORT: String(plan.port), SUBGRAPH_URLS: launch.plan.subgraphUrls };
  return new SupervisedProcess(plan, { ...program, env: { ...env, ...place } });
}

function programOf(
  { programs = PROGRAMS, env, watchdog, log }: Launch,
  name: string,
  { program, args }: { program: string; args: readonly string[] },
) {
  return { file: join(programs, program), args, env, watchdog, tell: (line: string) => log(name, line) };
}

async function stopCluster({ balancer, processes, watchdog }: Started): Promise<void> {
  balancer?.close();
  // The door first: what was asked through it is answered before those who answer go.
  await Promise.all(processes.filter(isGateway).map((process) => process.end()));
  await Promise.all(processes.filter((process) => !isGateway(process)).map((process) => process.end()));
  balancer?.cut();
  await watchdog.end();
}

function isGateway({ role }: Pick<ClusterProcess, 'role'>): boolean {
  return role === 'gateway';
}

function publicUrl({ PUBLIC_URL }: NodeJS.ProcessEnv, port: number): string {
  return PUBLIC_URL || `http://localhost:${port}`;
}

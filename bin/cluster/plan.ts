import { subgraphNames, type SubgraphName } from '../../platform/events/catalogue.js';

/** What a process of the cluster does. */
export type Role = SubgraphName | 'worker' | 'gateway';

/** One process to be started: `program` is a file in the programs' folder. */
export interface ProcessPlan {
  /** Role and number, such as `orders-1`. */
  readonly name: string;
  readonly role: Role;
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
}

/** The processes of a cluster and where the subgraphs are, as SUBGRAPH_URLS has it. */
export interface ClusterPlan {
  readonly processes: readonly ProcessPlan[];
  readonly subgraphUrls: string;
}

const roles: readonly Role[] = [...subgraphNames, 'worker', 'gateway'];

/** How many ports a cluster needs behind its one. */
export function portsNeeded(replicas: number): number {
  return roles.length * replicas;
}

/** Lays out a number of processes for each role over the given ports, of which there must be `portsNeeded`. */
export function planCluster(replicas: number, ports: readonly number[]): ClusterPlan {
  const processes = roles.flatMap((role, place) =>
    ports.slice(place * replicas, (place + 1) * replicas).map((port, index) => ({
      name: `${role}-${index + 1}`,
      role,
      ...commandOf(role),
      port,
    })),
  );
  const urlsOf = (role: Role) =>
    processes.flatMap((process) => (process.role === role ? [`http://127.0.0.1:${process.port}`] : [])).join('|');
  return { processes, subgraphUrls: subgraphNames.map((name) => `${name}=${urlsOf(name)}`).join(',') };
}

function commandOf(role: Role): { program: string; args: readonly string[] } {
  if (role === 'gateway' || role === 'worker') return { program: `${role}.js`, args: [] };
  return { program: 'subgraph.js', args: [role] };
}

import { startCluster, type Cluster } from '../../bin/cluster/cluster.js';
import type { Role } from '../../bin/cluster/plan.js';
import type { ClusterProcess } from '../../bin/cluster/supervised-process.js';
import type { DemoPerson } from '../../bin/demo/brands.js';
import { readDemo, type Demo } from '../../bin/demo/demo-file.js';
import { atDoor, signIn, type TestClient } from './client.js';
import { environmentOf } from './process.js';
import { makeTestPlace, type TestPlace } from './target.js';

/** Two of each process, as operators run them, with the demo brands. */
export interface RealCluster {
  /** The one port before the gateways. */
  readonly url: string;
  readonly place: TestPlace;
  readonly env: NodeJS.ProcessEnv;
  readonly demo: Demo;
  readonly outletId: string;
  /** The two processes of a role. */
  of(role: Role): readonly [ClusterProcess, ClusterProcess];
  /** Signs in through the one port, once each: there is one address and it has a limit. Subscriptions go there too unless told. */
  signIn(person: DemoPerson, subscriptionUrl?: string): Promise<TestClient>;
  /** Everything the processes have written. */
  lines(): readonly string[];
  stop(): Promise<void>;
}

/** Starts the cluster in an empty place on the test servers, without demo history. */
export async function startRealCluster(): Promise<RealCluster> {
  const place = makeTestPlace();
  // Jobs say at this level what became of them.
  const env = { ...environmentOf(place), LOG_LEVEL: 'info' };
  const written: string[] = [];
  const options = { env, replicas: 2, port: 0, host: '127.0.0.1', demoDays: 0 };
  const cluster = await startCluster({ ...options, write: (line) => void written.push(line) });
  const demo = readDemo(place.dataDir);
  const [brand] = demo?.brands ?? [];
  if (!demo || !brand) throw new Error('The cluster needs its demo.');
  const signIns = new Map<DemoPerson, Promise<TestClient>>();
  return {
    url: cluster.url,
    place,
    env,
    demo,
    outletId: brand.outlets[0]?.id ?? '',
    of: (role) => pairOf(cluster, role),
    signIn: async (person, subscriptionUrl) => {
      const signedIn = signIns.get(person) ?? signIn(cluster.url, brand.users[person]);
      signIns.set(person, signedIn);
      return atDoor(await signedIn, cluster.url, subscriptionUrl);
    },
    lines: () => written,
    stop: async () => {
      await cluster.stop();
      await place.remove();
    },
  };
}

function pairOf({ processes }: Cluster, role: Role): readonly [ClusterProcess, ClusterProcess] {
  const [one, other] = processes.filter((process) => process.role === role);
  if (!one || !other) throw new Error(`There are no two of ${role}.`);
  return [one, other];
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterProcess } from '../../bin/cluster/supervised-process.js';
import type { DemoPerson } from '../../bin/demo/brands.js';
import { atDoor, clientOf, type TestClient } from '../harness/client.js';
import { openOrderFlow, type OrderFlow } from '../harness/order-flow.js';
import { startRealCluster, type RealCluster } from '../harness/real-cluster.js';

/** The cluster of a test file and those who use it. */
export interface World {
  readonly twin: RealCluster;
  readonly nobody: TestClient;
  readonly waiter: TestClient;
  readonly chef: TestClient;
  readonly manager: TestClient;
  /** Orders through the one port. */
  readonly flow: OrderFlow;
}

/** Starts the cluster and signs everybody in. */
export async function openWorld(): Promise<World> {
  const twin = await startRealCluster();
  const [waiter, chef, manager] = await Promise.all(
    (['waiter', 'chef', 'manager'] as const).map((person) => twin.signIn(person)),
  );
  if (!waiter || !chef || !manager) throw new Error('Not everybody signed in.');
  const nobody = clientOf(twin.url, { accessToken: '', refreshToken: '' });
  return { twin, nobody, waiter, chef, manager, flow: await openOrderFlow({ waiter, chef }, twin.outletId) };
}

/** The same person at one gateway. */
export async function atGateway({ twin }: World, person: DemoPerson, gateway: ClusterProcess): Promise<TestClient> {
  return atDoor(await twin.signIn(person), gateway.url);
}

/** Waits until something is so; fails after thirty seconds. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await isSo()) return;
    await sleep(50);
  }
  throw new Error(`It was not so within thirty seconds: ${isSo}`);
}

const ORDERS = 'query ($outletId: ID!) { orders(outletId: $outletId, first: 1) { edges { node { id } } } }';

/** Asks a gateway until it has asked this replica of orders, so that it takes it for one that answers. */
export async function untilAsked(world: World, gateway: ClusterProcess, replica: ClusterProcess): Promise<void> {
  const { twin } = world;
  const manager = await atGateway(world, 'manager', gateway);
  await until(async () => {
    const requestId = `asked-${randomUUID()}`;
    await manager.ask(ORDERS, { outletId: twin.outletId }, { 'x-request-id': requestId });
    return twin.lines().some((line) => line.startsWith(replica.name) && line.includes(requestId));
  });
}

/** Halts a process as a machine that hangs would: its connections stay and nobody answers on them. */
export function halt(process_: ClusterProcess): void {
  signal(process_, 'SIGSTOP');
}

/** Lets a halted process go on. */
export function goOn(process_: ClusterProcess): void {
  signal(process_, 'SIGCONT');
}

function signal({ pid, name }: ClusterProcess, what: NodeJS.Signals): void {
  if (pid === null) throw new Error(`${name} does not run.`);
  process.kill(pid, what);
}

import type { Viewer } from '../../platform/domain/viewer.js';
import { OutboxEventEntity } from '../../platform/data/outbox.entity.js';
import { startTestSubgraph, type Answer, type TestSubgraph } from '../../tests/harness/subgraph.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { FloorEntity } from './floor/floor.entity.js';
import { ServiceFlowEntity } from './flow/flow.entity.js';
import { ServiceNodeEntity } from './node/node.entity.js';
import { SeatingEntity } from './seating/seating.entity.js';
import { layout } from './subgraph.js';

const brandId = 'brd_ours';
/** How long a test that makes a hundred rows one by one may take. */
export const manyRowsMs = 60_000;

/** The outlet most tests are about, another of its brand, and one of another brand. */
export const outlets = { cafe: 'out_cafe', bistro: 'out_bistro', foreign: 'out_foreign' } as const;

const everything = ['floor.read', 'floor.manage', 'seating.manage'];

/** Who asks: a manager of the brand, staff of the cafe with fewer rights, and a manager of the other brand. */
export const viewers = {
  manager: viewerWith({ slugs: everything, brandId }),
  waiter: viewerWith({ slugs: ['floor.read', 'seating.manage'], brandId, outletId: outlets.cafe }),
  planner: viewerWith({ slugs: ['floor.read', 'floor.manage'], brandId, outletId: outlets.cafe }),
  stranger: viewerWith({ slugs: everything, brandId: 'brd_theirs' }),
} as const;

const UserErrors = 'userErrors { code message field }';
const mutations: Record<string, { input: string; selection: string }> = {
  createFloor: { input: 'CreateFloorInput', selection: 'floor { id name sortOrder version outlet { id } }' },
  updateFloor: { input: 'UpdateFloorInput', selection: 'floor { id name sortOrder version }' },
  createServiceNode: { input: 'CreateServiceNodeInput', selection: nodeSelection() },
  updateServiceNode: { input: 'UpdateServiceNodeInput', selection: nodeSelection() },
  removeServiceNode: { input: 'RemoveServiceNodeInput', selection: nodeSelection() },
  connectNodes: { input: 'ConnectNodesInput', selection: 'flow { id kind from { id } to { id } }' },
  disconnectNodes: { input: 'DisconnectNodesInput', selection: 'flow { id kind from { id } to { id } }' },
  seatParty: { input: 'SeatPartyInput', selection: seatingSelection() },
  releaseTable: { input: 'ReleaseTableInput', selection: seatingSelection() },
};

function nodeSelection(): string {
  return 'serviceNode { id kind label seats x y width height shape isRemoved version floor { id } outlet { id } }';
}

function seatingSelection(): string {
  return 'seating { id covers seatedAt releasedAt state table { id label currentSeating { covers } } }';
}

/** The layout subgraph with three outlets, and the shortest ways to furnish and look at it. */
export interface Restaurant {
  readonly subgraph: TestSubgraph;
  /** Sends a mutation and returns the whole answer. */
  send(viewer: Viewer, mutation: string, input: object): Promise<Answer>;
  /** Sends a mutation that must succeed, as the manager unless told otherwise, and returns its payload. */
  make(mutation: string, input: object, viewer?: Viewer): Promise<any>;
  addFloor(name: string, outletId?: string): Promise<string>;
  addTable(floorId: string, label: string, facts?: object): Promise<string>;
  /** Every row there is, and how many events; to show that something changed nothing. */
  rows(): Promise<object>;
  /** How many statements some work takes. */
  statementsOf(work: () => Promise<unknown>): Promise<number>;
}

/** Starts the subgraph and tells it of the outlets. */
export async function openRestaurant(): Promise<Restaurant> {
  const subgraph = await startTestSubgraph(layout);
  for (const outletId of Object.values(outlets)) await tellOutlet(subgraph, outletId);
  const send = (viewer: Viewer, mutation: string, input: object) => {
    const { input: type, selection } = mutations[mutation] ?? { input: '', selection: '' };
    const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} ${UserErrors} } }`;
    return subgraph.run(viewer, document, { input });
  };
  const make = async (mutation: string, input: object, viewer: Viewer = viewers.manager) => {
    const answer = await send(viewer, mutation, input);
    const payload = answer.data?.[mutation];
    if (!payload || payload.userErrors.length > 0) throw new Error(`${mutation} failed: ${JSON.stringify(answer)}`);
    return payload;
  };
  const addFloor = async (name: string, outletId: string = outlets.cafe) =>
    (await make('createFloor', { outletId, name }, viewerOf(outletId))).floor.id;
  const addTable = async (floorId: string, label: string, facts: object = {}) =>
    (await make('createServiceNode', { ...table, floorId, label, ...facts })).serviceNode.id;
  return { subgraph, send, make, addFloor, addTable, rows: () => readRows(subgraph), statementsOf: counter(subgraph) };
}

/** A table of four as `createServiceNode` takes it, without its floor and label. */
export const table = { kind: 'TABLE', seats: 4, x: 100, y: 200, width: 90, height: 80 } as const;

function viewerOf(outletId: string): Viewer {
  return outletId === outlets.foreign ? viewers.stranger : viewers.manager;
}

async function tellOutlet(subgraph: TestSubgraph, outletId: string): Promise<void> {
  await subgraph.hear('outlet.saved', {
    brandId: outletId === outlets.foreign ? 'brd_theirs' : brandId,
    outletId,
    aggregateId: outletId,
    payload: { name: outletId, currency: 'INR', timeZone: 'Asia/Kolkata', cutOff: '04:00', isActive: true },
  });
}

async function readRows({ running }: TestSubgraph): Promise<object> {
  const em = running.database.em.fork();
  const orderBy = { id: 'asc' } as const;
  return {
    floors: await em.find(FloorEntity, {}, { orderBy }),
    nodes: await em.find(ServiceNodeEntity, {}, { orderBy }),
    flows: await em.find(ServiceFlowEntity, {}, { orderBy }),
    seatings: await em.find(SeatingEntity, {}, { orderBy }),
    events: await em.count(OutboxEventEntity, {}),
  };
}

// The relay and the sweeps send statements of their own at their own times, so only those on this subgraph's tables count.
const ownTables = /[`"](outlet_replica|floor|service_node|service_flow|seating)[`"]/;

function counter({ running }: TestSubgraph) {
  return async (work: () => Promise<unknown>) => {
    running.database.statements.record();
    await work();
    return running.database.statements.recorded.filter((sql) => ownTables.test(sql)).length;
  };
}

import type { Subgraph } from '../../platform/subgraph.js';
import { OutletReplicaEntity } from '../../platform/replicas/outlet-replica.entity.js';
import { applyOutletSaved } from '../../platform/replicas/outlet-replica.queries.js';
import { permissions } from '../../schema/permissions.js';
import { FloorChangeResolver } from './floor-change/floor-change.resolver.js';
import { FloorEntity } from './floor/floor.entity.js';
import { floorLoader } from './floor/floor.queries.js';
import { FloorResolver } from './floor/floor.resolver.js';
import { ServiceFlowEntity } from './flow/flow.entity.js';
import { flowLoader } from './flow/flow.queries.js';
import { FloorFlowsResolver, ServiceFlowResolver } from './flow/flow.resolver.js';
import { initial } from './migrations/20261121140207-initial.js';
import { relayLease } from './migrations/20261121145300-relay-lease.js';
import { outletDetails } from './migrations/20261121174928-outlet-details.js';
import { NodeRemovalResolver } from './node-removal/node-removal.resolver.js';
import { ServiceNodeEntity } from './node/node.entity.js';
import { nodeLoader } from './node/node.queries.js';
import { FloorNodesResolver, ServiceNodeResolver } from './node/node.resolver.js';
import { SeatingEntity } from './seating/seating.entity.js';
import { seatingLoader } from './seating/seating.queries.js';
import { CurrentSeatingResolver, SeatingResolver } from './seating/seating.resolver.js';

/** The twin of the place: floors, what stands on them, how things move between, and who sits where. */
export const layout: Subgraph = {
  name: 'layout',
  entities: [OutletReplicaEntity, FloorEntity, ServiceNodeEntity, ServiceFlowEntity, SeatingEntity],
  migrations: [initial, relayLease, outletDetails],
  resolvers: [
    FloorResolver,
    ServiceNodeResolver,
    FloorNodesResolver,
    NodeRemovalResolver,
    ServiceFlowResolver,
    FloorFlowsResolver,
    SeatingResolver,
    CurrentSeatingResolver,
    FloorChangeResolver,
  ],
  references: {
    Floor: ({ id }, context) => floorLoader(context).load(id),
    ServiceNode: ({ id }, context) => nodeLoader(context).load(id),
    ServiceFlow: ({ id }, context) => flowLoader(context).load(id),
    Seating: ({ id }, context) => seatingLoader(context).load(id),
  },
  permissions: permissions.layout,
  consumes: { 'outlet.saved': applyOutletSaved },
  jobs: [],
  schedules: [],
};

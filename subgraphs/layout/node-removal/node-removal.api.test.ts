import { anonymous } from '../../../platform/domain/viewer.js';
import { openRestaurant, outlets, viewers, type Restaurant } from '../layout.fixture.js';

const FLOOR = 'query ($id: ID!) { floor(id: $id) { nodes { label } flows { kind } } }';
const NODE = 'query ($id: ID!) { serviceNode(id: $id) { label isRemoved } }';
const NODES = 'query ($outletId: ID!) { serviceNodes(outletId: $outletId) { edges { node { id } } } }';

describe('removing a place', () => {
  let restaurant: Restaurant;
  let floorId: string;
  let barId: string;
  let tableId: string;

  beforeAll(async () => (restaurant = await openRestaurant()));
  afterAll(() => restaurant.subgraph.stop());
  beforeEach(async () => {
    floorId = await restaurant.addFloor('Ground floor');
    barId = await restaurant.addTable(floorId, `Bar ${floorId}`, { kind: 'BAR', seats: 0 });
    tableId = await restaurant.addTable(floorId, `T ${floorId}`);
    await restaurant.make('connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'FOOD' });
    await restaurant.make('connectNodes', { fromNodeId: tableId, toNodeId: barId, kind: 'DISH_RETURN' });
  });

  it('SRV-01 takes it off its floor with its flows, keeps the row and frees the label', async () => {
    const removed = await restaurant.make('removeServiceNode', { id: tableId, expectedVersion: 1 }, viewers.planner);

    expect(removed.serviceNode).toMatchObject({ id: tableId, isRemoved: true, version: 2 });
    const floor = await restaurant.subgraph.run(viewers.waiter, FLOOR, { id: floorId });
    expect(floor.data?.['floor']).toEqual({ nodes: [{ label: `Bar ${floorId}` }], flows: [] });
    const node = await restaurant.subgraph.run(viewers.waiter, NODE, { id: tableId });
    expect(node.data?.['serviceNode']).toEqual({ label: `T ${floorId}`, isRemoved: true });
    const list = await restaurant.subgraph.run(viewers.waiter, NODES, { outletId: outlets.cafe });
    expect(JSON.stringify(list.data)).not.toContain(tableId);
    expect(await restaurant.addTable(floorId, `T ${floorId}`)).not.toBe(tableId);
  });

  it('is refused while a party is seated and allowed once it has left', async () => {
    await restaurant.make('seatParty', { tableId, covers: 2 });
    const before = await restaurant.rows();

    const refused = await restaurant.send(viewers.manager, 'removeServiceNode', { id: tableId });
    expect(refused.data?.['removeServiceNode'].userErrors).toMatchObject([{ code: 'INVALID_STATE', field: ['id'] }]);
    expect(await restaurant.rows()).toEqual(before);

    await restaurant.make('releaseTable', { tableId });
    await restaurant.make('removeServiceNode', { id: tableId });
  });

  it('is final: the place is neither removed again, nor changed, connected or seated', async () => {
    await restaurant.make('removeServiceNode', { id: tableId });
    const before = await restaurant.rows();

    const attempts: [string, object][] = [
      ['removeServiceNode', { id: tableId }],
      ['updateServiceNode', { id: tableId, x: 1 }],
      ['connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'FOOD' }],
      ['connectNodes', { fromNodeId: tableId, toNodeId: barId, kind: 'FOOD' }],
      ['seatParty', { tableId, covers: 1 }],
      ['releaseTable', { tableId }],
    ];
    for (const [mutation, input] of attempts) {
      const answer = await restaurant.send(viewers.manager, mutation, input);
      expect([mutation, answer.data?.[mutation].userErrors[0]?.code]).toEqual([mutation, 'INVALID_STATE']);
    }
    expect(await restaurant.rows()).toEqual(before);
  });

  it('is refused at an old version', async () => {
    const answer = await restaurant.send(viewers.manager, 'removeServiceNode', { id: tableId, expectedVersion: 4 });

    expect(answer.data?.['removeServiceNode'].userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a waiter', viewers.waiter, 'FORBIDDEN'],
    ['a manager of another brand', viewers.stranger, 'NOT_FOUND'],
  ])('is not for %s', async (_who, viewer, code) => {
    const before = await restaurant.rows();

    const answer = await restaurant.send(viewer, 'removeServiceNode', { id: tableId });

    expect(answer.errors?.[0]?.extensions['code']).toBe(code);
    expect(await restaurant.rows()).toEqual(before);
  });

  it('and seating a party at once let exactly one of the two happen', async () => {
    const [removed, seated] = await Promise.all([
      restaurant.send(viewers.manager, 'removeServiceNode', { id: tableId }),
      restaurant.send(viewers.waiter, 'seatParty', { tableId, covers: 2 }),
    ]);

    const codes = [removed.data?.['removeServiceNode'], seated.data?.['seatParty']].map(
      (payload) => payload.userErrors[0]?.code ?? 'OK',
    );
    expect(codes.toSorted()).toEqual(['INVALID_STATE', 'OK']);
  });

  it('and connecting it at once leave no flow behind', async () => {
    await Promise.all([
      restaurant.send(viewers.manager, 'connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'GUEST' }),
      restaurant.send(viewers.manager, 'removeServiceNode', { id: tableId }),
      restaurant.send(viewers.manager, 'connectNodes', { fromNodeId: tableId, toNodeId: barId, kind: 'GUEST' }),
    ]);

    const floor = await restaurant.subgraph.run(viewers.waiter, FLOOR, { id: floorId });
    expect(floor.data?.['floor']).toEqual({ nodes: [{ label: `Bar ${floorId}` }], flows: [] });
  });
});

import { anonymous } from '../../../platform/domain/viewer.js';
import { manyRowsMs, openRestaurant, outlets, viewers, type Restaurant } from '../layout.fixture.js';

const FLOWS = `query ($outletId: ID!, $first: Int! = 25, $after: String) {
  serviceFlows(outletId: $outletId, first: $first, after: $after) {
    edges { node { id kind from { label } to { label } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REFERENCES = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on ServiceFlow { kind } } }`;

describe('flows', () => {
  let restaurant: Restaurant;
  let barId: string;
  let tableId: string;
  let upstairsId: string;
  let bistroId: string;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    const floorId = await restaurant.addFloor('Ground floor');
    barId = await restaurant.addTable(floorId, 'Bar', { kind: 'BAR', seats: 0 });
    tableId = await restaurant.addTable(floorId, 'T1');
    upstairsId = await restaurant.addTable(await restaurant.addFloor('Upstairs'), 'T2');
    bistroId = await restaurant.addTable(await restaurant.addFloor('Bistro', outlets.bistro), 'T1');
  });
  afterAll(() => restaurant.subgraph.stop());

  it('SRV-01 are directed edges of a kind, also between floors of an outlet', async () => {
    const edge = { fromNodeId: barId, toNodeId: upstairsId, kind: 'FOOD' };
    const { flow } = await restaurant.make('connectNodes', edge, viewers.planner);
    const back = await restaurant.make('connectNodes', { fromNodeId: upstairsId, toNodeId: barId, kind: 'FOOD' });

    expect(flow).toEqual({ id: flow.id, kind: 'FOOD', from: { id: barId }, to: { id: upstairsId } });
    expect(back.flow).toEqual({ id: back.flow.id, kind: 'FOOD', from: { id: upstairsId }, to: { id: barId } });
    const references = [{ __typename: 'ServiceFlow', id: flow.id }];
    const seen = await restaurant.subgraph.run(viewers.waiter, REFERENCES, { references });
    const unseen = await restaurant.subgraph.run(viewers.stranger, REFERENCES, { references });
    expect(seen.data?.['_entities']).toEqual([{ kind: 'FOOD' }]);
    expect(unseen.data?.['_entities']).toEqual([null]);
  });

  it('SRV-01 are deleted once, even when two delete at once', async () => {
    const { flow } = await restaurant.make('connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'ORDER' });

    const answers = await Promise.all(
      [1, 2].map(() => restaurant.send(viewers.planner, 'disconnectNodes', { flowId: flow.id })),
    );

    const outcomes = answers.map(
      ({ data, errors }) => errors?.[0]?.extensions['code'] ?? data?.['disconnectNodes'].flow.id,
    );
    expect(outcomes.toSorted()).toEqual(['NOT_FOUND', flow.id]);
    await restaurant.make('connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'ORDER' });
  });

  it('let one of eight equal connections through', async () => {
    const edge = { fromNodeId: tableId, toNodeId: barId, kind: 'DISH_RETURN' };

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => restaurant.send(viewers.manager, 'connectNodes', edge)),
    );

    const codes = answers.map(({ data }) => data?.['connectNodes'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual([...Array(7).fill('ALREADY_EXISTS'), 'OK']);
  });

  it('do not deadlock when places are connected both ways at once', async () => {
    const edges = [
      { fromNodeId: barId, toNodeId: upstairsId, kind: 'GUEST' },
      { fromNodeId: upstairsId, toNodeId: barId, kind: 'GUEST' },
    ];

    const answers = await Promise.all(edges.map((edge) => restaurant.send(viewers.manager, 'connectNodes', edge)));

    expect(answers.map(({ data }) => data?.['connectNodes'].userErrors)).toEqual([[], []]);
  });

  it('refuse a place with itself and a place of another outlet', async () => {
    const before = await restaurant.rows();

    for (const toNodeId of [barId, bistroId]) {
      const answer = await restaurant.send(viewers.manager, 'connectNodes', {
        fromNodeId: barId,
        toNodeId,
        kind: 'FOOD',
      });
      expect(answer.data?.['connectNodes'].userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['toNodeId'] }]);
    }

    expect(await restaurant.rows()).toEqual(before);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a waiter', viewers.waiter, 'FORBIDDEN'],
    ['a manager of another brand', viewers.stranger, 'NOT_FOUND'],
  ])('SRV-01 are not changed by %s', async (_who, viewer, code) => {
    const sent = { fromNodeId: barId, toNodeId: tableId, kind: 'GUEST' };
    const { flow } = await restaurant.make('connectNodes', sent);
    const before = await restaurant.rows();

    const answers = [
      await restaurant.send(viewer, 'connectNodes', { ...sent, kind: 'DISH_RETURN' }),
      await restaurant.send(viewer, 'disconnectNodes', { flowId: flow.id }),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code]);
    expect(await restaurant.rows()).toEqual(before);
    await restaurant.make('disconnectNodes', { flowId: flow.id });
  });

  it('do not reach into another brand', async () => {
    const theirs = await restaurant.addFloor('Theirs', outlets.foreign);
    const input = { floorId: theirs, kind: 'BAR', label: 'B', x: 0, y: 0, width: 1, height: 1 };
    const { serviceNode } = await restaurant.make('createServiceNode', input, viewers.stranger);
    const before = await restaurant.rows();

    const edge = { fromNodeId: barId, toNodeId: serviceNode.id, kind: 'FOOD' };
    const answer = await restaurant.send(viewers.manager, 'connectNodes', edge);

    expect(answer.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(await restaurant.rows()).toEqual(before);
  });
});

describe('a list of flows', () => {
  let restaurant: Restaurant;

  beforeAll(async () => (restaurant = await openRestaurant()));
  afterAll(() => restaurant.subgraph.stop());

  it(
    'costs the same statements for 1, 20 and 100 flows, and goes on by keyset',
    async () => {
      const floorId = await restaurant.addFloor('Ground floor');
      const barId = await restaurant.addTable(floorId, 'Bar', { kind: 'BAR', seats: 0 });
      const run = (variables: object) =>
        restaurant.subgraph.run(viewers.waiter, FLOWS, { outletId: outlets.cafe, first: 100, ...variables });

      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 20, 100]) {
        for (; made < size; made += 1) {
          const toNodeId = await restaurant.addTable(floorId, `T${made}`);
          await restaurant.make('connectNodes', { fromNodeId: barId, toNodeId, kind: 'FOOD' });
        }
        costs.push(
          await restaurant.statementsOf(async () => {
            const { data } = await run({});
            expect(data?.['serviceFlows'].edges).toHaveLength(size);
            expect(data?.['serviceFlows'].edges[size - 1].node.to.label).toBe(`T${size - 1}`);
          }),
        );
      }
      expect(costs).toEqual([3, 3, 3]);

      const first = await run({ first: 60 });
      const second = await run({ first: 60, after: first.data?.['serviceFlows'].pageInfo.endCursor });
      const pages = [first, second].flatMap(({ data }) => data?.['serviceFlows'].edges);
      expect(new Set(pages.map(({ node }) => node.id)).size).toBe(100);
      expect(second.data?.['serviceFlows'].pageInfo.hasNextPage).toBe(false);
      expect((await run({ first: 101 })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      expect((await run({ outletId: outlets.foreign })).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    },
    manyRowsMs,
  );
});

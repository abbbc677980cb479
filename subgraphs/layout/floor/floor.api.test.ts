import { anonymous } from '../../../platform/domain/viewer.js';
import { manyRowsMs, openRestaurant, outlets, viewers, type Restaurant } from '../layout.fixture.js';

const FLOOR = 'query ($id: ID!) { floor(id: $id) { id name sortOrder version outlet { id } } }';
const FLOORS = `query ($outletId: ID!, $first: Int! = 25, $after: String) {
  floors(outletId: $outletId, first: $first, after: $after) {
    edges { node { id name nodes { label floor { name } currentSeating { covers } } flows { id from { label } to { label } } } }
    pageInfo { hasNextPage endCursor }
  }
}`;
const REFERENCES = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on Floor { id name } } }`;

describe('floors', () => {
  let restaurant: Restaurant;
  let floorId: string;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    floorId = await restaurant.addFloor('Ground floor');
  });
  afterAll(() => restaurant.subgraph.stop());

  it('SRV-01 are made and read by who works in the outlet', async () => {
    const made = await restaurant.make('createFloor', {
      outletId: outlets.bistro,
      name: '  Terrace ',
      sortOrder: 3,
    });

    const { id } = made.floor;
    const expected = { id, name: 'Terrace', sortOrder: 3, version: 1, outlet: { id: outlets.bistro } };
    expect(made.floor).toEqual(expected);
    expect(await restaurant.subgraph.run(viewers.manager, FLOOR, { id })).toEqual({ data: { floor: expected } });
    const unseen = await restaurant.subgraph.run(viewers.waiter, FLOOR, { id });
    expect(unseen.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  it('SRV-01 change name and position, raising the version once', async () => {
    const id = await restaurant.addFloor('Attic');

    const renamed = await restaurant.make('updateFloor', { id, expectedVersion: 1, name: 'Loft' });
    const moved = await restaurant.make('updateFloor', { id, sortOrder: 7 });

    expect(renamed.floor).toEqual({ id, name: 'Loft', sortOrder: 0, version: 2 });
    expect(moved.floor).toEqual({ id, name: 'Loft', sortOrder: 7, version: 3 });
  });

  it.each([
    ['an empty name', 'createFloor', { name: ' ' }, 'INVALID_INPUT', ['name']],
    ['a name of 81 characters', 'createFloor', { name: 'x'.repeat(81) }, 'INVALID_INPUT', ['name']],
    ['a negative position', 'createFloor', { name: 'x', sortOrder: -1 }, 'INVALID_INPUT', ['sortOrder']],
    ['an emptied name', 'updateFloor', { name: '' }, 'INVALID_INPUT', ['name']],
    ['a position too far', 'updateFloor', { sortOrder: 10_001 }, 'INVALID_INPUT', ['sortOrder']],
    ['an old version', 'updateFloor', { expectedVersion: 9, name: 'x' }, 'VERSION_CONFLICT', ['expectedVersion']],
  ])('refuse %s', async (_what, mutation, facts, code, field) => {
    const before = await restaurant.rows();
    const where = mutation === 'createFloor' ? { outletId: outlets.cafe } : { id: floorId };

    const answer = await restaurant.send(viewers.manager, mutation, { ...where, ...facts });

    expect(answer.data?.[mutation]).toMatchObject({ floor: null, userErrors: [{ code, field }] });
    expect(await restaurant.rows()).toEqual(before);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a waiter', viewers.waiter, 'FORBIDDEN'],
    ['a manager of another brand', viewers.stranger, 'NOT_FOUND'],
  ])('SRV-01 are not changed by %s', async (_who, viewer, code) => {
    const before = await restaurant.rows();

    const created = await restaurant.send(viewer, 'createFloor', { outletId: outlets.cafe, name: 'Mine' });
    const updated = await restaurant.send(viewer, 'updateFloor', { id: floorId, name: 'Mine' });

    expect([created, updated].map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code]);
    expect(await restaurant.rows()).toEqual(before);
  });

  it('refuse a planner of one outlet in another', async () => {
    const bistroFloor = await restaurant.addFloor('Bistro', outlets.bistro);
    const before = await restaurant.rows();

    const created = await restaurant.send(viewers.planner, 'createFloor', { outletId: outlets.bistro, name: 'Mine' });
    const updated = await restaurant.send(viewers.planner, 'updateFloor', { id: bistroFloor, name: 'Mine' });

    expect([created, updated].map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await restaurant.rows()).toEqual(before);
  });

  it('let one of eight edits of the same version through', async () => {
    const id = await restaurant.addFloor('Race');

    const names = Array.from({ length: 8 }, (_, index) => `Race ${index}`);
    const answers = await Promise.all(
      names.map((name) => restaurant.send(viewers.manager, 'updateFloor', { id, expectedVersion: 1, name })),
    );

    const codes = answers.map(({ data }) => data?.['updateFloor'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual(['OK', ...Array(7).fill('VERSION_CONFLICT')]);
  });

  it('are pages by position, and a page of 101 is refused', async () => {
    const outletId = outlets.foreign;
    for (const sortOrder of [2, 1, 1, 0]) {
      await restaurant.make('createFloor', { outletId, name: `Level ${sortOrder}`, sortOrder }, viewers.stranger);
    }

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await restaurant.subgraph.run(viewers.stranger, FLOORS, { outletId, first: 1, after });
      seen.push(...data?.['floors'].edges.map((edge: { node: { name: string } }) => edge.node.name));
      after = data?.['floors'].pageInfo.hasNextPage ? data?.['floors'].pageInfo.endCursor : null;
    } while (after !== null);
    const tooMany = await restaurant.subgraph.run(viewers.stranger, FLOORS, { outletId, first: 101 });
    const foreign = await restaurant.subgraph.run(viewers.manager, FLOORS, { outletId });

    expect(seen).toEqual(['Level 0', 'Level 1', 'Level 1', 'Level 2']);
    expect(tooMany.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(foreign.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  it('are resolved as references in the order asked, unseen ones as null', async () => {
    const references = [
      { __typename: 'Floor', id: 'flr_missing' },
      { __typename: 'Floor', id: floorId },
    ];

    const ours = await restaurant.subgraph.run(viewers.waiter, REFERENCES, { references });
    const theirs = await restaurant.subgraph.run(viewers.stranger, REFERENCES, { references });

    expect(ours.data?.['_entities']).toEqual([null, { id: floorId, name: 'Ground floor' }]);
    expect(theirs.data?.['_entities']).toEqual([null, null]);
  });
});

describe('a list of floors', () => {
  let restaurant: Restaurant;

  beforeAll(async () => (restaurant = await openRestaurant()));
  afterAll(() => restaurant.subgraph.stop());

  it(
    'costs the same statements for 1, 20 and 100 floors with tables, parties and flows',
    async () => {
      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 20, 100]) {
        for (; made < size; made += 1) await furnish(restaurant, made);
        costs.push(
          await restaurant.statementsOf(async () => {
            const variables = { outletId: outlets.cafe, first: 100 };
            const { data } = await restaurant.subgraph.run(viewers.waiter, FLOORS, variables);
            expect(data?.['floors'].edges).toHaveLength(size);
            expect(data?.['floors'].edges[size - 1].node.flows).toHaveLength(1);
            expect(data?.['floors'].edges[size - 1].node.nodes[1].currentSeating).toEqual({ covers: 2 });
          }),
        );
      }

      expect(costs).toEqual([7, 7, 7]);
    },
    manyRowsMs,
  );
});

async function furnish(restaurant: Restaurant, number: number): Promise<void> {
  const floorId = await restaurant.addFloor(`Floor ${number}`);
  const passId = await restaurant.addTable(floorId, `Pass ${number}`, { kind: 'PASS', seats: 0 });
  const tableId = await restaurant.addTable(floorId, `Table ${number}`);
  await restaurant.make('connectNodes', { fromNodeId: passId, toNodeId: tableId, kind: 'FOOD' });
  await restaurant.make('seatParty', { tableId, covers: 2 });
}

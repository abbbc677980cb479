import { newId } from '../../../platform/domain/id.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { manyRowsMs, openRestaurant, outlets, table, viewers, type Restaurant } from '../layout.fixture.js';
import { ServiceNodeEntity } from './node.entity.js';

const NODE = 'query ($id: ID!) { serviceNode(id: $id) { id label } }';
const NODES = `query ($outletId: ID!, $kind: ServiceNodeKind, $first: Int! = 25, $after: String) {
  serviceNodes(outletId: $outletId, kind: $kind, first: $first, after: $after) {
    edges { node { label floor { name } outlet { id } currentSeating { covers state } } }
    pageInfo { hasNextPage endCursor }
  }
}`;

describe('places', () => {
  let restaurant: Restaurant;
  let floorId: string;
  let nodeId: string;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    floorId = await restaurant.addFloor('Ground floor');
    nodeId = await restaurant.addTable(floorId, 'T1');
  });
  afterAll(() => restaurant.subgraph.stop());

  it('SRV-01 stand on a floor with kind, seats, position and shape', async () => {
    const made = await restaurant.make(
      'createServiceNode',
      { ...table, floorId, label: 'Round 1', shape: 'ROUND' },
      viewers.planner,
    );

    const { id } = made.serviceNode;
    expect(made.serviceNode).toEqual({
      ...table,
      id,
      label: 'Round 1',
      shape: 'ROUND',
      isRemoved: false,
      version: 1,
      floor: { id: floorId },
      outlet: { id: outlets.cafe },
    });
    const read = await restaurant.subgraph.run(viewers.waiter, NODE, { id });
    expect(read).toEqual({ data: { serviceNode: { id, label: 'Round 1' } } });
  });

  it('SRV-01 are renamed, moved and resized', async () => {
    const id = await restaurant.addTable(floorId, 'Before');

    const facts = { label: 'After', seats: 6, x: 0, y: 1, width: 2, height: 3, shape: 'ROUND' };
    const { serviceNode } = await restaurant.make('updateServiceNode', { id, expectedVersion: 1, ...facts });

    expect(serviceNode).toMatchObject({ ...facts, kind: 'TABLE', version: 2 });
  });

  it.each([
    ['a table without seats', 'createServiceNode', { seats: 0 }, 'INVALID_INPUT', ['seats']],
    ['a bar with seats', 'createServiceNode', { kind: 'BAR', seats: 2 }, 'INVALID_INPUT', ['seats']],
    ['an empty label', 'createServiceNode', { label: ' ' }, 'INVALID_INPUT', ['label']],
    ['a place outside', 'createServiceNode', { x: -1 }, 'INVALID_INPUT', ['x']],
    ['a place without width', 'createServiceNode', { width: 0 }, 'INVALID_INPUT', ['width']],
    ['a label in use, spelled otherwise', 'createServiceNode', { label: ' t1' }, 'ALREADY_EXISTS', ['label']],
    ['51 seats', 'updateServiceNode', { seats: 51 }, 'INVALID_INPUT', ['seats']],
    ['a place too high', 'updateServiceNode', { height: 10_001 }, 'INVALID_INPUT', ['height']],
    ['a rename to a label in use', 'updateServiceNode', { label: 'TAKEN' }, 'ALREADY_EXISTS', ['label']],
    ['an old version', 'updateServiceNode', { expectedVersion: 5, x: 1 }, 'VERSION_CONFLICT', ['expectedVersion']],
  ])('refuse %s', async (_what, mutation, facts, code, field) => {
    await restaurant.send(viewers.manager, 'createServiceNode', { ...table, floorId, label: 'Taken' });
    const before = await restaurant.rows();
    const start = mutation === 'createServiceNode' ? { ...table, floorId, label: 'New' } : { id: nodeId };

    const answer = await restaurant.send(viewers.manager, mutation, { ...start, ...facts });

    expect(answer.data?.[mutation]).toMatchObject({ serviceNode: null, userErrors: [{ code, field }] });
    expect(await restaurant.rows()).toEqual(before);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a waiter', viewers.waiter, 'FORBIDDEN'],
    ['a manager of another brand', viewers.stranger, 'NOT_FOUND'],
  ])('SRV-01 are not changed by %s', async (_who, viewer, code) => {
    const before = await restaurant.rows();

    const answers = [
      await restaurant.send(viewer, 'createServiceNode', { ...table, floorId, label: 'Mine' }),
      await restaurant.send(viewer, 'updateServiceNode', { id: nodeId, label: 'Mine' }),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code]);
    expect(await restaurant.rows()).toEqual(before);
  });

  it('share a label across outlets, and one of eight equal ones wins in an outlet', async () => {
    const upstairs = await restaurant.addFloor('Upstairs');
    const elsewhere = await restaurant.addFloor('Elsewhere', outlets.bistro);
    await restaurant.addTable(elsewhere, 'Same');

    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        restaurant.send(viewers.manager, 'createServiceNode', {
          ...table,
          floorId: index % 2 ? floorId : upstairs,
          label: 'Same',
        }),
      ),
    );

    const codes = answers.map(({ data }) => data?.['createServiceNode'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual([...Array(7).fill('ALREADY_EXISTS'), 'OK']);
  });

  it('are at most 500 on a floor, also when two are added at once', async () => {
    const full = await restaurant.addFloor('Full');
    const place = { brandId: 'brd_ours', outletId: outlets.cafe, floorId: full, isRemoved: false, version: 1 };
    const rows = Array.from({ length: 499 }, (_, index) => ({
      ...table,
      ...place,
      id: newId('nod'),
      label: `F${index}`,
      labelKey: `f${index}`,
      shape: 'ROUND' as const,
    }));
    await restaurant.subgraph.running.database.em.fork().insertMany(ServiceNodeEntity, rows);

    const input = { ...table, floorId: full };
    const answers = await Promise.all(
      ['one', 'two'].map((label) => restaurant.send(viewers.manager, 'createServiceNode', { ...input, label })),
    );

    const codes = answers.map(({ data }) => data?.['createServiceNode'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual(['INVALID_STATE', 'OK']);
  });
});

describe('a list of places', () => {
  let restaurant: Restaurant;
  let floorId: string;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    floorId = await restaurant.addFloor('Ground floor');
  });
  afterAll(() => restaurant.subgraph.stop());

  it(
    'costs the same statements for 1, 20 and 100 tables with parties',
    async () => {
      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 20, 100]) {
        for (; made < size; made += 1) {
          const tableId = await restaurant.addTable(floorId, `T${String(made).padStart(3, '0')}`);
          await restaurant.make('seatParty', { tableId, covers: 1 + (made % 4) });
        }
        costs.push(
          await restaurant.statementsOf(async () => {
            const variables = { outletId: outlets.cafe, first: 100 };
            const { data } = await restaurant.subgraph.run(viewers.waiter, NODES, variables);
            expect(data?.['serviceNodes'].edges).toHaveLength(size);
            expect(data?.['serviceNodes'].edges[0].node).toEqual({
              label: 'T000',
              floor: { name: 'Ground floor' },
              outlet: { id: outlets.cafe },
              currentSeating: { covers: 1, state: 'OPEN' },
            });
          }),
        );
      }

      expect(costs).toEqual([4, 4, 4]);
    },
    manyRowsMs,
  );

  it('goes on by keyset to the end, of one kind where asked, and refuses a page of 101', async () => {
    await restaurant.addTable(floorId, 'Bar', { kind: 'BAR', seats: 0 });
    const run = (variables: object) =>
      restaurant.subgraph.run(viewers.waiter, NODES, { outletId: outlets.cafe, ...variables });

    const labels: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await run({ first: 40, after });
      labels.push(...data?.['serviceNodes'].edges.map((edge: { node: { label: string } }) => edge.node.label));
      after = data?.['serviceNodes'].pageInfo.hasNextPage ? data?.['serviceNodes'].pageInfo.endCursor : null;
    } while (after !== null);
    const bars = await run({ kind: 'BAR' });
    const tooMany = await run({ first: 101 });
    const foreign = await run({ outletId: outlets.foreign });

    expect(labels).toEqual(['Bar', ...Array.from({ length: 100 }, (_, n) => `T${String(n).padStart(3, '0')}`)]);
    expect(bars.data?.['serviceNodes'].edges.map((edge: { node: { label: string } }) => edge.node.label)).toEqual([
      'Bar',
    ]);
    expect(tooMany.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(foreign.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });
});

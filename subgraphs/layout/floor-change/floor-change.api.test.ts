import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import type { Answer } from '../../../tests/harness/subgraph.js';
import { openRestaurant, outlets, viewers, type Restaurant } from '../layout.fixture.js';

const FLOOR_CHANGED = `subscription ($outletId: ID!, $since: String) {
  floorChanged(outletId: $outletId, since: $since) {
    cursor at kind floor { id } node { label isRemoved currentSeating { covers } } seating { covers state }
  }
}`;

describe('floorChanged', () => {
  let restaurant: Restaurant;
  let floorId: string;
  let tableId: string;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    floorId = await restaurant.addFloor('Ground floor');
    tableId = await restaurant.addTable(floorId, 'T1');
  });
  afterAll(() => restaurant.subgraph.stop());

  const subscribe = async (viewer: Viewer, outletId: string, since: string | null = null) => {
    // What a test did before it subscribes may not have been published yet.
    await restaurant.subgraph.running.relay.flush();
    return restaurant.subgraph.subscribe(viewer, FLOOR_CHANGED, { outletId, since });
  };

  it('SRV-02 tells every change of the floor in order, with the rows of that moment', async () => {
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));

    await restaurant.make('seatParty', { tableId, covers: 4 });
    const seated = await changes.next();
    await restaurant.make('releaseTable', { tableId });
    const released = await changes.next();
    await restaurant.make('updateServiceNode', { id: tableId, label: 'Window' });
    const saved = await changes.next();
    await restaurant.make('updateFloor', { id: floorId, name: 'Street level' });
    const floor = await changes.next();
    await changes.end();

    const at = '2026-03-14T12:00:00.000Z';
    const party = { label: 'T1', isRemoved: false, currentSeating: { covers: 4 } };
    expect(seated).toMatchObject({ kind: 'SEATED', at, node: party, seating: { covers: 4, state: 'OPEN' } });
    expect(released).toMatchObject({
      kind: 'RELEASED',
      seating: { covers: 4, state: 'RELEASED' },
      floor: null,
      node: { label: 'T1', currentSeating: null },
    });
    expect(saved).toMatchObject({ kind: 'NODE_SAVED', node: { label: 'Window' }, seating: null, floor: null });
    expect(floor).toMatchObject({ kind: 'FLOOR_SAVED', node: null, seating: null, floor: { id: floorId } });
  });

  it('SRV-02 continues after a cursor and misses nothing', async () => {
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));
    await restaurant.make('seatParty', { tableId, covers: 1 });
    const { cursor } = await changes.next();
    await changes.end();
    await restaurant.make('releaseTable', { tableId });
    await restaurant.make('seatParty', { tableId, covers: 2 });

    const resumed = follow(await subscribe(viewers.waiter, outlets.cafe, cursor));
    const missed = [await resumed.next(), await resumed.next()];
    await restaurant.make('releaseTable', { tableId });
    missed.push(await resumed.next());
    await resumed.end();

    expect(missed.map(({ kind, seating }) => [kind, seating.covers])).toEqual([
      ['RELEASED', 1],
      ['SEATED', 2],
      ['RELEASED', 2],
    ]);
  });

  it('SRV-02 tells an outlet its own changes only', async () => {
    const bistroFloor = await restaurant.addFloor('Bistro', outlets.bistro);
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));

    await restaurant.make('updateFloor', { id: bistroFloor, name: 'Elsewhere' });
    await restaurant.make('updateFloor', { id: floorId, name: 'Here' });

    expect(await changes.next()).toMatchObject({ kind: 'FLOOR_SAVED', floor: { id: floorId } });
    await changes.end();
  });

  it('tells that flows changed by the floor they begin on', async () => {
    const barId = await restaurant.addTable(floorId, 'Bar', { kind: 'BAR', seats: 0 });
    const changes = follow(await subscribe(viewers.waiter, outlets.cafe));

    const { flow } = await restaurant.make('connectNodes', { fromNodeId: barId, toNodeId: tableId, kind: 'FOOD' });
    await restaurant.make('disconnectNodes', { flowId: flow.id });

    const expected = { kind: 'FLOOR_SAVED', floor: { id: floorId }, node: null };
    expect([await changes.next(), await changes.next()]).toMatchObject([expected, expected]);
    await changes.end();
  });

  it.each([
    ['nobody', anonymous, outlets.cafe, 'UNAUTHENTICATED'],
    ['a manager of another brand', viewers.stranger, outlets.cafe, 'NOT_FOUND'],
    ['a waiter of another outlet', viewers.waiter, outlets.bistro, 'NOT_FOUND'],
    ['everybody about an unknown outlet', viewers.manager, 'out_unknown', 'NOT_FOUND'],
  ])('SRV-02 is refused to %s', async (_who, viewer, outletId, code) => {
    const answer = await subscribe(viewer, outletId);

    expect('errors' in answer && answer.errors?.[0]?.extensions['code']).toBe(code);
  });

  it('refuses a cursor it did not hand out', async () => {
    const nonsense = await subscribe(viewers.waiter, outlets.cafe, 'yesterday');
    const otherData = await subscribe(viewers.waiter, outlets.cafe, `ep_${'0'.repeat(26)}.1`);

    const codes = [nonsense, otherData].map((answer) => 'errors' in answer && answer.errors?.[0]?.extensions['code']);
    expect(codes).toEqual(['BAD_USER_INPUT', 'RESYNC_REQUIRED']);
  });
});

function follow(opened: AsyncIterableIterator<Answer> | Answer) {
  if (!(Symbol.asyncIterator in opened)) throw new Error(`Not subscribed: ${JSON.stringify(opened)}`);
  return {
    next: async () => {
      const step = await opened.next();
      expect(step.value.errors).toBeUndefined();
      return step.value.data?.floorChanged;
    },
    end: async () => void (await opened.return?.()),
  };
}

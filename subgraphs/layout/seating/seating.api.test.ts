import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { anonymous } from '../../../platform/domain/viewer.js';
import { openRestaurant, viewers, type Restaurant } from '../layout.fixture.js';

const CURRENT = 'query ($id: ID!) { serviceNode(id: $id) { currentSeating { id covers state table { label } } } }';
const REFERENCES = `query ($references: [_Any!]!) {
  _entities(representations: $references) { ... on Seating { covers state table { label } } ... on ServiceNode { label } }
}`;

describe('seatings', () => {
  let restaurant: Restaurant;
  let floorId: string;
  let tableId: string;
  let tables = 0;

  const current = async (id: string) =>
    (await restaurant.subgraph.run(viewers.waiter, CURRENT, { id })).data?.['serviceNode'].currentSeating;

  beforeAll(async () => {
    restaurant = await openRestaurant();
    floorId = await restaurant.addFloor('Ground floor');
  });
  afterAll(() => restaurant.subgraph.stop());
  beforeEach(async () => (tableId = await restaurant.addTable(floorId, `T${(tables += 1)}`)));

  it('SRV-03 open when a party is seated and end when the table is released', async () => {
    const seated = await restaurant.make('seatParty', { tableId, covers: 3 }, viewers.waiter);
    restaurant.subgraph.clock.advance(60_000);
    const seen = await current(tableId);
    const released = await restaurant.make('releaseTable', { tableId }, viewers.waiter);

    const { id, seatedAt } = seated.seating;
    const label = `T${tables}`;
    expect(seated.seating).toEqual({
      id,
      covers: 3,
      seatedAt,
      releasedAt: null,
      state: 'OPEN',
      table: { id: tableId, label, currentSeating: { covers: 3 } },
    });
    expect(seen).toEqual({ id, covers: 3, state: 'OPEN', table: { label } });
    expect(released.seating).toMatchObject({ id, state: 'RELEASED', table: { label, currentSeating: null } });
    expect(Date.parse(released.seating.releasedAt) - Date.parse(seatedAt)).toBe(60_000);
    expect(await current(tableId)).toBeNull();
  });

  it('tell their events with the version each made', async () => {
    const { seating } = await restaurant.make('seatParty', { tableId, covers: 2 });
    await restaurant.make('releaseTable', { tableId });

    const em = restaurant.subgraph.running.database.em.fork();
    const events = await em.find(
      OutboxEventEntity,
      { aggregateId: seating.id },
      { orderBy: { aggregateVersion: 'asc' } },
    );
    expect(events.map(({ type, aggregateVersion, payload }) => ({ type, aggregateVersion, payload }))).toEqual([
      { type: 'seating.opened', aggregateVersion: 1, payload: { serviceNodeId: tableId, covers: 2 } },
      { type: 'seating.closed', aggregateVersion: 2, payload: { serviceNodeId: tableId } },
    ]);
  });

  it('may have more guests than seats, and a table is used again and again', async () => {
    await restaurant.make('seatParty', { tableId, covers: 5 });
    await restaurant.make('releaseTable', { tableId });
    await restaurant.make('seatParty', { tableId, covers: 200 });
    await restaurant.make('releaseTable', { tableId });

    const { seating } = await restaurant.make('seatParty', { tableId, covers: 1 });
    expect(await current(tableId)).toMatchObject({ id: seating.id, covers: 1 });
  });

  it('SRV-03 let exactly one of eight parties have a table', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        restaurant.send(viewers.waiter, 'seatParty', { tableId, covers: index + 1 }),
      ),
    );

    const payloads = answers.map(({ data }) => data?.['seatParty']);
    const winner = payloads.find(({ seating }) => seating);
    expect(payloads.map(({ userErrors }) => userErrors[0]?.code ?? 'OK').toSorted()).toEqual([
      'OK',
      ...Array(7).fill('SEAT_TAKEN'),
    ]);
    expect(await current(tableId)).toMatchObject({ id: winner.seating.id, covers: winner.seating.covers });
  });

  it('are released once when eight release at once', async () => {
    await restaurant.make('seatParty', { tableId, covers: 2 });

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => restaurant.send(viewers.waiter, 'releaseTable', { tableId })),
    );

    const codes = answers.map(({ data }) => data?.['releaseTable'].userErrors[0]?.code ?? 'OK').toSorted();
    expect(codes).toEqual([...Array(7).fill('INVALID_STATE'), 'OK']);
  });

  it.each([
    ['no guests', 'seatParty', { covers: 0 }, 'INVALID_INPUT', ['covers']],
    ['201 guests', 'seatParty', { covers: 201 }, 'INVALID_INPUT', ['covers']],
    ['releasing a free table', 'releaseTable', {}, 'INVALID_STATE', ['tableId']],
  ])('refuse %s', async (_what, mutation, facts, code, field) => {
    const before = await restaurant.rows();

    const answer = await restaurant.send(viewers.waiter, mutation, { tableId, ...facts });

    expect(answer.data?.[mutation]).toMatchObject({ seating: null, userErrors: [{ code, field }] });
    expect(await restaurant.rows()).toEqual(before);
  });

  it('refuse a second party and a place that is no table', async () => {
    const barId = await restaurant.addTable(floorId, 'Bar', { kind: 'BAR', seats: 0 });
    await restaurant.make('seatParty', { tableId, covers: 2 });
    const before = await restaurant.rows();

    const second = await restaurant.send(viewers.waiter, 'seatParty', { tableId, covers: 2 });
    const atBar = await restaurant.send(viewers.waiter, 'seatParty', { tableId: barId, covers: 2 });

    expect(second.data?.['seatParty'].userErrors).toMatchObject([{ code: 'SEAT_TAKEN', field: ['tableId'] }]);
    expect(atBar.data?.['seatParty'].userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['tableId'] }]);
    expect(await restaurant.rows()).toEqual(before);
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a planner', viewers.planner, 'FORBIDDEN'],
    ['a manager of another brand', viewers.stranger, 'NOT_FOUND'],
  ])('SRV-03 are not changed by %s', async (_who, viewer, code) => {
    const seatedId = await restaurant.addTable(floorId, `Seated ${code}`);
    await restaurant.make('seatParty', { tableId: seatedId, covers: 2 });
    const before = await restaurant.rows();

    const answers = [
      await restaurant.send(viewer, 'seatParty', { tableId, covers: 2 }),
      await restaurant.send(viewer, 'releaseTable', { tableId: seatedId }),
    ];

    expect(answers.map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code]);
    expect(await restaurant.rows()).toEqual(before);
  });

  it('and tables are resolved as references in a fixed number of statements, unseen ones as null', async () => {
    const { seating } = await restaurant.make('seatParty', { tableId, covers: 2 });
    const reference = { __typename: 'Seating', id: seating.id };
    const others = Array.from({ length: 50 }, (_, index) => ({ __typename: 'ServiceNode', id: `nod_${index}` }));
    const references = [reference, { __typename: 'ServiceNode', id: tableId }, ...others];

    const answers: unknown[] = [];
    const cost = await restaurant.statementsOf(async () => {
      const { data } = await restaurant.subgraph.run(viewers.waiter, REFERENCES, { references });
      answers.push(...data?.['_entities']);
    });
    const unseen = await restaurant.subgraph.run(viewers.stranger, REFERENCES, { references: references.slice(0, 2) });

    const label = `T${tables}`;
    expect(answers.slice(0, 3)).toEqual([{ covers: 2, state: 'OPEN', table: { label } }, { label }, null]);
    expect(cost).toBe(2);
    expect(unseen.data?.['_entities']).toEqual([null, null]);
  });
});

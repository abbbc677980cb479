import { brands, failures, openKitchen, outlets, viewers, wanted, type Kitchen } from '../orders.fixture.js';
import { SeatingReplicaEntity } from './seating-replica.entity.js';
import { TableReplicaEntity } from './table-replica.entity.js';

const at = { brandId: brands.ours, outletId: outlets.cafe };

describe('orders at tables', () => {
  let kitchen: Kitchen;
  let dish: string;
  beforeAll(async () => {
    kitchen = await openKitchen();
    dish = await kitchen.dish('Thali', '220');
    await table('nod_1', 1);
    await seat('sea_1', 'nod_1', 4);
  });
  afterAll(() => kitchen.subgraph.stop());

  const table = (id: string, version: number, facts: object = {}, place: { brandId: string; outletId: string } = at) =>
    kitchen.subgraph.hear('service-node.saved', {
      ...place,
      aggregateId: id,
      aggregateVersion: version,
      payload: { label: id, kind: 'TABLE', seats: 4, isRemoved: false, ...facts },
    });
  const seat = (id: string, serviceNodeId: string, covers: number, version = 1) =>
    kitchen.subgraph.hear('seating.opened', {
      ...at,
      aggregateId: id,
      aggregateVersion: version,
      payload: { serviceNodeId, covers },
    });
  const release = (id: string, serviceNodeId: string, version = 2) =>
    kitchen.subgraph.hear('seating.closed', {
      ...at,
      aggregateId: id,
      aggregateVersion: version,
      payload: { serviceNodeId },
    });
  const place = (more: object) => kitchen.send(viewers.waiter, 'placeOrder', wanted([dish], more));
  const replicas = async () => {
    const em = kitchen.subgraph.running.database.em.fork();
    return [await em.find(TableReplicaEntity, {}), await em.find(SeatingReplicaEntity, {})];
  };

  it.each([
    ['the table, whose party is taken', { tableId: 'nod_1' }],
    ['the party, whose table is taken', { seatingId: 'sea_1' }],
    ['both', { tableId: 'nod_1', seatingId: 'sea_1' }],
  ])('TS-03 takes %s', async (_name, more) => {
    const answer = await place(more);

    expect(answer.data?.['placeOrder'].order).toMatchObject({
      table: { id: 'nod_1' },
      seating: { id: 'sea_1' },
      covers: 4,
    });
  });

  it('takes an empty table without a party', async () => {
    await table('nod_2', 1);

    const answer = await place({ tableId: 'nod_2' });

    expect(answer.data?.['placeOrder'].order).toMatchObject({ table: { id: 'nod_2' }, seating: null, covers: 0 });
  });

  it('LES-07 refuses tables and parties of elsewhere, removed or gone, and changes nothing', async () => {
    await table('nod_bistro', 1, {}, { brandId: brands.ours, outletId: outlets.bistro });
    await table('nod_gone', 1, { isRemoved: true });
    await table('nod_3', 1);
    await seat('sea_3', 'nod_3', 2);
    await release('sea_3', 'nod_3');
    const before = await kitchen.rows();

    const answers = [];
    for (const more of [
      { tableId: 'nod_unknown' },
      { tableId: 'nod_bistro' },
      { tableId: 'nod_gone' },
      { seatingId: 'sea_unknown' },
      { tableId: 'nod_3', seatingId: 'sea_1' },
      { seatingId: 'sea_3' },
      { tableId: 'nod_1', fulfilmentType: 'PICKUP' },
    ])
      answers.push(failures(await place(more)));

    expect(answers).toMatchObject([
      ['NOT_FOUND'],
      ['NOT_FOUND'],
      ['NOT_FOUND'],
      ['NOT_FOUND'],
      ['NOT_FOUND'],
      [{ code: 'INVALID_STATE', field: ['seatingId'] }],
      [{ code: 'INVALID_INPUT', field: ['tableId'] }],
    ]);
    expect(await kitchen.rows()).toEqual(before);
  });

  it('hears the same or older news of tables and parties without effect', async () => {
    await table('nod_4', 3, { label: 'Window' });
    await seat('sea_4', 'nod_4', 2);
    await release('sea_4', 'nod_4');
    await seat('sea_5', 'nod_4', 6);
    const before = await replicas();

    await table('nod_4', 3, { label: 'Again' });
    await table('nod_4', 2, { label: 'Older' });
    await seat('sea_4', 'nod_4', 2);
    await release('sea_4', 'nod_4');
    await seat('sea_5', 'nod_4', 6);

    expect(await replicas()).toEqual(before);
    expect(before.flat()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: 'nod_4', label: 'Window', currentSeatingId: 'sea_5' }),
        expect.objectContaining({ id: 'sea_4', isOpen: false }),
        expect.objectContaining({ id: 'sea_5', isOpen: true, covers: 6 }),
      ]),
    );
  });
});

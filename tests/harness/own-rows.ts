import { change } from './change.js';
import type { TestClient } from './client.js';
import { newDevice, registerDevice } from './device.js';
import type { TestProduct } from './product.js';

const IDS = `query ($outletId: ID!) {
  menu(outletId: $outletId) { categories { items { id } } }
  serviceNodes(outletId: $outletId, kind: TABLE, first: 100) { edges { node { id } } }
}`;

/** Makes a row of the brand in tables that the demo leaves empty; returns the brand's id and an administrator of it. */
export async function addRows(
  twin: TestProduct,
  brandIndex: number,
): Promise<{ brandId: string; outletId: string; admin: TestClient }> {
  const { id: brandId = '', outlets: [outlet] = [] } = twin.demo.brands[brandIndex] ?? {};
  const outletId = outlet?.id ?? '';
  const admin = await twin.signIn('admin', brandIndex);
  const add = (mutation: string, facts: object, shows: string) => change(admin, mutation, { facts, shows });
  const { data } = (await admin.ask(IDS, { outletId })).body;
  const menuItemId = data?.['menu'].categories[0].items[0].id;
  const lines = [{ menuItemId, quantity: 1 }];
  const tableId = data?.['serviceNodes'].edges.at(-1).node.id;
  // Whose session and key others may not end.
  const waiter = await twin.signIn('waiter', brandIndex);
  const leave = { id: (await waiter.ask('{ me { id } }')).body.data?.['me'].id, isDeviceEnrolmentAllowed: true };
  await add('updateUser', leave, 'user { id }');
  await registerDevice(waiter, newDevice(), twin.demo.brands[brandIndex]?.users.waiter.password ?? '');
  await add('seatParty', { tableId, covers: 2 }, 'seating { id }');
  await add('createApiClient', { brandId, name: 'Matrix', documentIds: [] }, 'apiClient { id }');
  await add('createRole', { brandId, name: 'Matrix', permissions: ['orders.read'] }, 'role { id }');
  await add(
    'placeOrder',
    { outletId, fulfilmentType: 'PICKUP', channel: 'POS', lines, idempotencyKey: `matrix-${brandIndex}` },
    'order { id }',
  );
  await add('requestReport', { outletId, type: 'SALES', range: '7d', format: 'PDF' }, 'reportJob { id }');
  await twin.settle();
  return { brandId, outletId, admin };
}

import { addPerson } from './harness/callers.js';
import { change } from './harness/change.js';
import type { TestClient } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const FLOORS = 'query ($outletId: ID!) { floors(outletId: $outletId) { edges { node { id } } } }';
const WATCH = 'subscription ($outletId: ID!) { floorChanged(outletId: $outletId) { cursor } }';
const withinMs = 5_000;

describe('a change of rights', () => {
  let twin: TestProduct;
  let owner: TestClient;
  let brandId: string | undefined;
  let outletId: string | undefined;
  let number = 0;

  beforeAll(async () => {
    twin = await startTestProduct();
    owner = await twin.signIn('owner');
    const [brand] = twin.demo.brands;
    brandId = brand?.id;
    outletId = brand?.outlets[0]?.id;
  }, 120_000);
  afterAll(() => twin.stop());

  /** Somebody who holds a role of the brand's own, and what they see at the moment. */
  const addGuide = async (permissions: string[]) => {
    number += 1;
    const { role } = await change(owner, 'createRole', {
      facts: { brandId, name: `Guide ${number}`, permissions },
      shows: 'role { id }',
    });
    const { userId, client } = await addPerson(twin, { name: `guide${number}`, roleId: role.id });
    const { data } = (await client.ask('{ me { memberships { id } } }')).body;
    const codeOf = async () => {
      const { body } = await client.ask(FLOORS, { outletId });
      return body.errors?.[0]?.extensions['code'] ?? 'SEEN';
    };
    return { userId, client, roleId: role.id, membershipId: data?.['me'].memberships[0].id, codeOf };
  };

  const until = async (holds: () => boolean | Promise<boolean>): Promise<boolean> => {
    const start = performance.now();
    while (!(await holds())) {
      if (performance.now() - start > withinMs) return false;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return true;
  };

  const changes: [string, (guide: Awaited<ReturnType<typeof addGuide>>) => Promise<unknown>][] = [
    [
      'of the role',
      ({ roleId }) =>
        change(owner, 'updateRole', { facts: { id: roleId, permissions: ['orders.read'] }, shows: 'role { id }' }),
    ],
    [
      'of what the membership leaves out',
      ({ userId, roleId }) =>
        change(owner, 'assignRole', {
          facts: { userId, brandId, roleId, removedPermissions: ['floor.read'] },
          shows: 'membership { id }',
        }),
    ],
    [
      'of the membership itself',
      ({ membershipId }) => change(owner, 'revokeRole', { facts: { membershipId }, shows: 'membershipId' }),
    ],
  ];

  it.each(changes)('R11 ACC-30 %s is in force within seconds, on HTTP and on open sockets', async (_what, make) => {
    const guide = await addGuide(['floor.read', 'outlets.read']);
    expect(await until(async () => (await guide.codeOf()) === 'SEEN')).toBe(true);
    const open = guide.client.subscribe(WATCH, { outletId });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(open.errors).toEqual([]);

    await make(guide);

    expect(await until(async () => (await guide.codeOf()) === 'FORBIDDEN')).toBe(true);
    expect(await until(() => open.errors.length > 0)).toBe(true);
    await change(owner, 'createFloor', { facts: { outletId, name: `Terrace ${number}` }, shows: 'floor { id }' });
    await twin.settle();
    expect(open.events).toEqual([]);
    await open.close();
  });

  it('ACC-30 a permission that a role gains is there within seconds', async () => {
    const guide = await addGuide(['outlets.read']);
    expect(await guide.codeOf()).toBe('FORBIDDEN');

    await change(owner, 'updateRole', {
      facts: { id: guide.roleId, permissions: ['outlets.read', 'floor.read'] },
      shows: 'role { id }',
    });

    expect(await until(async () => (await guide.codeOf()) === 'SEEN')).toBe(true);
  });
});

import type { Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { listGrants } from '../membership/membership.queries.js';

describe('ACC-30 ACC-32 an account made with a role of the brand’s own', () => {
  let company: Company;
  let owner: Viewer;
  let number = 0;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const addRole = async (permissions: string[], brandId = company.ours): Promise<string> =>
    (await company.make('createRole', { brandId, name: `Role ${(number += 1)}`, permissions })).role.id;
  const newcomer = (role: object) => {
    number += 1;
    return { email: `own${number}@example.com`, name: 'New Comer', password, brandId: company.ours, ...role };
  };

  it('holds what the role says and nothing else, from the beginning', async () => {
    const roleId = await addRole(['kitchen.read', 'kitchen.work']);

    const { user } = await company.make('createUser', newcomer({ roleId, outletId: company.cafe }), owner);

    const em = company.subgraph.running.systemContext().em;
    expect(user.memberships).toEqual([{ id: expect.stringMatching(/^mem_/), role: null }]);
    expect(await listGrants(em, user.id)).toEqual([
      { role: roleId, brandId: company.ours, outletId: company.cafe, slugs: ['kitchen.read', 'kitchen.work'] },
    ]);
    expect(await company.eventsOf('rights.changed', user.id)).toEqual([]);
  });

  it('is made by who holds what the role allows, in the brand whose role it is', async () => {
    const above = await addRole(['brands.create']);
    const theirs = await addRole(['floor.read'], company.theirs);
    const before = await company.rows();

    const answers = [
      await company.send(owner, 'createUser', newcomer({ roleId: above })),
      await company.send(owner, 'createUser', newcomer({ roleId: 'ADMIN' })),
      await company.send(owner, 'createUser', newcomer({ roleId: theirs })),
      await company.send(administrator, 'createUser', newcomer({ roleId: theirs })),
      await company.send(owner, 'createUser', newcomer({ roleId: 'rol_missing' })),
    ];

    expect(answers.map(errorCode)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await company.rows()).toEqual(before);
  });

  it.each([
    ['no role', {}, 'Name a role: by role or by roleId.'],
    ['a role named twice', { role: 'WAITER', roleId: 'CHEF' }, 'Name the role once: by role or by roleId.'],
  ])('is not made with %s', async (_what, role, message) => {
    const before = await company.rows();

    const { data } = await company.send(owner, 'createUser', newcomer(role));

    expect(data?.['createUser']).toEqual({
      user: null,
      userErrors: [{ code: 'INVALID_INPUT', message, field: ['role'] }],
    });
    expect(await company.rows()).toEqual(before);
  });
});

import type { Viewer } from '../../../platform/domain/viewer.js';
import { errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';
import { listGrants } from '../membership/membership.queries.js';
import { roleTemplates } from '../role/role.templates.js';

const ASSIGN = `mutation ($input: AssignRoleInput!) { assignRole(input: $input) {
  membership { addedPermissions removedPermissions } userErrors { code field } } }`;

describe('what a membership adds and leaves out', () => {
  let company: Company;
  let owner: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const assign = async (viewer: Viewer, input: object) => {
    const answer = await company.subgraph.run(viewer, ASSIGN, { input });
    return { ...answer.data?.['assignRole'], code: errorCode(answer) };
  };
  const grantsOf = (userId: string) => listGrants(company.subgraph.running.systemContext().em, userId);

  it('ACC-30 a list that is absent stays as it is, an empty one is cleared', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const place = { userId: person.id, role: 'WAITER', brandId: company.ours };
    const lists: unknown[] = [];

    for (const stated of [
      { addedPermissions: ['orders.override'] },
      { removedPermissions: ['payments.take'] },
      { addedPermissions: ['menu.manage'], removedPermissions: null },
      { removedPermissions: [] },
      { addedPermissions: [] },
    ]) {
      const { membership } = await assign(owner, { ...place, ...stated });
      lists.push([membership.addedPermissions, membership.removedPermissions]);
    }

    expect(lists).toEqual([
      [['orders.override'], []],
      [['orders.override'], ['payments.take']],
      [['menu.manage'], ['payments.take']],
      [['menu.manage'], []],
      [[], []],
    ]);
  });

  it('ACC-30 nothing is added and left out at once, be it by two calls', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const place = { userId: person.id, role: 'WAITER', brandId: company.ours };
    const [adds, leavesOut] = [{ addedPermissions: ['menu.manage'] }, { removedPermissions: ['menu.manage'] }];

    const both = await assign(owner, { ...place, ...adds, ...leavesOut });
    await assign(owner, { ...place, ...adds });
    const later = await assign(owner, { ...place, ...leavesOut });
    await assign(owner, { ...place, addedPermissions: [], ...leavesOut });
    const back = await assign(owner, { ...place, ...adds });

    const refused = (field: string) => ({ membership: null, userErrors: [{ code: 'INVALID_INPUT', field: [field] }] });
    expect([both, later]).toMatchObject(Array(2).fill(refused('removedPermissions')));
    expect(back).toMatchObject(refused('addedPermissions'));
    expect((await grantsOf(person.id))[0]?.slugs).not.toContain('menu.manage');
  });

  it('ACC-17 what stays left out need not be held by who adds something', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const place = { userId: person.id, role: 'WAITER', brandId: company.ours };
    await assign(owner, { ...place, removedPermissions: ['payments.take'] });
    const slugs = ['users.manage', 'users.read', 'menu.manage', ...roleTemplates.WAITER];
    const without: Viewer = {
      ...owner,
      grants: [
        {
          role: 'TEST',
          brandId: company.ours,
          outletId: null,
          slugs: slugs.filter((slug) => slug !== 'payments.take'),
        },
      ],
    };

    const added = await assign(without, { ...place, addedPermissions: ['menu.manage'] });
    const lifted = await assign(without, { ...place, removedPermissions: [] });

    expect(added.membership).toMatchObject({
      addedPermissions: ['menu.manage'],
      removedPermissions: ['payments.take'],
    });
    expect(lifted.code).toBe('FORBIDDEN');
  });

  it.each([['role'], ['roleId']])('ACC-30 what is held already is named by %s, as it was sent', async (field) => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });

    const { userErrors } = await assign(owner, { userId: person.id, [field]: 'WAITER', brandId: company.ours });

    expect(userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: [field] }]);
  });
});

import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';
import { listGrants } from '../membership/membership.queries.js';
import { roleTemplates } from '../role/role.templates.js';

const SHOWN = `{ id role heldRole { id name } brand { id } outlet { id } permissions addedPermissions removedPermissions }`;
const ASSIGN = `mutation ($input: AssignRoleInput!) { assignRole(input: $input) { membership ${SHOWN} userErrors { code message field } } }`;

describe('giving roles', () => {
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
  const addGuest = async () => {
    const guest = await company.addPerson('CUSTOMER', { brandId: company.ours });
    await company.verify(guest.id);
    return guest;
  };
  const addRole = async (permissions: string[], brandId = company.ours) =>
    (await company.make('createRole', { brandId, name: `R ${permissions.join()} ${brandId}`, permissions })).role.id;

  it("ACC-30 a brand's own role allows what it says, at its place", async () => {
    const person = await addGuest();
    const roleId = await addRole(['kitchen.read']);
    const input = { userId: person.id, roleId, brandId: company.ours, outletId: company.cafe };

    const { membership } = await assign(owner, input);

    expect(membership).toEqual({
      id: expect.stringMatching(/^mem_/),
      role: null,
      heldRole: { id: roleId, name: expect.any(String) },
      brand: { id: company.ours },
      outlet: { id: company.cafe },
      permissions: ['kitchen.read'],
      addedPermissions: [],
      removedPermissions: [],
    });
    expect(await grantsOf(person.id)).toContainEqual({
      role: roleId,
      brandId: company.ours,
      outletId: company.cafe,
      slugs: ['kitchen.read'],
    });
  });

  it('ACC-30 a membership adds to its role and leaves out of it, and each change is told', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const place = { userId: person.id, role: 'WAITER', brandId: company.ours };

    const changed = await assign(owner, {
      ...place,
      addedPermissions: ['orders.override'],
      removedPermissions: ['payments.take', 'payments.read'],
    });
    const silent = await assign(owner, place);
    const cleared = await assign(owner, { ...place, addedPermissions: [], removedPermissions: [] });

    expect(changed.membership).toMatchObject({
      id: person.membershipId,
      role: 'WAITER',
      permissions: [...roleTemplates.WAITER.filter((slug) => !slug.startsWith('payments.')), 'orders.override'],
      addedPermissions: ['orders.override'],
      removedPermissions: ['payments.read', 'payments.take'],
    });
    expect(silent.userErrors).toMatchObject([{ code: 'ALREADY_EXISTS', field: ['role'] }]);
    expect(cleared.membership.permissions).toEqual(roleTemplates.WAITER);
    expect(await grantsOf(person.id)).toHaveLength(1);
    expect((await company.eventsOf('rights.changed', person.id)).map((event) => event.aggregateVersion)).toEqual([
      2, 3,
    ]);
  });

  it('ACC-30 an administrator without one permission is refused it alone', async () => {
    const person = await addGuest();
    const input = { userId: person.id, role: 'ADMIN', brandId: company.ours, removedPermissions: ['users.manage'] };

    await assign(administrator, input);

    const [, admin] = await grantsOf(person.id);
    expect(admin?.slugs).not.toContain('all');
    expect(admin?.slugs).not.toContain('users.manage');
    expect(admin?.slugs).toEqual(expect.arrayContaining(['users.read', 'api-clients.manage', 'menu.manage']));
  });

  it('ACC-17 nobody adds what they do not hold, nor lifts what somebody above left out', async () => {
    const person = await addGuest();
    const narrow: Viewer = {
      ...owner,
      grants: [
        {
          role: 'TEST',
          brandId: company.ours,
          outletId: null,
          slugs: ['users.read', 'outlets.read', 'users.manage', ...roleTemplates.CHEF, ...roleTemplates.CUSTOMER],
        },
      ],
    };
    const place = { userId: person.id, brandId: company.ours };
    await assign(owner, { ...place, role: 'WAITER', removedPermissions: roleTemplates.WAITER.slice(6) });
    const before = await company.rows();

    const codes = [
      await assign(owner, { ...place, role: 'CHEF', addedPermissions: ['brands.create'] }),
      await assign(owner, { ...place, role: 'CHEF', addedPermissions: ['all'] }),
      await assign(narrow, { ...place, role: 'CHEF', addedPermissions: ['payments.take'] }),
      await assign(narrow, { ...place, role: 'WAITER', removedPermissions: [] }),
      await assign(narrow, { ...place, role: 'MANAGER' }),
    ].map(({ code }) => code);

    expect(codes).toEqual(Array(5).fill('FORBIDDEN'));
    expect(await company.rows()).toEqual(before);
    // With the difference left out, what they hold is enough.
    const rest = roleTemplates.MANAGER.filter((slug) => !narrow.grants[0]?.slugs.includes(slug));
    expect((await assign(narrow, { ...place, role: 'MANAGER', removedPermissions: rest })).code).toBeUndefined();
  });

  it('ACC-17 nobody touches somebody who holds more there', async () => {
    const admin = await company.addPerson('ADMIN', { brandId: company.ours });
    const chef = await company.addPerson('CHEF', { brandId: company.ours, outletId: company.bistro });
    await company.make('assignRole', { userId: admin.id, role: 'STAFF', brandId: company.ours });
    const raised = { userId: chef.id, role: 'STAFF', brandId: company.ours, addedPermissions: ['brands.create'] };
    await company.make('assignRole', raised);
    const before = await company.rows();

    const answers = [
      await company.send(owner, 'assignRole', { userId: admin.id, role: 'CHEF', brandId: company.ours }),
      await company.send(owner, 'revokeRole', { membershipId: admin.membershipId }),
      await company.send(owner, 'assignRole', { ...raised, addedPermissions: [] }),
      await company.send(owner, 'revokeRole', { membershipId: chef.membershipId }),
    ];

    expect(answers.map(errorCode)).toEqual(Array(4).fill('FORBIDDEN'));
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 nobody changes what theirs adds or leaves out', async () => {
    const self = await company.addPerson('ADMIN', { brandId: company.ours });
    const viewer = holderOf('ADMIN', { brandId: company.ours, id: self.id });
    const before = await company.rows();

    const { code } = await assign(viewer, {
      userId: self.id,
      role: 'ADMIN',
      brandId: company.ours,
      addedPermissions: ['orders.read'],
    });

    expect(code).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 the whole installation is given by those who hold theirs there', async () => {
    const person = await company.addPerson('STAFF', { brandId: company.ours });
    const input = { userId: person.id, role: 'ANALYST' };
    const before = await company.rows();

    const refused = [
      await assign(anonymous, input),
      await assign(owner, input),
      await assign(holderOf('ADMIN', { brandId: company.ours }), input),
    ].map(({ code }) => code);
    expect(refused).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'FORBIDDEN']);
    expect(await company.rows()).toEqual(before);

    const { membership } = await assign(administrator, input);

    expect(membership).toMatchObject({ role: 'ANALYST', brand: null, outlet: null });
    // Now they hold more than the owner everywhere: only above the owner are their roles changed.
    const taken = [owner, holderOf('ADMIN', { brandId: company.ours }), administrator].map((viewer) =>
      company.send(viewer, 'revokeRole', { membershipId: membership.id }),
    );
    expect((await Promise.all(taken)).map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND', undefined]);
  });

  it("ACC-28 a brand's own role is held in no other brand", async () => {
    const person = await company.addPerson('STAFF', { brandId: company.ours });
    const own = await addRole(['floor.read']);
    const theirs = await addRole(['floor.read'], company.theirs);
    const before = await company.rows();

    const codes = [
      await assign(owner, { userId: person.id, roleId: theirs, brandId: company.ours }),
      await assign(administrator, { userId: person.id, roleId: theirs, brandId: company.ours }),
      await assign(administrator, { userId: person.id, roleId: own, brandId: company.theirs }),
      await assign(administrator, { userId: person.id, roleId: own }),
      await assign(owner, { userId: person.id, roleId: 'rol_missing', brandId: company.ours }),
    ].map(({ code }) => code);

    expect(codes).toEqual(Array(5).fill('NOT_FOUND'));
    expect(await company.rows()).toEqual(before);
  });

  it.each([
    ['no role', {}, 'role', 'Name a role: by role or by roleId.'],
    ['two roles', { role: 'CHEF', roleId: 'WAITER' }, 'role', 'Name the role once: by role or by roleId.'],
    ['an outlet without its brand', { role: 'CHEF', brandId: null, outletId: 'out_1' }, 'brandId'],
    ['an unknown permission to add', { role: 'CHEF', addedPermissions: ['moon.walk'] }, 'addedPermissions'],
    ['an unknown permission to leave out', { role: 'CHEF', removedPermissions: [''] }, 'removedPermissions'],
    ['everything left out', { role: 'CHEF', removedPermissions: ['all'] }, 'removedPermissions'],
  ])('ACC-30 is refused with %s', async (_what, facts, field, message = expect.any(String)) => {
    const person = await addGuest();
    const before = await company.rows();

    const answer = await assign(administrator, { userId: person.id, brandId: company.ours, ...facts });

    expect(answer).toMatchObject({
      membership: null,
      userErrors: [{ code: 'INVALID_INPUT', field: [field], message }],
    });
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 costs the same number of statements to read for one person and for twenty', async () => {
    for (let count = 0; count < 20; count += 1)
      await company.addPerson('CHEF', { brandId: company.ours, outletId: company.cafe });
    const list = (first: number) =>
      company.subgraph.run(owner, `{ users(first: ${first}) { edges { node { memberships ${SHOWN} } } } }`);

    const [one, twenty] = [await company.statementsOf(() => list(1)), await company.statementsOf(() => list(20))];

    expect(one).toBe(twenty);
    expect(one).toBeLessThanOrEqual(5);
  });

  it('ACC-30 changes a membership once when eight change it alike', async () => {
    const person = await company.addPerson('WAITER', { brandId: company.ours });
    const input = { userId: person.id, role: 'WAITER', brandId: company.ours, removedPermissions: ['payments.take'] };

    const answers = await Promise.all(Array.from({ length: 8 }, () => assign(owner, input)));

    const outcomes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'OK').toSorted();
    expect(outcomes).toEqual([...Array(7).fill('ALREADY_EXISTS'), 'OK']);
    expect(await company.eventsOf('rights.changed', person.id)).toHaveLength(1);
    expect(await grantsOf(person.id)).toHaveLength(1);
  });

  it('R11 a change of a role and a gift of it at once leave the receiver with what the role allows now', async () => {
    const roleId = await addRole(['orders.read']);
    const person = await addGuest();

    await Promise.all([
      company.make('updateRole', { id: roleId, permissions: ['floor.read'] }, owner),
      company.make('assignRole', { userId: person.id, roleId, brandId: company.ours }, owner),
    ]);
    const { data } = await company.subgraph.run(
      system,
      '{ users(first: 100) { edges { node { id memberships { heldRole { id } permissions } } } } }',
    );

    const edge = data?.['users'].edges.find(({ node }: any) => node.id === person.id);
    expect(edge.node.memberships).toContainEqual({ heldRole: { id: roleId }, permissions: ['floor.read'] });
  });
});

import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { permissionSlugs } from '../../../schema/permission-slugs.js';
import { administrator, errorCode, holderOf, openCompany, type Company } from '../accounts.fixture.js';
import { PermissionEntity } from './permission.entity.js';
import { RoleEntity } from './role.entity.js';
import { mostOwnRoles } from './role.operations.js';
import { provisionRoles } from './role-seed.operations.js';
import { roleTemplates } from './role.templates.js';

const ROLES = 'query ($brandId: ID) { roles(brandId: $brandId) { id code name permissions version brand { id } } }';
const ROLE = 'query ($id: ID!) { role(id: $id) { id code name permissions } }';

describe('roles of a brand', () => {
  let company: Company;
  let owner: Viewer;
  let stranger: Viewer;
  let number = 0;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    stranger = holderOf('OWNER', { brandId: company.theirs });
  });
  afterAll(() => company.subgraph.stop());

  const wish = (facts: object = {}) => {
    number += 1;
    return { brandId: company.ours, name: `Role ${number}`, permissions: ['orders.read', 'kitchen.read'], ...facts };
  };
  const add = async (facts: object = {}, viewer = owner) =>
    (await company.make('createRole', wish(facts), viewer)).role;
  const read = async (viewer: Viewer, variables = {}) => {
    const answer = await company.subgraph.run(viewer, ROLES, variables);
    return answer.data?.['roles'] ?? errorCode(answer);
  };
  const eight = (mutation: string, input: object) =>
    Promise.all(Array.from({ length: 8 }, () => company.send(owner, mutation, input)));

  it('ACC-30 permissions are stored with what they mean', async () => {
    const { data } = await company.subgraph.run(owner, '{ permissions { slug description } }');
    const byWaiter = await company.subgraph.run(
      holderOf('WAITER', { brandId: company.ours }),
      '{ permissions { slug } }',
    );

    const slugs = Object.entries(permissionSlugs).map(([slug, description]) => ({ slug, description }));
    expect(data?.['permissions']).toEqual(slugs.toSorted((one, other) => (one.slug < other.slug ? -1 : 1)));
    expect(errorCode(byWaiter)).toBe('FORBIDDEN');
  });

  it('ACC-30 are made of permissions and listed after the templates, for their own brand only', async () => {
    const role = await add({ name: '  Sommelier ', permissions: ['orders.read', 'inventory.read', 'orders.read'] });

    const facts = { code: null, name: 'Sommelier', permissions: ['inventory.read', 'orders.read'], version: 1 };
    expect(role).toEqual({ id: expect.stringMatching(/^rol_/), ...facts, brand: { id: company.ours } });
    const listed = await read(owner, { brandId: company.ours });
    expect(listed).toHaveLength(10);
    expect(listed[9]).toEqual(role);
    expect(listed[8]).toEqual({
      id: 'WAITER',
      code: 'WAITER',
      name: 'Waiter',
      permissions: roleTemplates.WAITER,
      version: 1,
      brand: null,
    });
    expect(await read(owner)).toHaveLength(9);
    expect(await read(stranger, { brandId: company.theirs })).toHaveLength(9);
    expect(await read(stranger, { brandId: company.ours })).toBe('NOT_FOUND');
    expect(await read(holderOf('WAITER', { brandId: company.ours }), { brandId: company.ours })).toBe('FORBIDDEN');
  });

  it('ACC-30 are read one by one, a template by its code', async () => {
    const { id } = await add();
    const ask = (viewer: Viewer, which: string) => company.subgraph.run(viewer, ROLE, { id: which });

    const manager = holderOf('MANAGER', { brandId: company.ours, outletId: company.cafe });
    expect((await ask(manager, id)).data?.['role'].id).toBe(id);
    expect((await ask(stranger, 'CHEF')).data?.['role'].permissions).toEqual(roleTemplates.CHEF);
    expect([await ask(stranger, id), await ask(owner, 'rol_missing')].map(errorCode)).toEqual([
      'NOT_FOUND',
      'NOT_FOUND',
    ]);
  });

  it('ACC-29 ACC-30 are made by those who manage people in the whole brand', async () => {
    const before = await company.rows();
    const { ours, cafe } = company;
    const refused: [Viewer, string][] = [
      [anonymous, 'UNAUTHENTICATED'],
      [holderOf('WAITER', { brandId: ours }), 'FORBIDDEN'],
      [holderOf('MANAGER', { brandId: ours }), 'FORBIDDEN'],
      [holderOf('OWNER', { brandId: ours, outletId: cafe }), 'FORBIDDEN'],
      [stranger, 'NOT_FOUND'],
    ];

    for (const [viewer, code] of refused)
      expect(errorCode(await company.send(viewer, 'createRole', wish()))).toBe(code);

    expect(await company.rows()).toEqual(before);
    for (const viewer of [owner, holderOf('ADMIN', { brandId: ours }), administrator]) await add({}, viewer);
  });

  it('ACC-17 are made and changed by nobody out of permissions they do not hold', async () => {
    const admin = holderOf('ADMIN', { brandId: company.ours });
    const plain = await add();
    const strong = await add({ permissions: ['brands.create'] }, admin);
    const before = await company.rows();

    const answers = [
      await company.send(owner, 'createRole', wish({ permissions: ['all'] })),
      await company.send(owner, 'createRole', wish({ permissions: ['orders.read', 'brands.create'] })),
      await company.send(owner, 'updateRole', { id: plain.id, permissions: ['all'] }),
      await company.send(owner, 'updateRole', { id: plain.id, permissions: ['brands.create'] }),
      // What somebody else's role allows is not theirs to take either.
      await company.send(owner, 'updateRole', { id: strong.id, permissions: [] }),
      await company.send(owner, 'updateRole', { id: strong.id, name: 'Weak' }),
    ];

    expect(answers.map(errorCode)).toEqual(Array(6).fill('FORBIDDEN'));
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 are changed by nobody who holds them, but for their name', async () => {
    const { id } = await add();
    const held = { role: id, brandId: company.ours, outletId: null, slugs: ['orders.read'] };
    const holder: Viewer = { ...owner, grants: [...owner.grants, held] };
    const before = await company.rows();

    const answer = await company.send(holder, 'updateRole', { id, permissions: ['menu.manage'] });

    expect(errorCode(answer)).toBe('FORBIDDEN');
    expect(await company.rows()).toEqual(before);
    await company.make('updateRole', { id, name: 'Their own role' }, holder);
  });

  it.each([
    ['an unknown permission', { permissions: ['orders.read', 'orders.eat'] }, 'INVALID_INPUT', 'permissions'],
    ['an empty name', { name: ' ' }, 'INVALID_INPUT', 'name'],
    ['a name of 81 characters', { name: 'x'.repeat(81) }, 'INVALID_INPUT', 'name'],
    ['the name of another', { name: 'TAKEN' }, 'ALREADY_EXISTS', 'name'],
  ])('ACC-30 are not made or renamed with %s', async (_what, facts, code, field) => {
    if (code === 'ALREADY_EXISTS') await add({ name: 'Taken' });
    const { id } = await add();
    const before = await company.rows();

    const made = await company.send(owner, 'createRole', wish(facts));
    const changed = await company.send(owner, 'updateRole', { id, ...facts });

    const refusal = { role: null, userErrors: [{ code, message: expect.any(String), field: [field] }] };
    expect([made.data?.['createRole'], changed.data?.['updateRole']]).toEqual([refusal, refusal]);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 are at most a hundred', async () => {
    const brandId = (await company.make('createBrand', { name: 'Many' })).brand.id;
    const em = company.subgraph.running.database.em.fork();
    const names = Array.from({ length: mostOwnRoles - 1 }, (_, index) => `n${index}`);
    await em.insertMany(
      RoleEntity,
      names.map((name) => ({ id: `rol_${name}`, brandId, name, nameKey: name, slugs: [], version: 1 })),
    );

    await add({ brandId }, administrator);
    const answer = await company.send(administrator, 'createRole', wish({ brandId }));

    expect(answer.data?.['createRole'].userErrors).toMatchObject([{ code: 'INVALID_STATE', field: ['brandId'] }]);
    expect(await read(administrator, { brandId })).toHaveLength(9 + mostOwnRoles);
  });

  it('ACC-30 change for everybody who holds them, which is told once', async () => {
    const role = await add();
    const person = await company.addPerson('STAFF', { brandId: company.ours });
    await company.make('assignRole', { userId: person.id, roleId: role.id, brandId: company.ours }, owner);
    const permissions = async () => {
      const query = '{ users(first: 100) { edges { node { id memberships { heldRole { id } permissions } } } } }';
      const { data } = await company.subgraph.run(owner, query);
      const edge = data?.['users'].edges.find(({ node }: any) => node.id === person.id);
      return edge.node.memberships.find(({ heldRole }: any) => heldRole.id === role.id).permissions;
    };

    const before = await permissions();
    await company.make('updateRole', { id: role.id, expectedVersion: 1, permissions: ['floor.read'] }, owner);
    await company.make('updateRole', { id: role.id, permissions: ['floor.read'] }, owner);
    const renamed = await company.make('updateRole', { id: role.id, name: 'Guide' }, owner);

    expect(before).toEqual(['kitchen.read', 'orders.read']);
    expect(await permissions()).toEqual(['floor.read']);
    expect(renamed.role).toEqual({ id: role.id, code: null, name: 'Guide', permissions: ['floor.read'], version: 3 });
    expect(await company.eventsOf('role.changed', role.id)).toEqual([
      {
        aggregateId: role.id,
        aggregateVersion: 2,
        brandId: company.ours,
        outletId: null,
        payload: { roleId: role.id },
      },
    ]);
  });

  it('ACC-30 templates and roles of others are changed by nobody, nor what changed meanwhile', async () => {
    const role = await add();
    const theirs = await add({ brandId: company.theirs }, stranger);
    const before = await company.rows();

    const template = await company.send(administrator, 'updateRole', { id: 'WAITER', permissions: ['all'] });
    const stale = await company.send(owner, 'updateRole', { id: role.id, expectedVersion: 7, name: 'Late' });
    const refused = [
      await company.send(anonymous, 'updateRole', { id: role.id, name: 'X' }),
      await company.send(holderOf('MANAGER', { brandId: company.ours }), 'updateRole', { id: role.id, name: 'X' }),
      await company.send(owner, 'updateRole', { id: theirs.id, name: 'X' }),
      await company.send(owner, 'updateRole', { id: 'rol_missing', name: 'X' }),
    ];

    expect(template.data?.['updateRole'].userErrors).toMatchObject([{ code: 'INVALID_STATE', field: ['id'] }]);
    expect(stale.data?.['updateRole'].userErrors).toMatchObject([
      { code: 'VERSION_CONFLICT', field: ['expectedVersion'] },
    ]);
    expect(refused.map(errorCode)).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND']);
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-30 of one name are made once when eight make them, and changed once at one version', async () => {
    const made = await eight('createRole', wish({ name: 'Once' }));
    const id = made.flatMap(({ data }) => data?.['createRole'].role?.id ?? [])[0];
    const changed = await eight('updateRole', { id, expectedVersion: 1, permissions: ['floor.read'] });

    const outcomes = (answers: typeof made, mutation: string) =>
      answers.map(({ data }) => data?.[mutation].userErrors[0]?.code ?? 'OK').toSorted();
    expect(outcomes(made, 'createRole')).toEqual([...Array(7).fill('ALREADY_EXISTS'), 'OK']);
    expect(outcomes(changed, 'updateRole')).toEqual(['OK', ...Array(7).fill('VERSION_CONFLICT')]);
    expect(await company.eventsOf('role.changed', id)).toHaveLength(1);
  });

  it('ACC-30 templates and permissions are brought in step with the code by eight starts at once, told once', async () => {
    const em = company.subgraph.running.database.em.fork();
    await em.nativeUpdate(RoleEntity, { id: 'CHEF' }, { slugs: ['kitchen.work'] });
    await em.nativeDelete(RoleEntity, { id: 'ANALYST' });
    await em.insert(PermissionEntity, { slug: 'moon.walk', description: 'Forgotten.' });
    const { version } = await em.findOneOrFail(RoleEntity, { id: 'CHEF' });

    await Promise.all(
      Array.from({ length: 8 }, () => company.subgraph.running.systemContext().unitOfWork(provisionRoles)),
    );

    expect(await read(system)).toMatchObject(
      Object.entries(roleTemplates)
        .map(([code, permissions]) => ({ code, permissions }))
        .toSorted((one, other) => (one.code < other.code ? -1 : 1)),
    );
    expect(await em.fork().count(PermissionEntity, {})).toBe(Object.keys(permissionSlugs).length);
    expect((await company.eventsOf('role.changed', 'CHEF')).map(({ aggregateVersion }) => aggregateVersion)).toEqual([
      version + 1,
    ]);
  });
});

import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';

const USERS = 'query ($brandId: ID) { users(brandId: $brandId, first: 100) { edges { node { id } } } }';
const ROLES = '{ roles { code permissions } }';
const REFERENCES = `query ($references: [_Any!]!) { _entities(representations: $references) { ... on User { id } } }`;

describe('what is seen of people', () => {
  let company: Company;
  let owner: Viewer;
  let stranger: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    stranger = holderOf('OWNER', { brandId: company.theirs });
  });
  afterAll(() => company.subgraph.stop());

  const idsFor = async (viewer: Viewer, variables = {}) => {
    const { data } = await company.subgraph.run(viewer, USERS, variables);
    return data?.['users'].edges.map(({ node }: { node: { id: string } }) => node.id);
  };

  it('ACC-30 roles are stored at the start and told to those who may see people', async () => {
    const answer = await company.subgraph.run(owner, ROLES);
    const byWaiter = await company.subgraph.run(holderOf('WAITER', { brandId: company.ours }), ROLES);

    const codes = answer.data?.['roles'].map(({ code }: { code: string }) => code);
    expect(codes).toEqual([
      'ADMIN',
      'ANALYST',
      'CHEF',
      'CUSTOMER',
      'INTEGRATOR',
      'MANAGER',
      'OWNER',
      'STAFF',
      'WAITER',
    ]);
    expect(answer.data?.['roles'][0]).toEqual({ code: 'ADMIN', permissions: ['all'] });
    expect(errorCode(byWaiter)).toBe('FORBIDDEN');
  });

  it('ACC-28 ACC-32 are seen where the viewer may see people, without roles elsewhere', async () => {
    const { id, membershipId } = await company.addPerson('CHEF', {
      brandId: company.theirs,
      outletId: company.foreign,
    });
    await company.make('assignRole', { userId: id, role: 'CHEF', brandId: company.ours, outletId: company.bistro });
    const manager = (outletId: string) => holderOf('MANAGER', { brandId: company.ours, outletId });
    const memberships = async (viewer: Viewer) => {
      const { data } = await company.subgraph.run(
        viewer,
        '{ users(first: 100) { edges { node { id memberships { id } } } } }',
      );
      return data?.['users'].edges.find(({ node }: { node: { id: string } }) => node.id === id)?.node.memberships
        .length;
    };

    expect(await idsFor(stranger)).toEqual([id]);
    expect(await idsFor(manager(company.bistro))).toEqual([id]);
    expect(await idsFor(manager(company.cafe))).not.toContain(id);
    expect(await idsFor(administrator, { brandId: company.theirs })).toEqual([id]);
    expect([await memberships(stranger), await memberships(owner), await memberships(administrator)]).toEqual([
      1, 1, 2,
    ]);
    expect(errorCode(await company.subgraph.run(owner, USERS, { brandId: company.theirs }))).toBe('NOT_FOUND');
    expect(errorCode(await company.subgraph.run(holderOf('CHEF', { brandId: company.ours }), USERS, {}))).toBe(
      'FORBIDDEN',
    );
    expect(errorCode(await company.send(owner, 'revokeRole', { membershipId }))).toBe('NOT_FOUND');
  });

  it('ACC-32 without any role are seen and taken on by an administrator of the installation only', async () => {
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { user { id } } }';
    const input = { email: 'guest@example.com', name: 'Guest', password };
    const { data } = await company.subgraph.run(anonymous, register, { input });
    const userId = data?.['register'].user.id;

    const role = { userId, role: 'WAITER', brandId: company.ours };
    const byOwner = await company.send(owner, 'assignRole', role);
    const seen = [await idsFor(owner), await idsFor(administrator)].map((ids) => ids.includes(userId));

    expect(errorCode(byOwner)).toBe('NOT_FOUND');
    expect(seen).toEqual([false, true]);
    await company.verify(userId);
    await company.make('assignRole', role);
    expect(await idsFor(owner)).toContain(userId);
  });

  it('are resolved as references in the order asked, oneself always, unseen ones as null', async () => {
    const ours = await company.addPerson('WAITER', { brandId: company.ours });
    const theirs = await company.addPerson('WAITER', { brandId: company.theirs });
    const references = [theirs, { id: 'usr_missing' }, ours].map(({ id }) => ({ __typename: 'User', id }));
    const waiter = holderOf('WAITER', { brandId: company.theirs, id: theirs.id });

    const answers = [owner, administrator, waiter].map((viewer) =>
      company.subgraph.run(viewer, REFERENCES, { references }),
    );

    expect((await Promise.all(answers)).map(({ data }) => data?.['_entities'])).toEqual([
      [null, null, { id: ours.id }],
      [{ id: theirs.id }, null, { id: ours.id }],
      [{ id: theirs.id }, null, null],
    ]);
  });
});

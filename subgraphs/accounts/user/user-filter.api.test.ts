import type { Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { UserProfileEntity } from './user.entity.js';

const USERS = `query ($filter: UserFilter) {
  users(first: 100, filter: $filter) { edges { node { profile { name } } } }
}`;

describe('a filtered list of people', () => {
  let company: Company;
  let owner: Viewer;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
    const add = async (name: string, role: string, facts: object) => {
      const input = { name, role, email: `${name}@example.com`, password, ...facts };
      ids[name] = (await company.make('createUser', input)).user.id;
    };
    await add('ann', 'WAITER', { brandId: company.ours, phone: '+912255501000', username: 'Ann.Baker' });
    await add('bob', 'WAITER', { brandId: company.ours, outletId: company.cafe, phone: '+912255501000' });
    await add('cleo', 'CHEF', { brandId: company.ours, outletId: company.bistro });
    await add('dan', 'CHEF', { brandId: company.ours, outletId: company.cafe });
    await add('eve', 'WAITER', { brandId: company.theirs, phone: '+912255509000' });
    await company.make('deactivateUser', { id: ids['dan'] });
  });
  afterAll(() => company.subgraph.stop());

  const namesFor = async (viewer: Viewer, filter: object) => {
    const answer = await company.subgraph.run(viewer, USERS, { filter });
    const names = answer.data?.['users']?.edges.map(({ node }: { node: any }) => node.profile.name);
    return names ?? errorCode(answer);
  };

  it.each<[string, (company: Company) => object, unknown]>([
    ['nothing', () => ({}), ['ann', 'bob', 'cleo', 'dan']],
    ['a role', () => ({ role: 'WAITER' }), ['ann', 'bob']],
    ['those in use', () => ({ status: 'ACTIVE' }), ['ann', 'bob', 'cleo']],
    ['those out of use', () => ({ status: 'INACTIVE' }), ['dan']],
    ['a role and a status', () => ({ role: 'CHEF', status: 'ACTIVE' }), ['cleo']],
    ['a brand', ({ ours }) => ({ brandId: ours }), ['ann', 'bob', 'cleo', 'dan']],
    ['an outlet, the whole brand included', ({ cafe }) => ({ outletId: cafe }), ['ann', 'bob', 'dan']],
    ['an outlet and a role', ({ bistro }) => ({ outletId: bistro, role: 'CHEF' }), ['cleo']],
    ['an address in other letters', () => ({ text: ' ANN@Example.com' }), ['ann']],
    ['a phone number two share', () => ({ text: '+91 (22) 5550-1000' }), ['ann', 'bob']],
    ['a user name', () => ({ text: 'ann.baker' }), ['ann']],
    ['a part of an address', () => ({ text: 'ann@' }), []],
    ['a part of a name', () => ({ text: 'ann' }), []],
    ['an address of another brand', () => ({ text: 'eve@example.com' }), []],
    ['a phone number of another brand', () => ({ text: '+912255509000' }), []],
    ['another brand', ({ theirs }) => ({ brandId: theirs }), 'NOT_FOUND'],
    ['an outlet of another brand', ({ foreign }) => ({ outletId: foreign }), 'NOT_FOUND'],
    ['an outlet there is none', () => ({ outletId: 'out_missing' }), 'NOT_FOUND'],
  ])('ACC-32 ACC-33 by %s shows the owner exactly whom it should', async (_what, filter, expected) => {
    expect(await namesFor(owner, filter(company))).toEqual(expected);
  });

  it('ACC-32 shows the administrator of the installation people of every brand', async () => {
    expect(await namesFor(administrator, { role: 'WAITER' })).toEqual(['ann', 'bob', 'eve']);
    expect(await namesFor(administrator, { text: 'eve@example.com' })).toEqual(['eve']);
    expect(await namesFor(administrator, { brandId: company.theirs, status: 'ACTIVE' })).toEqual(['eve']);
  });

  it('ACC-28 shows a manager of one outlet only people of that outlet', async () => {
    const manager = holderOf('MANAGER', { brandId: company.ours, outletId: company.bistro });

    expect(await namesFor(manager, {})).toEqual(['cleo']);
    expect(await namesFor(manager, { text: 'ann@example.com' })).toEqual([]);
    expect(await namesFor(manager, { outletId: company.cafe })).toBe('NOT_FOUND');
  });

  it('X-06 finds phone numbers of profiles from before', async () => {
    const em = company.subgraph.running.database.em.fork();
    await em.nativeUpdate(
      UserProfileEntity,
      { userId: ids['cleo'] ?? '' },
      { phone: '+912255507777', phoneKey: null, name: 'cleo' },
    );

    expect(await namesFor(owner, { text: '+91 22 5550 7777' })).toEqual(['cleo']);
  });
});

import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { listGrants } from '../membership/membership.queries.js';
import { UserEntity } from '../user/user.entity.js';

const ME = '{ me { memberships { id role } } }';

describe('ACC-34 joining a further brand as a guest', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => void (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const viewerOf = (id: string): Viewer => ({ kind: 'USER', id, sessionId: 'ses_1', version: 1, grants: [] });
  const guestOf = async (brandId: string): Promise<Viewer> => {
    const input = { email: `joining${(number += 1)}@example.com`, name: 'Guest', password, brandId };
    return viewerOf((await company.make('register', input, anonymous)).user.id);
  };
  const save = (viewer: Viewer, more: object = {}) =>
    company.send(viewer, 'saveCustomerProfile', { brandId: company.ours, diets: ['VEGAN'], ...more });
  const membershipsOf = async (viewer: Viewer) => (await company.subgraph.run(viewer, ME)).data?.['me'].memberships;
  const grantsOf = ({ id }: Viewer) => listGrants(company.subgraph.running.systemContext().em, id);
  const versionOf = async ({ id }: Viewer) =>
    (await company.subgraph.running.database.em.fork().findOneOrFail(UserEntity, { id })).rightsVersion;
  const membership = { id: expect.stringMatching(/^mem_/), role: 'CUSTOMER' };

  it('is done by the first profile of one’s own, and told as a change of rights', async () => {
    const guest = await guestOf(company.theirs);

    const { data } = await save(guest);
    await save(guest, { diets: [] });

    expect(data?.['saveCustomerProfile']).toMatchObject({ customerProfile: { diets: ['VEGAN'] }, userErrors: [] });
    expect(await membershipsOf(guest)).toEqual([membership, membership]);
    expect((await grantsOf(guest)).map(({ brandId }) => brandId)).toEqual([company.theirs, company.ours]);
    const told = { aggregateId: guest.id, brandId: company.ours, outletId: null, payload: { userId: guest.id } };
    expect(await company.eventsOf('rights.changed', guest.id)).toEqual([{ ...told, aggregateVersion: 2 }]);
    expect(await versionOf(guest)).toBe(2);
    const manager = holderOf('MANAGER', { brandId: company.ours });
    expect((await save(manager, { userId: guest.id, diets: ['JAIN'] })).errors).toBeUndefined();
  });

  it('is done once when eight ask at once', async () => {
    const guest = await guestOf(company.theirs);

    const answers = await Promise.all(Array.from({ length: 8 }, () => save(guest)));

    expect(answers.map(({ data }) => data?.['saveCustomerProfile'].userErrors)).toEqual(Array(8).fill([]));
    expect(await membershipsOf(guest)).toHaveLength(2);
    expect(await company.eventsOf('rights.changed', guest.id)).toHaveLength(1);
    expect(await versionOf(guest)).toBe(2);
  });

  it('is nothing new to who holds a role there, in one outlet or everywhere', async () => {
    const waiter = await company.addPerson('WAITER', { brandId: company.ours, outletId: company.cafe });
    const admin = await company.addPerson('ADMIN', { brandId: company.theirs });
    await company.make('assignRole', { userId: admin.id, role: 'ADMIN' }, administrator);
    const people = [viewerOf(waiter.id), viewerOf(admin.id), await guestOf(company.ours)];
    const before = await Promise.all(people.map(versionOf));

    for (const person of people) expect((await save(person)).errors).toBeUndefined();

    expect((await Promise.all(people.map(grantsOf))).map(({ length }) => length)).toEqual([1, 2, 1]);
    expect(await Promise.all(people.map(versionOf))).toEqual(before);
  });

  it('is not done by staff, by a brand that is closed, or by a profile that is refused', async () => {
    const guest = await guestOf(company.theirs);
    const manager = holderOf('MANAGER', { brandId: company.ours });
    const closed = (await company.make('createBrand', { name: 'Closed' })).brand.id;
    await company.make('updateBrand', { id: closed, isActive: false });
    const before = await company.rows();

    await save(manager, { userId: guest.id });
    await save(guest, { brandId: closed });
    await save(guest, { dietaryNote: 'x'.repeat(501) });

    expect(await company.rows()).toEqual(before);
  });

  it('is not done again for who left or was sent away', async () => {
    const guest = await guestOf(company.theirs);
    await save(guest);
    const [, joined] = await membershipsOf(guest);
    await company.make('revokeRole', { membershipId: joined.id });

    await save(guest, { diets: [] });

    expect(await membershipsOf(guest)).toHaveLength(1);
  });
});

import { newId } from '../../../platform/domain/id.js';
import { errorCode, holderOf, manyRowsMs, openCompany, type Company } from '../accounts.fixture.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';
import { sealEmail, sealName } from './user.vault.js';

const USERS = `query ($brandId: ID, $first: Int! = 25, $after: String) {
  users(brandId: $brandId, first: $first, after: $after) {
    edges { node { id profile { name } memberships { role } } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

describe('a list of people', () => {
  let company: Company;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  // Stored as createUser stores them, but without the work of a hundred password hashes.
  const addPeople = async (count: number) => {
    const { vault } = company.subgraph.running.systemContext();
    const em = company.subgraph.running.database.em.fork();
    for (let index = 0; index < count; index += 1) {
      const id = newId('usr');
      const email = `${id.toLowerCase()}@example.com`;
      await em.insert(UserEntity, {
        ...new UserEntity(),
        id,
        ...sealEmail(vault, email),
        passwordHash: 'none',
        createdAt: company.subgraph.clock.now(),
      });
      await em.insert(UserProfileEntity, {
        ...new UserProfileEntity(),
        userId: id,
        name: sealName(vault, `Person ${id}`),
      });
      for (const roleId of ['WAITER', 'CHEF'] as const) {
        await em.insert(MembershipEntity, {
          id: newId('mem'),
          userId: id,
          roleId,
          brandId: company.ours,
          outletId: null,
        });
      }
    }
  };

  it(
    'ACC-32 costs the same statements for 1, 20 and 100 people with profile and roles',
    async () => {
      const owner = holderOf('OWNER', { brandId: company.ours });
      const costs: number[] = [];
      let made = 0;
      for (const size of [1, 20, 100]) {
        await addPeople(size - made);
        made = size;
        costs.push(
          await company.statementsOf(async () => {
            const { data } = await company.subgraph.run(owner, USERS, { first: 100 });
            expect(data?.['users'].edges).toHaveLength(size);
            const last = data?.['users'].edges[size - 1].node;
            expect(last.profile.name).toBe(`Person ${last.id}`);
            expect(last.memberships).toHaveLength(2);
          }),
        );
      }

      expect(costs).toEqual([3, 3, 3]);
    },
    manyRowsMs,
  );

  it('is pages that hold everybody once, and a page of 101 is refused', async () => {
    const owner = holderOf('OWNER', { brandId: company.theirs });
    const people: string[] = [];
    for (let index = 0; index < 5; index += 1)
      people.push((await company.addPerson('WAITER', { brandId: company.theirs })).id);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await company.subgraph.run(owner, USERS, { brandId: company.theirs, first: 2, after });
      expect(data?.['users'].pageInfo.hasPreviousPage).toBe(after !== null);
      seen.push(...data?.['users'].edges.map(({ node }: { node: { id: string } }) => node.id));
      after = data?.['users'].pageInfo.hasNextPage ? data?.['users'].pageInfo.endCursor : null;
    } while (after !== null);
    const tooMany = await company.subgraph.run(owner, USERS, { first: 101 });

    expect(seen).toEqual(people.toSorted());
    expect(errorCode(tooMany)).toBe('BAD_USER_INPUT');
  });
});

import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { roleTemplates } from '../role/role.templates.js';
import { UserEntity } from '../user/user.entity.js';
import { emailOf } from '../user/user.vault.js';

const LOGIN =
  'mutation ($input: LoginInput!) { login(input: $input) { refreshToken user { id } userErrors { code } } }';
const REFRESH =
  'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken userErrors { code } } }';
const AUTHENTICATE = 'query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status } }';
const USER = 'query ($id: ID!) { user(id: $id) { id isActive isAdmin isStaff profile { name } memberships { role } } }';

describe('accounts of others', () => {
  let company: Company;
  let owner: Viewer;

  beforeAll(async () => {
    company = await openCompany();
    owner = holderOf('OWNER', { brandId: company.ours });
  });
  afterAll(() => company.subgraph.stop());

  const waiter = () => company.addPerson('WAITER', { brandId: company.ours });
  const emailOfPerson = async (id: string) => {
    const { database, systemContext } = company.subgraph.running;
    return emailOf(systemContext().vault, await database.em.fork().findOneOrFail(UserEntity, { id }));
  };
  const signIn = async (id: string) => {
    const input = { identifier: await emailOfPerson(id), password };
    return (await company.subgraph.run(anonymous, LOGIN, { input })).data?.['login'];
  };
  const statusOf = async (refreshToken: string) => {
    const sessionId = refreshToken.split('.')[0];
    return (await company.subgraph.run(system, AUTHENTICATE, { sessionId })).data?.['authenticate'].status;
  };

  it('ACC-32 are read one by one by those who may see people', async () => {
    const { id } = await waiter();
    const ask = (viewer: Viewer, userId = id) => company.subgraph.run(viewer, USER, { id: userId });

    const answer = await ask(owner);
    const refused = [
      await ask(holderOf('OWNER', { brandId: company.theirs })),
      await ask(owner, 'usr_missing'),
      await ask(holderOf('WAITER', { brandId: company.ours, id })),
      await ask(anonymous),
    ];

    expect(answer.data?.['user']).toEqual({
      id,
      isActive: true,
      isAdmin: false,
      isStaff: true,
      profile: { name: expect.stringMatching(/^Person/) },
      memberships: [{ role: 'WAITER' }],
    });
    expect(refused.map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });

  it('ACC-32 are changed by who could hand out all they hold', async () => {
    const { id } = await waiter();

    const { user } = await company.make('updateUser', { id, name: 'Renamed', phone: '+912255503000' }, owner);

    expect(user).toMatchObject({ id, isActive: true, profile: { name: 'Renamed', phone: '+912255503000' } });
    expect(await company.eventsOf('rights.changed', id)).toEqual([]);
  });

  it('ACC-32 R11 end at once: sessions, refreshes and sign-ins, and their rights are told to have changed', async () => {
    const { id } = await waiter();
    const sessions = [await signIn(id), await signIn(id)];

    const { user } = await company.make('deactivateUser', { id }, owner);
    const again = await company.make('deactivateUser', { id }, owner);

    expect([user, again.user]).toEqual(Array(2).fill({ id, isActive: false }));
    for (const { refreshToken } of sessions) {
      expect(await statusOf(refreshToken)).toBe('REVOKED');
      const refreshed = await company.subgraph.run(anonymous, REFRESH, { input: { refreshToken } });
      expect(refreshed.data?.['refreshToken']).toMatchObject({ accessToken: null, userErrors: [expect.anything()] });
    }
    expect((await signIn(id)).userErrors).toEqual([{ code: 'INVALID_CREDENTIALS' }]);
    expect(await company.eventsOf('rights.changed', id)).toEqual([
      { aggregateId: id, aggregateVersion: 2, brandId: '', outletId: null, payload: { userId: id } },
    ]);
  });

  it('ACC-32 come back by updateUser, without the sessions they had', async () => {
    const { id } = await waiter();
    const { refreshToken } = await signIn(id);
    await company.make('updateUser', { id, isActive: false }, owner);
    expect(await statusOf(refreshToken)).toBe('REVOKED');

    const { user } = await company.make('updateUser', { id, isActive: true }, owner);

    expect(user).toMatchObject({ id, isActive: true });
    expect(await statusOf(refreshToken)).toBe('REVOKED');
    expect((await signIn(id)).user).toEqual({ id });
    const versions = (await company.eventsOf('rights.changed', id)).map((event) => event.aggregateVersion);
    expect(versions).toEqual([2, 3]);
  });

  it('ACC-17 nobody deactivates or changes themselves this way', async () => {
    const { id } = await company.addPerson('OWNER', { brandId: company.ours });
    const self = holderOf('OWNER', { brandId: company.ours, id });
    const before = await company.rows();

    const answers = [
      await company.send(self, 'deactivateUser', { id }),
      await company.send(self, 'updateUser', { id, isActive: false }),
      await company.send(self, 'updateUser', { id, name: 'Self' }),
    ];

    expect(answers.map(errorCode)).toEqual(Array(3).fill('FORBIDDEN'));
    expect(new Set(answers.map(({ errors }) => errors?.[0]?.message))).toEqual(
      new Set(['Nobody changes their own account so: change what you tell by updateMe.']),
    );
    expect(await company.rows()).toEqual(before);
  });

  it('ACC-17 S3 S4 are out of reach for who does not hold all they hold, everywhere they hold it', async () => {
    const admin = await company.addPerson('ADMIN', { brandId: company.ours });
    const both = await waiter();
    await company.make('assignRole', { userId: both.id, role: 'WAITER', brandId: company.theirs });
    const theirs = await company.addPerson('WAITER', { brandId: company.theirs });
    const person = await waiter();
    const brand = { brandId: company.ours };
    const cafeOwner = holderOf('OWNER', { ...brand, outletId: company.cafe });
    const before = await company.rows();
    const cases: [Viewer, string, string][] = [
      [owner, admin.id, 'FORBIDDEN'],
      // Whoever works for another brand too is not this brand's to end.
      [owner, both.id, 'FORBIDDEN'],
      [owner, theirs.id, 'NOT_FOUND'],
      [owner, 'usr_missing', 'NOT_FOUND'],
      [cafeOwner, person.id, 'NOT_FOUND'],
      [holderOf('MANAGER', brand), person.id, 'FORBIDDEN'],
      [holderOf('WAITER', brand), person.id, 'FORBIDDEN'],
      [anonymous, person.id, 'UNAUTHENTICATED'],
    ];

    for (const [viewer, id, code] of cases) {
      const answers = [
        await company.send(viewer, 'deactivateUser', { id }),
        await company.send(viewer, 'updateUser', { id, name: 'Changed', isActive: false }),
      ];
      expect(answers.map(errorCode)).toEqual([code, code]);
    }
    expect(await company.rows()).toEqual(before);
    await company.make('deactivateUser', { id: both.id }, administrator);
  });

  it('ACC-17 S3 who hold no role are changed and ended by nobody who does not hand out roles everywhere', async () => {
    const { user } = await company.make('register', { email: 'guest@example.com', name: 'Guest', password }, anonymous);
    const everywhere = (role: 'MANAGER' | 'OWNER'): Viewer => ({
      ...administrator,
      grants: [{ role, brandId: null, outletId: null, slugs: roleTemplates[role] }],
    });
    const before = await company.rows();

    const answers = [];
    for (const facts of [{ isActive: false }, { isTotpEnabled: false }, { username: 'somebody.else' }])
      answers.push(await company.send(everywhere('MANAGER'), 'updateUser', { id: user.id, ...facts }));
    answers.push(await company.send(everywhere('MANAGER'), 'deactivateUser', { id: user.id }));

    expect(answers.map(errorCode)).toEqual(Array(4).fill('FORBIDDEN'));
    expect(await company.rows()).toEqual(before);
    await company.make('deactivateUser', { id: user.id }, everywhere('OWNER'));
  });

  it('ACC-32 end once when eight end them', async () => {
    const { id } = await waiter();
    await signIn(id);

    const answers = await Promise.all(Array.from({ length: 8 }, () => company.send(owner, 'deactivateUser', { id })));

    expect(answers.map(({ data }) => data?.['deactivateUser'].user?.isActive)).toEqual(Array(8).fill(false));
    expect(await company.eventsOf('rights.changed', id)).toHaveLength(1);
  });

  it('ACC-32 R11 nobody is signed in after the end, however close the two come', async () => {
    const { id } = await waiter();

    const [signedIn] = await Promise.all([
      Promise.all(Array.from({ length: 6 }, () => signIn(id))),
      company.make('deactivateUser', { id }, owner),
    ]);

    const tokens = signedIn.flatMap(({ refreshToken }) => refreshToken ?? []);
    expect(await Promise.all(tokens.map(statusOf))).toEqual(tokens.map(() => 'REVOKED'));
  });
});

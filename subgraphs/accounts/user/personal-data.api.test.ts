import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { errorCode, holderOf, openCompany, password, type Company } from '../accounts.fixture.js';
import { administrator } from '../accounts.fixture.js';
import { UserEntity, UserProfileEntity } from './user.entity.js';

const LOGIN = `mutation ($input: LoginInput!) {
  login(input: $input) { user { id isAdmin isStaff memberships { role } } userErrors { code } }
}`;
const ME = '{ me { id email isAdmin isStaff isEmailVerified isTotpEnabled deviceEnrolment profile { name phone } } }';
const REFERENCE = `query ($references: [_Any!]!) {
  _entities(representations: $references) { ... on User { email profile { name phone } } }
}`;

describe('personal data of accounts', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const newcomer = (facts: object = {}) => {
    number += 1;
    return { email: `Guest.${number}@Example.com`, name: 'Asha Rao', phone: '+91 22 5550 1000', password, ...facts };
  };
  const register = async (facts: object = {}) => {
    const input = newcomer(facts);
    return { input, user: (await company.make('register', input, anonymous)).user };
  };
  const rowsOf = async (id: string) => {
    const em = company.subgraph.running.database.em.fork();
    return {
      user: await em.findOneOrFail(UserEntity, { id }),
      profile: await em.findOneOrFail(UserProfileEntity, { userId: id }),
    };
  };
  const viewerOf = (id: string): Viewer => ({ kind: 'USER', id, sessionId: 'ses_1', version: 1, grants: [] });

  it('X-06 ACC-01 are sealed in the tables and open in the answer, profile and all in one registration', async () => {
    const { input, user } = await register({ username: 'Asha.1', locale: 'en-in' });

    const rows = await rowsOf(user.id);
    const stored = JSON.stringify(rows);
    expect(user).toMatchObject({ email: input.email, username: 'Asha.1' });
    expect(user.profile).toEqual({ name: 'Asha Rao', phone: '+912255501000', locale: 'en-IN' });
    expect([rows.user.email, rows.profile.name, rows.profile.phone]).toEqual(
      Array(3).fill(expect.stringMatching(/^v1\.k1\.[\w-]{40,}$/)),
    );
    expect([rows.user.emailKey, rows.profile.phoneKey]).toEqual(Array(2).fill(expect.stringMatching(/^[0-9a-f]{64}$/)));
    for (const open of ['guest', 'Asha Rao', '2255501000']) expect(stored.toLowerCase()).not.toContain(open);
    expect(await company.eventsOf('user.saved', user.id)).toEqual([
      { aggregateId: user.id, aggregateVersion: 1, brandId: '', outletId: null, payload: { isActive: true } },
    ]);
  });

  it('X-06 are open to their owner and by reference, and the same texts are never sealed alike', async () => {
    const [one, two] = [await register(), await register()];
    const references = [{ __typename: 'User', id: one.user.id }];

    const me = await company.subgraph.run(viewerOf(one.user.id), ME);
    const entities = await company.subgraph.run(administrator, REFERENCE, { references });

    const profile = { name: 'Asha Rao', phone: '+912255501000' };
    expect(me.data?.['me']).toEqual({
      id: one.user.id,
      email: one.input.email,
      isAdmin: false,
      isStaff: false,
      isEmailVerified: false,
      isTotpEnabled: false,
      deviceEnrolment: 'NONE',
      profile,
    });
    expect(entities.data?.['_entities']).toEqual([{ email: one.input.email, profile }]);
    const [first, second] = [await rowsOf(one.user.id), await rowsOf(two.user.id)];
    expect(first.profile.name).not.toBe(second.profile.name);
    expect(first.profile.phoneKey).toBe(second.profile.phoneKey);
  });

  it('X-06 that were altered in the table are not shown at all', async () => {
    const [one, two] = [await register(), await register()];
    const em = company.subgraph.running.database.em.fork();
    const { profile } = await rowsOf(two.user.id);
    // A sealed phone number put where a name belongs: right key, wrong place.
    await em.nativeUpdate(UserProfileEntity, { userId: one.user.id }, { name: profile.phone ?? '' });

    const answer = await company.subgraph.run(viewerOf(one.user.id), '{ me { profile { name } } }');

    expect(errorCode(answer)).toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(answer)).not.toContain('55501000');
  });

  it('ACC-09 who signs in or registers sees the roles that are theirs, and nobody the roles of somebody else', async () => {
    const { input, user } = await register({ brandId: company.ours });
    const waiter = await company.addPerson('WAITER', { brandId: company.ours });
    const em = company.subgraph.running.database.em.fork();
    const { vault } = company.subgraph.running.systemContext();
    const { email } = await em.findOneOrFail(UserEntity, { id: waiter.id });

    const signedIn = async (identifier: string) => {
      const { data } = await company.subgraph.run(anonymous, LOGIN, { input: { identifier, password } });
      return data?.['login'].user;
    };

    expect(user.memberships).toEqual([{ id: expect.any(String), role: 'CUSTOMER' }]);
    expect([user.isAdmin, user.isStaff]).toEqual([false, false]);
    expect(await signedIn(input.email)).toEqual({
      id: user.id,
      isAdmin: false,
      isStaff: false,
      memberships: [{ role: 'CUSTOMER' }],
    });
    expect(await signedIn(vault.open(email, 'user.email'))).toMatchObject({
      isAdmin: false,
      isStaff: true,
      memberships: [{ role: 'WAITER' }],
    });
    // The next request of the same nobody sees nothing of it.
    const later = await company.subgraph.run(anonymous, REFERENCE, {
      references: [{ __typename: 'User', id: user.id }],
    });
    expect(later.data?.['_entities']).toEqual([null]);
  });

  it('X-06 ACC-01 of accounts from before are read and found as they are, and no second account is made', async () => {
    const em = company.subgraph.running.database.em.fork();
    const { user } = await register();
    const before = { email: 'Old.Hand@Example.com', emailKey: 'old.hand@example.com' };
    await em.nativeUpdate(UserEntity, { id: user.id }, before);
    const plain = { name: 'v1.k1 is my name', phone: '+912255502000', phoneKey: null };
    await em.nativeUpdate(UserProfileEntity, { userId: user.id }, plain);

    const me = await company.subgraph.run(viewerOf(user.id), ME);
    const login = await company.subgraph.run(anonymous, LOGIN, {
      input: { identifier: 'OLD.HAND@example.com', password },
    });
    const rows = await company.rows();
    const owner = holderOf('OWNER', { brandId: company.ours });
    const again = await company.send(owner, 'createUser', {
      ...newcomer({ email: 'old.hand@example.com' }),
      role: 'WAITER',
      brandId: company.ours,
    });

    expect(me.data?.['me']).toMatchObject({ email: before.email, profile: { name: plain.name, phone: plain.phone } });
    expect(login.data?.['login'].user.id).toBe(user.id);
    expect(again.data?.['createUser']).toMatchObject({ userErrors: [{ code: 'ALREADY_EXISTS', field: ['email'] }] });
    expect(await company.rows()).toEqual(rows);
  });

  it('X-06 nobody signs in with the key an address is found by', async () => {
    const { user } = await register();
    const { emailKey } = (await rowsOf(user.id)).user;

    for (const identifier of [emailKey, `${emailKey}@`, `@${emailKey}`]) {
      const answer = await company.subgraph.run(anonymous, LOGIN, { input: { identifier, password } });
      expect(answer.data?.['login'].userErrors).toEqual([{ code: 'INVALID_CREDENTIALS' }]);
    }
  });

  it('ACC-01 one address makes one account when eight register at once, in eight spellings', async () => {
    const emails = ['once@example.com', 'Once@example.com', 'ONCE@EXAMPLE.COM', ' once@example.com '];
    const spellings = [...emails, ...emails];

    const em = company.subgraph.running.database.em;
    const before = await em.fork().count(UserEntity);

    const answers = await Promise.all(
      spellings.map((email) => company.send(anonymous, 'register', newcomer({ email: email.trim() }))),
    );

    // All are answered alike, so that nobody learns who has an account.
    expect(answers.map(({ data }) => data?.['register'].userErrors)).toEqual(Array(8).fill([]));
    expect(await em.fork().count(UserEntity)).toBe(before + 1);
  });

  it('ACC-28 a brand that is no more takes no guests, and then there is no account either', async () => {
    const before = await company.rows();

    const answers = [
      await company.send(anonymous, 'register', newcomer({ brandId: 'brd_missing' })),
      await company.send(holderOf('OWNER', { brandId: company.ours }), 'register', newcomer({ brandId: 'x' })),
    ];

    expect(answers.map(errorCode)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await company.rows()).toEqual(before);
  });
});

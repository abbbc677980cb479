import { OutboxEventEntity } from '../../../platform/data/outbox.entity.js';
import { administrator, password } from '../accounts.fixture.js';
import { MembershipEntity } from '../membership/membership.entity.js';
import { TwoStepPeople } from '../second-factor/second-factor.fixture.js';
import { SessionEntity } from '../session/session.entity.js';
import { UserEntity } from '../user/user.entity.js';
import { GoogleIdentityEntity } from './google.entity.js';
import { PeopleOfGoogle, refused } from './google.fixture.js';

const CREATE_BRAND = 'mutation ($input: CreateBrandInput!) { createBrand(input: $input) { brand { id } } }';

describe('ACC-11 signing in with Google', () => {
  let people: PeopleOfGoogle;
  let brandId: string;

  beforeAll(async () => {
    people = await PeopleOfGoogle.open();
    const { data } = await people.subgraph.run(administrator, CREATE_BRAND, { input: { name: 'Ours' } });
    brandId = data?.['createBrand'].brand.id;
  });
  afterAll(() => people.stop());

  it('makes an account for whoever comes for the first time, in the brand whose app it is, and finds it the next time', async () => {
    const claims = people.stranger();

    const first = await people.signIn(claims, { brandId, deviceId: 'phone-1' });
    const second = await people.signIn(claims);

    expect(first).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      secondFactorToken: null,
      user: {
        id: expect.stringMatching(/^usr_/),
        email: claims.email,
        username: null,
        isEmailVerified: true,
        profile: { name: claims.name },
        memberships: [{ role: 'CUSTOMER' }],
      },
      userErrors: [],
    });
    expect(second.user).toEqual(first.user);
    const userId = first.user.id;
    expect(await people.fork().find(SessionEntity, { userId }, { orderBy: { id: 'asc' } })).toMatchObject([
      { method: 'GOOGLE', deviceId: 'phone-1' },
      { method: 'GOOGLE', deviceId: null },
    ]);
    expect(await people.fork().findOneOrFail(UserEntity, { id: userId })).toMatchObject({ passwordHash: null });
    expect(await people.fork().find(MembershipEntity, { userId, brandId })).toMatchObject([{ roleId: 'CUSTOMER' }]);
    const events = await people.fork().find(OutboxEventEntity, { aggregateId: userId }, { orderBy: { id: 'asc' } });
    expect(events.map(({ type }) => type)).toEqual(['user.saved', 'google.linked']);
  });

  it('leaves somebody without a password no way in by password', async () => {
    const claims = people.stranger();
    await people.signIn(claims);

    for (const secret of ['', password, 'null']) {
      expect(await people.byPassword(claims.email, secret)).toEqual({
        user: null,
        userErrors: [{ code: 'INVALID_CREDENTIALS' }],
      });
    }
  });

  it('keeps to the account when the address changes at Google, even to that of somebody else', async () => {
    const [claims, other] = [people.stranger(), await people.member()];
    const { user } = await people.signIn(claims);

    const moved = await people.signIn({ ...claims, email: 'moved@example.com' });
    const taken = await people.signIn({ ...claims, email: other.claims.email });
    const unverified = await people.signIn({ ...claims, email_verified: false });

    expect([moved.user, taken.user, unverified.user]).toEqual([user, user, user]);
  });

  it('signs in an account from before whose address both sides know to be theirs, in whatever letters', async () => {
    const { id, claims } = await people.member();

    const answer = await people.signIn({ ...claims, email: claims.email.toUpperCase() });

    expect(answer.user).toMatchObject({ id, email: claims.email, profile: { name: 'Here Before' } });
    expect(await people.fork().find(GoogleIdentityEntity, { userId: id })).toHaveLength(1);
  });

  it('refuses alike, and links nothing, where one side does not know the address to be theirs', async () => {
    const hijacker = await people.member({ isEmailVerified: false });
    const victim = await people.member();
    const before = await people.rows();

    const answers = [
      // Somebody registered the address and waits for its owner to come by Google.
      await people.signIn(hijacker.claims),
      // Somebody at Google says they have an address that is somebody's here, or nobody's.
      await people.signIn({ ...victim.claims, email_verified: false }),
      await people.signIn({ ...people.stranger(), email_verified: false }),
      await people.signIn({ ...people.stranger(), email_verified: undefined }),
    ];

    expect(answers).toEqual(Array(4).fill(refused));
    expect(await people.rows()).toEqual(before);
  });

  it('refuses a second account at Google with the address of one that is linked', async () => {
    const { claims } = await people.member();
    await people.signIn(claims);
    const before = await people.rows();

    expect(await people.signIn({ ...claims, sub: 'another' })).toEqual(refused);
    expect(await people.rows()).toEqual(before);
  });

  it('ACC-32 refuses whoever was sent away alike, linked or not', async () => {
    const [linked, not] = [await people.member(), await people.member({ isEmailVerified: true, isActive: false })];
    await people.signIn(linked.claims);
    await people.change(linked.id, { isActive: false });
    const before = await people.rows();

    expect([await people.signIn(linked.claims), await people.signIn(not.claims)]).toEqual([refused, refused]);
    expect(await people.rows()).toEqual(before);
  });

  it.each([
    ['nobody shares', undefined],
    ['cannot be shown', 'A\u202eB'],
    ['is too long', 'x'.repeat(121)],
    ['is empty', ' '],
  ])('calls somebody whose name %s by their mailbox', async (_what, name) => {
    const claims = { ...people.stranger(), name };

    expect((await people.signIn(claims)).user.profile.name).toBe(claims.email.split('@')[0]);
  });

  it('ACC-18 asks people with a second step for it', async () => {
    const steps = new TwoStepPeople(people.subgraph);
    const person = await steps.twoSteps();
    await people.change(person.id, { isEmailVerified: true });
    // Two-step people let time pass; Google's clock has stood still.
    const iat = Math.floor(people.subgraph.clock.now().getTime() / 1_000);
    const claims = { ...people.stranger(), email: person.email, iat, exp: iat + 3_600 };

    const { secondFactorToken, ...rest } = await people.signIn(claims, { deviceId: 'phone-2' });
    const wrong = await steps.second(secondFactorToken, steps.wrongCodeOf(person.secret));
    const answer = await steps.second(secondFactorToken, steps.codeOf(person.secret));

    expect(rest).toEqual({ accessToken: null, refreshToken: null, user: null, userErrors: [] });
    expect(wrong.userErrors).toMatchObject([{ code: 'INVALID_CODE', field: ['code'] }]);
    expect(answer).toMatchObject({ accessToken: expect.any(String), user: { id: person.id }, userErrors: [] });
    const sessions = await people.fork().find(SessionEntity, { userId: person.id, deviceId: 'phone-2' });
    expect(sessions).toMatchObject([{ method: 'SECOND_FACTOR' }]);
  });

  it.each([
    ['for the first time', async () => ({ claims: people.stranger() })],
    ['to an account from before', () => people.member()],
  ])('makes one of many who come at once %s', async (_what, somebody) => {
    for (let round = 0; round < 4; round += 1) {
      const { claims } = await somebody();
      const idToken = await people.google.sign(claims);

      const answers = await Promise.all(Array.from({ length: 8 }, () => people.enter({ idToken })));

      const ids = new Set(answers.map(({ user }) => user?.id));
      expect([ids.size, answers.filter(({ accessToken }) => accessToken).length]).toEqual([1, 8]);
      const [userId = ''] = ids;
      expect(await people.fork().count(GoogleIdentityEntity, { userId })).toBe(1);
      expect(await people.fork().count(OutboxEventEntity, { type: 'google.linked', aggregateId: userId })).toBe(1);
    }
  });

  it('S25 keeps who somebody is at Google out of tables and events', async () => {
    const claims = { ...people.stranger(), sub: '104857600123456789' };
    await people.signIn(claims);

    const stored = JSON.stringify([await people.rows(), await people.fork().find(OutboxEventEntity, {})]);

    for (const secret of [claims.sub, claims.email, claims.name]) expect(stored).not.toContain(secret);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator } from '../accounts.fixture.js';
import { SessionEntity } from '../session/session.entity.js';
import { password, SignedInPeople } from '../session/session.fixture.js';
import { endSessions } from '../session/session.operations.js';
import { hashPassword } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';
import { lockUser } from '../user/user.queries.js';

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  accessToken refreshToken secondFactorToken user { id email profile { name } } userErrors { code field message } } }`;
const DEACTIVATE =
  'mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { user { id } userErrors { code } } }';
const nothing = { accessToken: null, refreshToken: null, secondFactorToken: null, user: null };

describe('login', () => {
  let people: SignedInPeople;

  beforeAll(async () => (people = await SignedInPeople.open()));
  afterAll(() => people.stop());

  const login = async (input: object, viewer: Viewer = anonymous) =>
    (await people.subgraph.run(viewer, LOGIN, { input: { password, ...input } })).data?.['login'];
  const userOf = (id: string) => people.subgraph.running.database.em.fork().findOneOrFail(UserEntity, { id });
  const sessionsOf = (userId: string) => people.subgraph.running.database.em.fork().find(SessionEntity, { userId });

  it('ACC-02 answers whoever signs in with themselves, and begins a session by password', async () => {
    const identifier = await people.person();

    const { accessToken, refreshToken, user, ...rest } = await login({ identifier });

    expect([user, rest]).toEqual([
      { id: expect.stringMatching(/^usr_/), email: identifier, profile: { name: 'A Person' } },
      { secondFactorToken: null, userErrors: [] },
    ]);
    expect(await people.verify(accessToken)).toEqual({ isActive: true, reason: null });
    expect(await sessionsOf(user.id)).toMatchObject([
      { id: refreshToken.split('.')[0], method: 'PASSWORD', deviceId: null, generation: 1 },
    ]);
  });

  it.each([
    ['a wrong password', { password: 'not the password' }],
    ['a name nobody has', { identifier: 'nobody@example.com' }],
    ['an empty name', { identifier: '' }],
    ['an empty password', { password: '' }],
  ])('S19 answers %s like all others, and begins nothing', async (_what, wrong) => {
    const identifier = await people.person();
    const { user } = await login({ identifier });

    const answer = await login({ identifier, ...wrong });

    expect(answer).toEqual({
      ...nothing,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: null, message: 'The name or the password is wrong.' }],
    });
    expect(await sessionsOf(user.id)).toHaveLength(1);
  });

  it('ACC-24 binds the session to the device it is told, and names the field of one too long', async () => {
    const identifier = await people.person();
    const { user } = await login({ identifier, deviceId: ' phone-1 ' });

    const tooLong = await login({ identifier, deviceId: 'x'.repeat(129) });

    expect(await sessionsOf(user.id)).toMatchObject([{ deviceId: 'phone-1' }]);
    expect(tooLong).toMatchObject({ ...nothing, userErrors: [{ code: 'INVALID_INPUT', field: ['deviceId'] }] });
  });

  it('R11 ACC-32 that meets a deactivation leaves no open session behind', async () => {
    for (let round = 0; round < 5; round += 1) {
      const identifier = await people.person();
      const { user } = await login({ identifier });

      const answers = Promise.all(Array.from({ length: 4 }, () => login({ identifier })));
      // While their passwords are compared.
      await sleep(round * 10);
      await people.subgraph.run(administrator, DEACTIVATE, { input: { id: user.id } });
      await answers;

      const open = (await sessionsOf(user.id)).filter(({ revokedAt }) => revokedAt === null);
      expect([(await userOf(user.id)).isActive, open]).toEqual([false, []]);
    }
  });

  it('S17 that meets a change of the password leaves no session begun with the old one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const identifier = await people.person();
      const { user } = await login({ identifier });

      const answers = Promise.all(Array.from({ length: 4 }, () => login({ identifier })));
      await changePassword(user.id);
      const begun = (await answers).flatMap(({ refreshToken }) => refreshToken ?? []);

      for (const token of begun)
        expect((await people.refresh(token)).userErrors).toMatchObject([{ code: 'TOKEN_REVOKED' }]);
      expect((await login({ identifier })).userErrors).toMatchObject([{ code: 'INVALID_CREDENTIALS' }]);
    }
  });

  // As whoever changes a password does it: the person locked, the new hash, the end of the sessions, one transaction.
  const changePassword = async (userId: string) => {
    const { unitOfWork, clock } = people.subgraph.running.systemContext();
    const passwordHash = await hashPassword('another horse battery');
    await unitOfWork(async (em) => {
      const user = await lockUser(em, userId);
      user.passwordHash = passwordHash;
      await endSessions(em, { userId, clock, reason: 'PASSWORD_CHANGED' });
    });
  };
});

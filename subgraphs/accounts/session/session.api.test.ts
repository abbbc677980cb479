import { anonymous, system, type Viewer } from '../../../platform/domain/viewer.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { accounts } from '../subgraph.js';

const password = 'correct horse battery';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id email profile { name } } userErrors { code message field } } }`;
const REFRESH = `mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken refreshToken userErrors { code field } } }`;
const LOGOUT = `mutation ($input: LogoutInput!) { logout(input: $input) { isSignedOut userErrors { code field } } }`;
const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { user { id email profile { name phone } } userErrors { code message field } } }`;
const AUTHENTICATE = `query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status kind id sessionId version grants { role brandId slugs } } }`;

describe('sessions', () => {
  let subgraph: TestSubgraph;
  let userId: string;
  const input = { email: 'Ann@Example.com', username: 'ann.b', name: 'Ann Baker', phone: '+91 22 5550 1000', password };

  const login = async (identifier: string, secret = password) =>
    (await subgraph.run(anonymous, LOGIN, { input: { identifier, password: secret } })).data?.['login'];
  const refresh = async (refreshToken: string) =>
    (await subgraph.run(anonymous, REFRESH, { input: { refreshToken } })).data?.['refreshToken'];
  const statusOf = async (token: string) => {
    const sessionId = token.split('.')[0];
    return (await subgraph.run(system, AUTHENTICATE, { sessionId })).data?.['authenticate'].status;
  };
  const ann = (): Viewer => ({ kind: 'USER', id: userId, sessionId: 'ses_1', grants: [], version: 1 });

  beforeAll(async () => {
    subgraph = await startTestSubgraph(accounts);
    const answer = await subgraph.run(anonymous, REGISTER, { input });
    expect(answer.data?.['register'].userErrors).toEqual([]);
    userId = answer.data?.['register'].user.id;
  });
  afterAll(() => subgraph.stop());

  it('ACC-01 registers a user together with a profile', async () => {
    const answer = await subgraph.run(ann(), '{ me { email username isActive profile { name phone } } }');

    expect(answer).toEqual({
      data: {
        me: {
          email: 'Ann@Example.com',
          username: 'ann.b',
          isActive: true,
          profile: { name: 'Ann Baker', phone: '+912255501000' },
        },
      },
    });
  });

  it.each([
    [
      'the same address in other letters',
      { ...input, email: 'aNN@example.com', username: 'other' },
      'ALREADY_EXISTS',
      ['email'],
    ],
    [
      'the same user name in other letters',
      { ...input, email: 'x@example.com', username: 'ANN.B' },
      'ALREADY_EXISTS',
      ['email'],
    ],
    [
      'a short password',
      { ...input, email: 'x@example.com', username: null, password: 'short' },
      'PASSWORD_TOO_WEAK',
      ['password'],
    ],
    ['a bad phone', { ...input, email: 'x@example.com', username: null, phone: '12' }, 'INVALID_INPUT', ['phone']],
    ['an empty name', { ...input, email: 'x@example.com', username: null, name: '  ' }, 'INVALID_INPUT', ['name']],
  ])('ACC-15 refuses to register with %s', async (_what, wrong, code, field) => {
    const answer = await subgraph.run(anonymous, REGISTER, { input: wrong });

    expect(answer.data?.['register']).toMatchObject({ user: null, userErrors: [{ code, field }] });
  });

  it.each([['ann@example.com'], ['ANN@EXAMPLE.COM'], ['ann.b'], ['Ann.B']])(
    'ACC-02 signs in as %s',
    async (identifier) => {
      const answer = await login(identifier);

      expect(answer).toMatchObject({ user: { id: userId, profile: { name: 'Ann Baker' } }, userErrors: [] });
    },
  );

  it('ACC-02 answers a wrong password and an unknown name alike', async () => {
    const wrong = await login('ann.b', 'not the password');
    const unknown = await login('nobody@example.com');

    expect(wrong).toEqual(unknown);
    expect(wrong.userErrors[0].code).toBe('INVALID_CREDENTIALS');
  });

  it('ACC-03 ACC-09 signs an access token for one hour that tells the roles', async () => {
    const { accessToken } = await login('ann.b');

    const claims = JSON.parse(Buffer.from(accessToken.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ sub: userId, iss: 'twinengine', aud: 'twinengine-api', roles: [], ver: 1 });
    expect(claims.exp - claims.iat).toBe(3_600);
  });

  it('ACC-05 rotates the refresh token and ends the session when an old one is used again', async () => {
    const first = await login('ann.b');

    const second = await refresh(first.refreshToken);
    const replayed = await refresh(first.refreshToken);
    const afterwards = await refresh(second.refreshToken);

    expect(second.userErrors).toEqual([]);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect([replayed.userErrors[0].code, afterwards.userErrors[0].code]).toEqual([
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
    ]);
    expect(await statusOf(first.refreshToken)).toBe('REVOKED');
  });

  it('ACC-05 lets exactly one of eight parallel refreshes win', async () => {
    const { refreshToken } = await login('ann.b');

    const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken)));

    expect(answers.filter((answer) => answer.userErrors.length === 0)).toHaveLength(1);
  });

  it('ACC-04 refuses a refresh token after seven days', async () => {
    const { refreshToken } = await login('ann.b');

    subgraph.clock.advance(7 * 86_400_000);

    expect((await refresh(refreshToken)).userErrors[0].code).toBe('INVALID_CREDENTIALS');
    expect(await statusOf(refreshToken)).toBe('UNKNOWN');
  });

  it('ACC-07 ACC-08 signs out with the own refresh token only', async () => {
    const { refreshToken } = await login('ann.b');
    const eve: Viewer = { ...ann(), id: 'usr_eve' };

    const byEve = await subgraph.run(eve, LOGOUT, { input: { refreshToken } });
    const statusAfterEve = await statusOf(refreshToken);
    const byAnn = await subgraph.run(ann(), LOGOUT, { input: { refreshToken } });

    expect(byEve.data?.['logout'].userErrors).toEqual([{ code: 'INVALID_CREDENTIALS', field: ['refreshToken'] }]);
    expect(statusAfterEve).toBe('ACTIVE');
    expect(byAnn.data?.['logout']).toEqual({ isSignedOut: true, userErrors: [] });
    expect(await statusOf(refreshToken)).toBe('REVOKED');
  });

  it('ACC-40 keeps the gateway field from everybody else', async () => {
    const answer = await subgraph.run(ann(), AUTHENTICATE, { sessionId: 'ses_1' });

    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });
});

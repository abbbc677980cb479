import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { startTestSubgraph, type TestSubgraph } from '../../../tests/harness/subgraph.js';
import { accounts } from '../subgraph.js';

const password = 'correct horse battery';
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken user { id email profile { name } } userErrors { code message field } } }`;
const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { user { id email profile { name phone } } userErrors { code message field } } }`;
const AUTHENTICATE = `query ($sessionId: ID) { authenticate(sessionId: $sessionId) { status kind id sessionId version grants { role brandId slugs } } }`;

describe('registering and signing in', () => {
  let subgraph: TestSubgraph;
  let userId: string;
  const input = { email: 'Ann@Example.com', username: 'ann.b', name: 'Ann Baker', phone: '+91 22 5550 1000', password };

  const login = async (identifier: string, secret = password) =>
    (await subgraph.run(anonymous, LOGIN, { input: { identifier, password: secret } })).data?.['login'];
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
      'the same user name in other letters',
      { ...input, email: 'x@example.com', username: 'ANN.B' },
      'ALREADY_EXISTS',
      ['username'],
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

  it('ACC-15 tells all that is wrong with a form at once', async () => {
    const wrong = { email: 'x@example.com', name: ' ', username: 'a b', phone: '12', locale: 'x y', password: 'short' };

    const answer = await subgraph.run(anonymous, REGISTER, { input: wrong });

    const { user, userErrors } = answer.data?.['register'] ?? {};
    const told = userErrors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
    expect(user).toBeNull();
    expect(told.toSorted()).toEqual([
      'INVALID_INPUT locale',
      'INVALID_INPUT name',
      'INVALID_INPUT phone',
      'INVALID_INPUT username',
      'PASSWORD_TOO_WEAK password',
    ]);
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

  it('ACC-40 keeps the gateway field from everybody else', async () => {
    const answer = await subgraph.run(ann(), AUTHENTICATE, { sessionId: 'ses_1' });

    expect(answer.errors?.[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });
});

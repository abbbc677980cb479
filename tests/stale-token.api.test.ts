import { addressKey, identifierKey } from '../platform/limits/limit-keys.js';
import { codeEntryLimit, loginLimit } from '../subgraphs/accounts/abuse/limit.rules.js';
import { clientWithKey, type HttpAnswer } from './harness/client.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const HOUR_MS = 3_600_000;
const ME = '{ me { id } }';
const VERIFY = 'query ($token: String!) { verifyToken(token: $token) { isActive reason } }';
const REFRESH =
  'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken userErrors { code } } }';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';
const LOGOUT = 'mutation ($input: LogoutInput!) { logout(input: $input) { isSignedOut userErrors { code } } }';
const DIGITS = 'mutation { verifyEmail(input: { code: "123456" }) { isEmailVerified userErrors { code } } }';
const ITEMS = 'query ($outletId: ID!) { menuItems(outletId: $outletId, first: 100) { edges { node { id } } } }';

describe('ACC-41 a client that sends its token along with everything', () => {
  const time = new ManualTime(quietAfternoon);
  let twin: TestProduct;

  beforeAll(async () => void (twin = await startTestProduct({ clock: time, generosity: 1 })), 120_000);
  afterAll(() => twin.stop());

  // Windows end by themselves: that is shown where limits are.
  beforeEach(async () => {
    const { limits } = twin.subgraphs.find(({ name }) => name === 'accounts')?.systemContext() ?? {};
    const names = Object.values(twin.demo.brands[0]?.users ?? {}).map(({ identifier }) => identifierKey(identifier));
    for (const rule of [loginLimit, codeEntryLimit]) await limits?.forget(rule, [addressKey('127.0.0.1'), ...names]);
  });

  const told = ({ status, body }: HttpAnswer) => [status, body.errors?.[0]?.extensions['code']];
  const credentials = () => {
    const user = twin.demo.brands[0]?.users.waiter;
    if (!user) throw new Error('The demo has no waiter.');
    return user;
  };

  /** Somebody whose session has just been ended. */
  const signedOut = async () => {
    const client = await twin.signIn('waiter');
    await client.ask(LOGOUT, { input: { refreshToken: client.refreshToken } });
    return client;
  };

  it('refreshes an expired one with it in the header', async () => {
    const client = await twin.signIn('waiter');
    time.advance(HOUR_MS);

    expect(told(await client.ask(ME))).toEqual([401, 'TOKEN_EXPIRED']);
    const { status, body } = await client.ask(REFRESH, { input: { refreshToken: client.refreshToken } });

    expect([status, body.data?.['refreshToken'].userErrors]).toEqual([200, []]);
    const renewed = { authorization: `Bearer ${body.data?.['refreshToken'].accessToken}` };
    expect((await client.ask(ME, {}, renewed)).body.data?.['me'].id).toMatch(/^usr_/);
  });

  it('signs in again with a revoked one in the header, and is told about it where it asks', async () => {
    const client = await signedOut();
    const refreshed = await client.ask(REFRESH, { input: { refreshToken: client.refreshToken } });
    const verified = await client.ask(VERIFY, { token: client.accessToken });
    const again = await client.ask(LOGIN, { input: credentials() });

    expect(told(await client.ask(ME))).toEqual([401, 'TOKEN_REVOKED']);
    const refused = { accessToken: null, userErrors: [{ code: 'TOKEN_REVOKED' }] };
    expect([refreshed.status, refreshed.body.data?.['refreshToken']]).toEqual([200, refused]);
    expect(verified.body.data?.['verifyToken']).toEqual({ isActive: false, reason: 'TOKEN_REVOKED' });
    expect(again.body.data?.['login']).toEqual({ accessToken: expect.any(String), userErrors: [] });
  });

  it('ACC-07 signs out with a good one only', async () => {
    const client = await twin.signIn('waiter');
    time.advance(HOUR_MS);
    const late = await client.ask(LOGOUT, { input: { refreshToken: client.refreshToken } });
    const refreshed = await client.ask(REFRESH, { input: { refreshToken: client.refreshToken } });

    expect(told(late)).toEqual([401, 'TOKEN_EXPIRED']);
    expect(refreshed.body.data?.['refreshToken'].userErrors).toEqual([]);
  });

  it('is told that it has expired by the public field that wants to know who asks', async () => {
    const client = await twin.signIn('waiter');
    time.advance(HOUR_MS);

    expect(told(await client.ask(DIGITS))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(told(await twin.nobody().ask(DIGITS))).toEqual([200, 'UNAUTHENTICATED']);
  });

  it('is told so at a menu too, where it would silently see what guests see', async () => {
    const client = await twin.signIn('manager');
    const outletId = twin.demo.brands[0]?.outlets[0]?.id;
    time.advance(HOUR_MS);

    expect(told(await client.ask(ITEMS, { outletId }))).toEqual([401, 'TOKEN_EXPIRED']);
    expect(told(await twin.nobody().ask(ITEMS, { outletId }))).toEqual([200, undefined]);
  });

  it('S10 is counted by its address as everybody is', async () => {
    const client = await signedOut();
    const statuses: number[] = [];
    for (let guess = 0; guess < 5; guess += 1)
      statuses.push((await client.ask(LOGIN, { input: { identifier: `guest${guess}`, password: 'wrong' } })).status);

    // Four more after the sign-in itself.
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    expect(told(await twin.nobody().ask(LOGIN, { input: credentials() }))).toEqual([429, 'RATE_LIMITED']);
  });

  it('S12 with a key that is not known is refused whatever it asks', async () => {
    const integrator = clientWithKey(twin.url, 'twk_unknown');
    const outletId = twin.demo.brands[0]?.outlets[0]?.id;

    for (const [query, variables] of [
      [ITEMS, { outletId }],
      [LOGIN, { input: credentials() }],
    ] as const)
      expect(told(await integrator.ask(query, variables))).toEqual([401, 'UNAUTHENTICATED']);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf, signIn, type TestClient, type TestSubscription } from './harness/client.js';
import { startTestProduct, type TestProduct } from './harness/product.js';

const SEAT = 'mutation ($input: SeatPartyInput!) { seatParty(input: $input) { userErrors { code } } }';
const RELEASE = 'mutation ($input: ReleaseTableInput!) { releaseTable(input: $input) { userErrors { code } } }';
const WATCH = 'subscription ($outletId: ID!) { floorChanged(outletId: $outletId) { cursor kind } }';
const TABLES =
  'query ($outletId: ID!) { serviceNodes(outletId: $outletId, kind: TABLE) { edges { node { id currentSeating { id } } } } }';
const HIRE = `mutation ($input: CreateUserInput!) { createUser(input: $input) {
  user { id memberships { id } } userErrors { code message } } }`;
const DEACTIVATE =
  'mutation ($input: DeactivateUserInput!) { deactivateUser(input: $input) { user { isActive } userErrors { code } } }';
const TAKE = 'mutation ($input: RevokeRoleInput!) { revokeRole(input: $input) { membershipId userErrors { code } } }';
const REVOKE =
  'mutation ($input: RevokeSessionsInput!) { revokeSessions(input: $input) { revokedCount userErrors { code } } }';
const REFRESH =
  'mutation ($input: RefreshTokenInput!) { refreshToken(input: $input) { accessToken userErrors { code } } }';
const VERIFY = 'query ($token: String!) { verifyToken(token: $token) { isActive reason } }';
const WITHIN_MS = 5_000;

interface Waiter {
  readonly id: string;
  readonly membershipId: string;
  readonly credentials: { readonly identifier: string; readonly password: string };
  readonly client: TestClient;
}

describe('whoever loses their rights', () => {
  let twin: TestProduct;
  let owner: TestClient;
  let outletId: string;
  let tables: string[];
  let people = 0;

  beforeAll(async () => {
    twin = await startTestProduct();
    owner = await twin.signIn('owner');
    outletId = twin.demo.brands[0]?.outlets[0]?.id ?? '';
    const { body } = await owner.ask(TABLES, { outletId });
    tables = body.data?.['serviceNodes'].edges
      .filter(({ node }: any) => node.currentSeating === null)
      .map(({ node }: any) => node.id);
    await twin.settle();
  }, 120_000);
  afterAll(() => twin.stop());

  const hire = async (): Promise<Waiter> => {
    people += 1;
    const credentials = { identifier: `waiter${people}@example.com`, password: 'correct horse battery' };
    const facts = { email: credentials.identifier, name: `Waiter ${people}`, password: credentials.password };
    const input = { ...facts, role: 'WAITER', brandId: twin.demo.brands[0]?.id };
    const { body } = await owner.ask(HIRE, { input });
    const user = body.data?.['createUser'].user;
    if (!user) throw new Error(`Nobody was hired: ${JSON.stringify(body)}`);
    // One gateway is asked over HTTP, and another, where there is one, over sockets.
    const client = await signIn(twin.url, credentials, twin.subscriptionUrl);
    return { id: user.id, membershipId: user.memberships[0].id, credentials, client };
  };
  const watching = async (client: TestClient): Promise<TestSubscription> => {
    const subscription = client.subscribe(WATCH, { outletId });
    // Nothing tells that it is open but an event.
    while (subscription.events.length === 0 && subscription.errors.length === 0) await somethingHappens();
    return subscription;
  };
  const somethingHappens = async () => {
    const tableId = tables[0];
    expect((await owner.ask(SEAT, { input: { tableId, covers: 1 } })).body.data?.['seatParty'].userErrors).toEqual([]);
    expect((await owner.ask(RELEASE, { input: { tableId } })).body.data?.['releaseTable'].userErrors).toEqual([]);
  };
  const codesOf = ({ errors }: TestSubscription) => errors.flat().map((error: any) => error.extensions?.code);

  /** Seats and releases parties at a table until it is refused; every answer with the time it was asked at. */
  const workAt = async ({ client }: Waiter, tableId: string | undefined, until: AbortSignal) => {
    const answers: { askedAt: number; code: string | null }[] = [];
    for (let step = 0; !until.aborted; step += 1) {
      const askedAt = performance.now();
      const { body } =
        step % 2 === 0
          ? await client.ask(SEAT, { input: { tableId, covers: 1 } })
          : await client.ask(RELEASE, { input: { tableId } });
      const payload = body.data?.['seatParty'] ?? body.data?.['releaseTable'];
      answers.push({ askedAt, code: body.errors?.[0]?.extensions['code'] ?? payload.userErrors[0]?.code ?? null });
    }
    return answers;
  };

  it('R11 S14 ACC-32 deactivated in the middle of work: nothing is accepted afterwards, the open socket ends, the tokens are dead', async () => {
    const waiter = await hire();
    const subscription = await watching(waiter.client);
    const enough = new AbortController();
    const working = [1, 2, 3].map((table) => workAt(waiter, tables[table], enough.signal));
    await sleep(300);

    const { body } = await owner.ask(DEACTIVATE, { input: { id: waiter.id } });
    const deactivatedAt = performance.now();
    const code = await subscription.closed;
    const closedAfterMs = performance.now() - deactivatedAt;
    await sleep(500);
    enough.abort();
    const answers = (await Promise.all(working)).flat();
    const seen = subscription.events.length;
    await somethingHappens();

    const accepted = answers.filter((answer) => answer.code === null);
    const refused = answers.filter((answer) => answer.code !== null);
    const lastAcceptedMs = Math.max(...accepted.map(({ askedAt }) => askedAt)) - deactivatedAt;
    process.stderr.write(
      `deactivated: ${accepted.length} accepted before, ${refused.length} refused after; the last accepted was asked ${Math.round(lastAcceptedMs)} ms after, the socket closed after ${Math.round(closedAfterMs)} ms\n`,
    );
    expect(body.data?.['deactivateUser']).toEqual({ user: { isActive: false }, userErrors: [] });
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(refused.map((answer) => answer.code))).toEqual(new Set(['TOKEN_REVOKED']));
    expect(lastAcceptedMs).toBeLessThan(WITHIN_MS);
    expect([code, codesOf(subscription)]).toEqual([4403, ['TOKEN_REVOKED']]);
    expect(closedAfterMs).toBeLessThan(WITHIN_MS);
    expect(subscription.events).toHaveLength(seen);

    const { accessToken, refreshToken } = waiter.client;
    const refreshed = await twin.nobody().ask(REFRESH, { input: { refreshToken } });
    const verified = await twin.nobody().ask(VERIFY, { token: accessToken });
    const again = await waiter.client.ask('{ me { id } }');
    expect(refreshed.body.data?.['refreshToken']).toEqual({
      accessToken: null,
      userErrors: [{ code: 'TOKEN_REVOKED' }],
    });
    expect(verified.body.data?.['verifyToken']).toEqual({ isActive: false, reason: 'TOKEN_REVOKED' });
    expect([again.status, again.body.errors?.[0]?.extensions['code']]).toEqual([401, 'TOKEN_REVOKED']);
    await expect(signIn(twin.url, waiter.credentials)).rejects.toThrow('INVALID_CREDENTIALS');
  });

  it('S14 ACC-41 whose lost phone is signed out from another device: its socket ends, the other goes on', async () => {
    const waiter = await hire();
    const phone = await watching(waiter.client);
    const desk = await signIn(twin.url, waiter.credentials, twin.subscriptionUrl);
    const other = await watching(desk);

    const { body } = await desk.ask(REVOKE, { input: { which: 'OTHERS' } });
    const code = await phone.closed;
    const seen = [phone.events.length, other.events.length];
    await somethingHappens();
    await other.take((seen[1] ?? 0) + 2);

    expect(body.data?.['revokeSessions']).toEqual({ revokedCount: 1, userErrors: [] });
    expect([code, codesOf(phone)]).toEqual([4403, ['TOKEN_REVOKED']]);
    expect(phone.events).toHaveLength(seen[0] ?? 0);
    expect((await desk.ask('{ me { id } }')).body.data?.['me'].id).toBe(waiter.id);
    await other.close();
  });

  it('S14 R11 whose role is taken: the subscription must be opened again and is refused, and so is what the role allowed', async () => {
    const waiter = await hire();
    const subscription = await watching(waiter.client);

    await owner.ask(TAKE, { input: { membershipId: waiter.membershipId } });
    const takenAt = performance.now();
    while (codesOf(subscription).length === 0 && performance.now() - takenAt < WITHIN_MS) await sleep(5);
    const refusedAfterMs = await refusalOf(waiter.client, takenAt);
    const seen = subscription.events.length;
    await somethingHappens();

    expect(codesOf(subscription)).toEqual(['RESYNC_REQUIRED']);
    expect(subscription.events).toHaveLength(seen);
    expect(refusedAfterMs).toBeLessThan(WITHIN_MS);
    const again = waiter.client.subscribe(WATCH, { outletId });
    while (again.errors.length === 0 && performance.now() - takenAt < 2 * WITHIN_MS) await sleep(5);
    expect(codesOf(again)).toEqual(['FORBIDDEN']);
    await Promise.all([subscription.close(), again.close()]);
  });

  const refusalOf = async (client: TestClient, sinceMs: number) => {
    for (;;) {
      const { body } = await client.ask(TABLES, { outletId });
      const afterMs = performance.now() - sinceMs;
      if (body.errors?.[0]?.extensions['code'] === 'FORBIDDEN' || afterMs > WITHIN_MS) return afterMs;
    }
  };

  it('S14 whose sockets are opened with a dead token is told so before anything else', async () => {
    const waiter = await hire();
    await waiter.client.ask(REVOKE, { input: { which: 'ALL' } });
    const { accessToken, refreshToken } = waiter.client;
    const subscription = clientOf(twin.url, { accessToken, refreshToken }, twin.subscriptionUrl).subscribe(WATCH, {
      outletId,
    });

    expect(await subscription.closed).toBe(4403);
    // The close itself is the error, and comes after the news of it.
    while (subscription.errors.length === 0) await sleep(5);
    expect(subscription.errors).toMatchObject([{ reason: 'TOKEN_REVOKED' }]);
    expect(subscription.events).toEqual([]);
  });
});

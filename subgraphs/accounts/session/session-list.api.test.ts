import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { SignedInPeople, type TestSession } from './session.fixture.js';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';
const client: Viewer = { kind: 'CLIENT', id: 'cli_1', sessionId: null, grants: [], version: 1 };

describe('the own sessions', () => {
  let people: SignedInPeople;

  beforeAll(async () => (people = await SignedInPeople.open()));
  afterAll(() => people.stop());

  it('ACC-08 ACC-41 are listed newest first, each with its device, and the one that asks is marked', async () => {
    const identifier = await people.person();
    const phone = await people.signIn({ identifier }, 'TwinEngine/1.0 (Android 15)');
    people.subgraph.clock.advance(60_000);
    const desk = await people.signIn({ identifier }, firefox);
    await people.signIn();
    const signedInAt = people.subgraph.clock.now().toISOString();
    people.subgraph.clock.advance(60_000);
    const refreshedAt = people.subgraph.clock.now();
    await people.refresh(phone.refreshToken, { userAgent: 'TwinEngine/1.1 (Android 15)' });

    const { edges } = await people.mine(desk.viewer);

    expect(edges.map(({ node }: any) => node)).toEqual([
      {
        id: desk.sessionId,
        method: 'PASSWORD',
        deviceLabel: 'Firefox on Linux',
        createdAt: signedInAt,
        lastUsedAt: signedInAt,
        expiresAt: new Date(refreshedAt.getTime() - 60_000 + 604_800_000).toISOString(),
        isCurrent: true,
      },
      expect.objectContaining({
        id: phone.sessionId,
        deviceLabel: 'TwinEngine app on Android',
        lastUsedAt: refreshedAt.toISOString(),
        expiresAt: new Date(refreshedAt.getTime() + 604_800_000).toISOString(),
        isCurrent: false,
      }),
    ]);
  });

  it('are paged, and end with their end', async () => {
    const identifier = await people.person();
    const sessions: TestSession[] = [];
    for (let count = 0; count < 5; count += 1) sessions.push(await people.signIn({ identifier }));
    const [first, , third] = sessions;
    if (!first || !third) throw new Error('There are five.');
    await people.revoke(first.viewer, { sessionIds: [third.sessionId] });

    const page = await people.mine(first.viewer, { first: 3 });
    const rest = await people.mine(first.viewer, { first: 3, after: page.pageInfo.endCursor });

    const ids = [...page.edges, ...rest.edges].map(({ node }: any) => node.id);
    expect([page.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(ids).toEqual([4, 3, 1, 0].map((index) => sessions[index]?.sessionId));
    people.subgraph.clock.advance(604_800_000);
    expect((await people.mine(first.viewer)).edges).toEqual([]);
  });

  it('ACC-08 end by name, all at once, or all but the one that asks', async () => {
    const identifier = await people.person();
    const [one, two, three, four] = [
      await people.signIn({ identifier }),
      await people.signIn({ identifier }),
      await people.signIn({ identifier }),
      await people.signIn({ identifier }),
    ];
    const stranger = await people.signIn();
    const statuses = () => Promise.all([one, two, three, four, stranger].map((session) => people.statusOf(session)));
    const revoked = async (input: object) => (await people.revoke(one.viewer, input)).data?.['revokeSessions'];

    expect(await revoked({ sessionIds: [two.sessionId, two.sessionId] })).toEqual({ revokedCount: 1, userErrors: [] });
    expect(await statuses()).toEqual(['ACTIVE', 'REVOKED', 'ACTIVE', 'ACTIVE', 'ACTIVE']);
    expect(await revoked({ sessionIds: [two.sessionId] })).toEqual({ revokedCount: 0, userErrors: [] });
    expect(await revoked({ which: 'OTHERS' })).toEqual({ revokedCount: 2, userErrors: [] });
    expect(await statuses()).toEqual(['ACTIVE', 'REVOKED', 'REVOKED', 'REVOKED', 'ACTIVE']);
    expect(await revoked({ which: 'ALL' })).toEqual({ revokedCount: 1, userErrors: [] });
    expect(await statuses()).toEqual(['REVOKED', 'REVOKED', 'REVOKED', 'REVOKED', 'ACTIVE']);
    expect((await people.endings()).slice(-3)).toEqual([
      { reason: 'REVOKED_BY_HOLDER', sessionIds: [two.sessionId] },
      { reason: 'REVOKED_BY_HOLDER', sessionIds: [three.sessionId, four.sessionId] },
      { reason: 'REVOKED_BY_HOLDER', sessionIds: [one.sessionId] },
    ]);
  });

  it('S5 somebody else’s are not found, and none of those named beside them ends', async () => {
    const ann = await people.signIn();
    const eve = await people.signIn();
    const before = (await people.endings()).length;

    const foreign = await people.revoke(eve.viewer, { sessionIds: [eve.sessionId, ann.sessionId] });
    const missing = await people.revoke(eve.viewer, { sessionIds: ['ses_00000000000000000000000000'] });

    expect(foreign.errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    expect(foreign.errors?.[0]?.message).toBe(missing.errors?.[0]?.message);
    expect([await people.statusOf(ann), await people.statusOf(eve)]).toEqual(['ACTIVE', 'ACTIVE']);
    expect(await people.endings()).toHaveLength(before);
  });

  it.each([
    ['nothing', {}],
    ['both', { sessionIds: ['ses_00000000000000000000000000'], which: 'ALL' }],
    ['101 names', { sessionIds: Array.from({ length: 101 }, () => 'ses_00000000000000000000000000') }],
  ])('refuse %s', async (_what, input) => {
    const { viewer, ...session } = await people.signIn();

    const { data } = await people.revoke(viewer, input);

    expect(data?.['revokeSessions']).toEqual({
      revokedCount: null,
      userErrors: [{ code: 'INVALID_INPUT', field: ['sessionIds'] }],
    });
    expect(await people.statusOf({ ...session, viewer })).toBe('ACTIVE');
  });

  it.each([
    ['nobody', anonymous, 'UNAUTHENTICATED'],
    ['a program', client, 'FORBIDDEN'],
  ])('S1 ACC-40 are not for %s', async (_who, viewer, code) => {
    const revoking = await people.revoke(viewer, { which: 'ALL' });
    const listing = await people.subgraph.run(viewer, '{ mySessions { edges { node { id } } } }');

    expect([revoking, listing].map(({ errors }) => errors?.[0]?.extensions['code'])).toEqual([code, code]);
  });

  it('ACC-07 ACC-08 one ends by signing out with the own refresh token only, of whatever generation', async () => {
    const ann = await people.signIn();
    const eve = await people.signIn();
    await people.refresh(ann.refreshToken);
    const refused = {
      isSignedOut: null,
      userErrors: [{ code: 'INVALID_CREDENTIALS', field: ['refreshToken'] }],
    };

    expect(await people.logout(eve.viewer, ann.refreshToken)).toEqual(refused);
    expect(await people.logout(ann.viewer, `${ann.sessionId}.1.${'0'.repeat(64)}`)).toEqual(refused);
    expect(await people.logout(ann.viewer, 'hello')).toEqual(refused);
    expect(await people.statusOf(ann)).toBe('ACTIVE');
    expect(await people.logout(ann.viewer, ann.refreshToken)).toEqual({ isSignedOut: true, userErrors: [] });
    expect(await people.logout(ann.viewer, ann.refreshToken)).toEqual({ isSignedOut: true, userErrors: [] });
    expect([await people.statusOf(ann), await people.statusOf(eve)]).toEqual(['REVOKED', 'ACTIVE']);
    expect((await people.endings()).filter(({ sessionIds }) => sessionIds.includes(ann.sessionId))).toEqual([
      { reason: 'SIGNED_OUT', sessionIds: [ann.sessionId] },
    ]);
  });

  it('end twice at once only once', async () => {
    const identifier = await people.person();
    const sessions = await Promise.all(Array.from({ length: 4 }, () => people.signIn({ identifier })));
    const [one] = sessions;
    if (!one) throw new Error('There are four.');

    const answers = await Promise.all(Array.from({ length: 8 }, () => people.revoke(one.viewer, { which: 'ALL' })));

    const counts = answers.map(({ data }) => data?.['revokeSessions'].revokedCount);
    expect(counts.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 4]);
  });
});

describe('verifyToken', () => {
  let people: SignedInPeople;

  beforeAll(async () => (people = await SignedInPeople.open()));
  afterAll(() => people.stop());

  it('ACC-06 ACC-41 tells a good token, an expired one, a revoked one and others apart, and nothing else', async () => {
    const { accessToken, refreshToken, viewer } = await people.signIn();
    const good = await people.verify(accessToken);
    await people.revoke(viewer, { which: 'ALL' });
    const revoked = await people.verify(accessToken);
    people.subgraph.clock.advance(3_600_000);

    expect(good).toEqual({ isActive: true, reason: null });
    expect(revoked).toEqual({ isActive: false, reason: 'TOKEN_REVOKED' });
    expect(await people.verify(accessToken)).toEqual({ isActive: false, reason: 'TOKEN_EXPIRED' });
    for (const token of ['', 'hello', `${accessToken}x`, refreshToken])
      expect(await people.verify(token)).toEqual({ isActive: false, reason: 'UNKNOWN' });
  });

  it('S16 a refresh token is not an access token, and asking does not use it up', async () => {
    const { refreshToken } = await people.signIn();

    expect(await people.verify(refreshToken)).toEqual({ isActive: false, reason: 'UNKNOWN' });
    expect((await people.refresh(refreshToken)).userErrors).toEqual([]);
  });
});

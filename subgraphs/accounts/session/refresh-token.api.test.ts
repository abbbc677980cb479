import { SignedInPeople } from './session.fixture.js';

const day = 86_400_000;
const refused = (code: string) => ({
  accessToken: null,
  refreshToken: null,
  user: null,
  userErrors: [{ code, field: ['refreshToken'] }],
});

describe('refresh tokens', () => {
  let people: SignedInPeople;

  beforeAll(async () => (people = await SignedInPeople.open()));
  afterAll(() => people.stop());

  it('S17 ACC-05 each gets the next pair, and the last is good whoever held the ones before', async () => {
    const session = await people.signIn();
    const tokens = [session.refreshToken];
    for (let round = 0; round < 5; round += 1) {
      people.subgraph.clock.advance(3_600_000);
      const { refreshToken, accessToken, user, userErrors } = await people.refresh(tokens.at(-1) ?? '');
      expect([userErrors, user.id]).toEqual([[], session.viewer.id]);
      expect(await people.verify(accessToken)).toEqual({ isActive: true, reason: null });
      tokens.push(refreshToken);
    }

    expect(new Set(tokens).size).toBe(6);
    expect(await people.row(session)).toMatchObject({ generation: 6, revokedAt: null });
  });

  it('S17 ACC-05 one used again ends the whole session at once, and the thief’s next token with it', async () => {
    const session = await people.signIn();
    const next = await people.refresh(session.refreshToken);
    people.subgraph.clock.advance(30_000);

    const reused = await people.refresh(session.refreshToken);

    expect(reused).toEqual(refused('TOKEN_REVOKED'));
    expect(await people.statusOf(session)).toBe('REVOKED');
    expect(await people.refresh(next.refreshToken)).toEqual(refused('TOKEN_REVOKED'));
    expect((await people.endings()).at(-1)).toEqual({ reason: 'TOKEN_REUSED', sessionIds: [session.sessionId] });
  });

  it('S17 a lost reply is given again, letter for letter, within half a minute', async () => {
    const session = await people.signIn();
    people.subgraph.clock.advance(3_600_000);
    const lost = await people.refresh(session.refreshToken);

    people.subgraph.clock.advance(29_999);
    const again = await people.refresh(session.refreshToken);

    expect(again).toEqual(lost);
    expect(await people.row(session)).toMatchObject({ generation: 2, revokedAt: null });
    expect((await people.refresh(again.refreshToken)).userErrors).toEqual([]);
  });

  it('S17 once the next token has been used, the one before its predecessor ends the session even within the grace', async () => {
    const session = await people.signIn();
    const second = await people.refresh(session.refreshToken);
    await people.refresh(second.refreshToken);

    expect(await people.refresh(session.refreshToken)).toEqual(refused('TOKEN_REVOKED'));
    expect(await people.statusOf(session)).toBe('REVOKED');
  });

  it('S17 within the grace another program gets nothing, and the session ends', async () => {
    const session = await people.signIn();
    await people.refresh(session.refreshToken);

    expect(await people.refresh(session.refreshToken, { userAgent: 'another' })).toEqual(refused('TOKEN_REVOKED'));
    expect(await people.statusOf(session)).toBe('REVOKED');
  });

  it('S17 twenty at once make exactly one next token, and every one of them gets it', async () => {
    const session = await people.signIn();

    const answers = await Promise.all(Array.from({ length: 20 }, () => people.refresh(session.refreshToken)));

    expect(answers.map(({ userErrors }) => userErrors)).toEqual(answers.map(() => []));
    expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    expect(await people.row(session)).toMatchObject({ generation: 2, revokedAt: null });
  });

  it('S17 twenty at once by two programs make at most one next token, which nobody can use', async () => {
    const session = await people.signIn();

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        people.refresh(session.refreshToken, { userAgent: `program ${index % 2}` }),
      ),
    );

    const heads = new Set(answers.flatMap(({ refreshToken }) => refreshToken ?? []));
    expect(heads.size).toBe(1);
    for (const head of heads) expect(await people.refresh(head)).toEqual(refused('TOKEN_REVOKED'));
    expect(await people.row(session)).toMatchObject({ generation: 2, revokedAt: expect.any(Date) });
  });

  it('S17 two programs that show one token at once end its session, each of ten times', async () => {
    for (let round = 0; round < 10; round += 1) {
      const session = await people.signIn();

      await Promise.all(['one', 'other'].map((userAgent) => people.refresh(session.refreshToken, { userAgent })));

      expect(await people.row(session)).toMatchObject({ generation: 2, revokedAt: expect.any(Date) });
    }
  });

  it('S17 two devices have families of their own: the end of one is not the end of the other', async () => {
    const identifier = await people.person();
    const phone = await people.signIn({ identifier }, 'phone');
    const till = await people.signIn({ identifier }, 'till');
    const next = await people.refresh(phone.refreshToken, { userAgent: 'phone' });
    people.subgraph.clock.advance(60_000);
    await people.refresh(phone.refreshToken, { userAgent: 'phone' });

    expect(await people.refresh(next.refreshToken, { userAgent: 'phone' })).toEqual(refused('TOKEN_REVOKED'));
    expect((await people.refresh(till.refreshToken, { userAgent: 'till' })).userErrors).toEqual([]);
    expect([await people.statusOf(phone), await people.statusOf(till)]).toEqual(['REVOKED', 'ACTIVE']);
  });

  it('S17 after everything was signed out no device gets another pair', async () => {
    const identifier = await people.person();
    const sessions = [
      await people.signIn({ identifier }),
      await people.signIn({ identifier }),
      await people.signIn({ identifier }),
    ];
    const desk = await people.signIn({ identifier });
    await people.revoke(desk.viewer, { which: 'ALL' });

    const answers = [];
    for (const { refreshToken } of sessions) answers.push(await people.refresh(refreshToken));

    expect(answers).toEqual(sessions.map(() => refused('TOKEN_REVOKED')));
  });

  it('S17 a refresh that meets the end of all sessions never outlives it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const session = await people.signIn();

      const [answer] = await Promise.all([
        people.refresh(session.refreshToken),
        people.revoke(session.viewer, { which: 'ALL' }),
      ]);

      expect(await people.statusOf(session)).toBe('REVOKED');
      if (answer.refreshToken) expect(await people.refresh(answer.refreshToken)).toEqual(refused('TOKEN_REVOKED'));
    }
  });

  it('S17 one that was never handed out is refused and harms nobody, though it names a session', async () => {
    const session = await people.signIn();
    const [id = '', , proof = ''] = session.refreshToken.split('.');
    const forged = [
      '',
      'hello',
      session.accessToken,
      `${id}.1.${'0'.repeat(64)}`,
      `${id}.2.${proof}`,
      `ses_00000000000000000000000000.1.${proof}`,
    ];

    for (const token of forged) expect(await people.refresh(token)).toEqual(refused('INVALID_CREDENTIALS'));
    expect(await people.statusOf(session)).toBe('ACTIVE');
    expect((await people.refresh(session.refreshToken)).userErrors).toEqual([]);
  });

  it('S17 ACC-24 one of a session bound to a device is good on that device only', async () => {
    const session = await people.signIn({ deviceId: 'device-1' });
    const next = await people.refresh(session.refreshToken, { deviceId: ' device-1 ' });

    const elsewhere = await people.refresh(next.refreshToken, { deviceId: 'device-2' });

    expect(next.userErrors).toEqual([]);
    expect(elsewhere).toEqual(refused('TOKEN_REVOKED'));
    expect(await people.statusOf(session)).toBe('REVOKED');
  });

  it('ACC-04 ACC-41 each is good for seven days from when it was made, and then tells that it has expired', async () => {
    const session = await people.signIn();
    people.subgraph.clock.advance(7 * day - 1);
    const second = await people.refresh(session.refreshToken);
    people.subgraph.clock.advance(7 * day);

    const late = await people.refresh(second.refreshToken);

    expect(second.userErrors).toEqual([]);
    expect(late).toEqual(refused('TOKEN_EXPIRED'));
    expect(await people.statusOf(session)).toBe('UNKNOWN');
  });

  it('ACC-08 keeps no token: what is stored makes none', async () => {
    const session = await people.signIn({}, 'Mozilla/5.0 (Windows NT 10.0) Firefox/133.0');
    const stored = JSON.stringify(await people.row(session));

    expect(stored).not.toContain(session.refreshToken.split('.')[2]);
    expect(stored).not.toContain('Mozilla');
    expect(JSON.parse(stored)).toMatchObject({ method: 'PASSWORD', deviceLabel: 'Firefox on Windows', generation: 1 });
  });
});

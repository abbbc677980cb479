import { until } from '../../../platform/events/events.fixture.js';
import { JobEntity } from '../../../platform/jobs/job.entity.js';
import { password } from '../accounts.fixture.js';
import { PeopleWithCodes, tokenIn } from '../code/codes.fixture.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { UserEntity } from '../user/user.entity.js';

const newPassword = 'another horse battery';

describe('a forgotten password', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  it('ACC-12 ACC-13 is replaced by a mailed link, which signs its person out everywhere and in nowhere', async () => {
    const ann = await people.person();
    const sessions = [await people.signIn(ann), await people.signIn(ann)];
    people.company.subgraph.clock.advance(1_000);

    expect(await people.outcome('requestPasswordReset', { email: ann.email })).toBe('DONE');
    const mails = await people.newMails();
    expect(mails).toEqual([expect.objectContaining({ to: ann.email, subject: 'A new password' })]);
    expect(await people.outcome('confirmPasswordReset', { token: tokenIn(mails), newPassword })).toBe('DONE');

    expect(await people.signIn(ann)).toBeNull();
    expect(await people.signIn(ann, newPassword)).toEqual(expect.objectContaining({ sessionId: expect.any(String) }));
    for (const session of sessions) expect(session && (await people.statusOf(session))).toBe('REVOKED');
    expect(await people.user(ann)).toMatchObject({ passwordChangedAt: people.company.subgraph.clock.now() });
    expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(0);
    const [ended] = await people.company.eventsOf('session.revoked', sessions[0]?.sessionId ?? '');
    expect(ended?.payload).toEqual({ sessionIds: sessions.map((session) => session?.sessionId) });
  });

  it('ACC-13 is told of by mail when it has been replaced', async () => {
    const ann = await people.person();
    await people.outcome('confirmPasswordReset', { token: await people.resetToken(ann), newPassword });

    const mails = await people.newMails();

    expect(mails).toEqual([expect.objectContaining({ to: ann.email, subject: 'Your password was changed' })]);
    expect(mails[0]?.text).toContain('your account at TwinEngine');
    expect(JSON.stringify(mails)).not.toContain(newPassword);
  });

  it('ACC-12 is asked for by any spelling of the address, signed in or not', async () => {
    const [ann, ben] = [await people.person(), await people.person()];

    await people.send('requestPasswordReset', { email: ann.email.toUpperCase() }, { viewer: ben.viewer });

    expect((await people.newMails()).map(({ to }) => to)).toEqual([ann.email]);
  });

  it.each([
    ['no address', 'nobody'],
    ['an empty text', ''],
  ])('ACC-12 is refused for %s', async (_what, email) => {
    const before = await people.everything();

    expect(await people.outcome('requestPasswordReset', { email })).toBe('BAD_USER_INPUT');

    expect(await people.everything()).toEqual(before);
  });

  it.each([
    ['short', () => 'too short'],
    ['long', () => 'x1y2z'.repeat(41)],
    ['of few characters', () => 'abababababab'],
    ['the address', (email: string) => email.toUpperCase()],
    ['the name', () => 'some body of ours'],
  ])('ACC-13 ACC-15 stays, and so does the token, when the new one is %s', async (_what, weak) => {
    const ann = await people.person({ name: 'Some Body Of Ours' });
    const token = await people.resetToken(ann);
    const before = await people.everything();

    expect(await people.outcome('confirmPasswordReset', { token, newPassword: weak(ann.email) })).toBe(
      'PASSWORD_TOO_WEAK newPassword',
    );

    expect(await people.everything()).toEqual(before);
    expect(await people.outcome('confirmPasswordReset', { token, newPassword })).toBe('DONE');
  });

  it('ACC-13 ACC-15 is another than before, which only a good token tells, and which leaves it good', async () => {
    const ann = await people.person();
    const token = await people.resetToken(ann);
    const confirm = (input: object) => people.outcome('confirmPasswordReset', { token, newPassword, ...input });

    expect(await confirm({ newPassword: password })).toBe('PASSWORD_TOO_WEAK newPassword');
    expect(await confirm({ newPassword: password, token: `${token}x` })).toBe('INVALID_CODE token');

    expect(await confirm({})).toBe('DONE');
    expect(await people.signIn(ann, newPassword)).not.toBeNull();
  });

  it('ACC-13 may be the first one of somebody who signed in by other means', async () => {
    const ann = await people.person();
    await people.em().nativeUpdate(UserEntity, { id: ann.id }, { passwordHash: null, passwordChangedAt: null });
    expect(await people.signIn(ann)).toBeNull();

    const token = await people.resetToken(ann);
    expect(await people.outcome('confirmPasswordReset', { token, newPassword })).toBe('DONE');

    expect(await people.signIn(ann, newPassword)).not.toBeNull();
  });

  it('ACC-12 ACC-14 is mailed about again when the post was away, with a link that is good', async () => {
    let isAway = true;
    const sent: { text: string; key: string }[] = [];
    const mail = {
      send: async ({ text, idempotencyKey: key }: { text: string; idempotencyKey: string }) => {
        sent.push({ text, key });
        if (isAway) throw new Error('The post is away.');
      },
    };
    const others = await PeopleWithCodes.open({ ports: { mail } });
    const ann = await others.person();

    await others.send('requestPasswordReset', { email: ann.email });
    await until(async () => (await others.em().count(JobEntity, { attempts: 1, state: 'QUEUED' })) === 1);
    isAway = false;
    others.company.subgraph.clock.advance(1_000);
    await others.newMails();

    const tokens = sent.map(({ text }) => /#token=(\S+)$/m.exec(text)?.[1] ?? '');
    expect(new Set(sent.map(({ key }) => key)).size).toBe(sent.length);
    const [first, last] = [tokens[0] ?? '', tokens.at(-1) ?? ''];
    expect(await others.outcome('confirmPasswordReset', { token: first, newPassword })).toBe('INVALID_CODE token');
    expect(await others.outcome('confirmPasswordReset', { token: last, newPassword })).toBe('DONE');
    expect(others.lines.filter((line) => tokens.some((token) => line.includes(token)))).toEqual([]);
    await others.company.subgraph.stop();
  });
});

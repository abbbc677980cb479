import { administrator, password } from '../accounts.fixture.js';
import { PeopleWithCodes, tokenIn, type Person } from '../code/codes.fixture.js';
import { UserEntity } from '../user/user.entity.js';
import { invitationKind } from '../user/user.operations.js';
import { sealEmail } from '../user/user.vault.js';

const HOUR_MS = 60 * 60_000;

describe('somebody whose account is made by a colleague', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  const invited = () => people.person({ password: null });
  /** Somebody invited, and the token they were mailed. */
  const invitation = async (): Promise<{ ann: Person; token: string }> => {
    const ann = await invited();
    return { ann, token: tokenIn(await people.newMails()) };
  };
  const choose = (token: string, newPassword = password) =>
    people.outcome('confirmPasswordReset', { token, newPassword });
  const setUser = ({ id }: Person, change: Partial<UserEntity>) => people.em().nativeUpdate(UserEntity, { id }, change);

  it('ACC-32 is mailed a link to choose a password, which shows that the address is theirs', async () => {
    const ann = await invited();
    const mails = await people.newMails();

    expect(mails).toEqual([expect.objectContaining({ to: ann.email, subject: 'An account for you' })]);
    expect(mails[0]?.text).toContain('Ours has made an account for you.');
    expect(await people.user(ann)).toMatchObject({ passwordHash: null, isEmailVerified: false });
    expect(await people.signIn(ann)).toBeNull();
    expect(await people.signIn(ann, '')).toBeNull();

    expect(await choose(tokenIn(mails))).toBe('DONE');

    expect(await people.user(ann)).toMatchObject({ isEmailVerified: true });
    expect(await people.signIn(ann)).not.toBeNull();
  });

  it('ACC-32 is mailed nothing where the colleague chooses the password', async () => {
    await people.person();

    expect(await people.newMails()).toEqual([]);
  });

  it.each([
    ['an empty password', { password: '' }, 'PASSWORD_TOO_WEAK'],
    ['a short password', { password: 'short' }, 'PASSWORD_TOO_WEAK'],
    ['the address of somebody', { password: null, email: 'somebody1@example.com' }, 'ALREADY_EXISTS'],
  ])('ACC-32 is not invited with %s', async (_what, input, code) => {
    await people.newMails();
    const before = await people.everything();
    const facts = { email: 'ann@example.com', name: 'Ann', role: 'WAITER', brandId: people.company.ours };

    const { data } = await people.company.send(administrator, 'createUser', { ...facts, ...input });

    expect(data?.['createUser']).toMatchObject({ user: null, userErrors: [{ code }] });
    expect(await people.everything()).toEqual(before);
  });

  it('ACC-12 asks for a new password when the link is too old', async () => {
    const { ann, token } = await invitation();
    people.company.subgraph.clock.advance(24 * HOUR_MS);

    expect(await choose(token)).toBe('INVALID_CODE token');
    expect(await choose(await people.resetToken(ann))).toBe('DONE');
    expect(await people.signIn(ann)).not.toBeNull();
  });

  it('ACC-32 is invited no more where they have a password by now, or were sent away', async () => {
    const [chosen, gone] = [await invitation(), await invitation()];
    await choose(chosen.token);
    await setUser(gone.ann, { isActive: false });
    await people.newMails();
    const context = people.company.subgraph.running.systemContext();
    await context.unitOfWork(async (em) => {
      for (const { id: userId } of [chosen.ann, gone.ann]) {
        const payload = { userId, brandId: people.company.ours };
        await context.jobs.enqueue(em, { kind: invitationKind, payload });
      }
    });

    expect(await people.newMails()).toEqual([]);
  });

  /** What has happened to a good token before it is shown. */
  const cases: readonly [string, (ann: Person, token: string) => Promise<unknown> | unknown][] = [
    ['was used before', (_ann, token) => choose(token)],
    ['is older than a day', () => people.company.subgraph.clock.advance(24 * HOUR_MS)],
    ['is of somebody who has a password by now', async (ann) => choose(await people.resetToken(ann))],
    ['is of somebody sent away', (ann) => setUser(ann, { isActive: false })],
    [
      'was mailed to another address than is theirs now',
      (ann) => setUser(ann, sealEmail(people.company.subgraph.running.systemContext().vault, `moved.${ann.email}`)),
    ],
  ];

  it.each(cases)('S18 chooses nothing by a link that %s', async (_what, spoil) => {
    const { ann, token } = await invitation();
    await spoil(ann, token);
    await people.newMails();
    const before = await people.everything();

    expect(await choose(token, 'another horse battery')).toBe('INVALID_CODE token');

    expect(await people.everything()).toEqual(before);
  });

  it('S18 verifies no address by the link, and a weak password leaves it good', async () => {
    const { ann, token } = await invitation();

    expect(await people.outcome('verifyEmail', { token })).toBe('INVALID_CODE token');
    expect(await choose(token, 'short')).toBe('PASSWORD_TOO_WEAK newPassword');
    expect(await people.user(ann)).toMatchObject({ passwordHash: null, isEmailVerified: false });
    expect(await choose(token)).toBe('DONE');
  });

  it('S18 chooses one password when eight send the link at the same time', async () => {
    const { ann, token } = await invitation();
    const candidates = Array.from({ length: 8 }, (_, index) => `a chosen horse battery ${index}`);

    const outcomes = await Promise.all(candidates.map((candidate) => choose(token, candidate)));

    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CODE token')]);
    const good = await Promise.all(candidates.map(async (candidate) => (await people.signIn(ann, candidate)) !== null));
    expect(good).toEqual(outcomes.map((outcome) => outcome === 'DONE'));
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { anonymous } from '../../../platform/domain/viewer.js';
import type { MailMessage } from '../../../platform/ports/mail.js';
import { administrator, password } from '../accounts.fixture.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { PeopleWithCodes, tokenIn, type Person } from '../code/codes.fixture.js';
import { passwordsWorkedOn } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';
import { emailChangeKind } from './email-change.jobs.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { sealWanted } from './email-change.vault.js';

const DAY_MS = 24 * 60 * 60_000;
const taken = 'You have an account already';

describe('another address', () => {
  let people: PeopleWithCodes;
  let wishes = 0;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  const freshAddress = () => `moved${(wishes += 1)}@example.com`;
  const wish = (ann: Person, email: string, change: object = {}) =>
    people.outcome(
      'updateMe',
      { name: 'Ann Other', emailChange: { email, currentPassword: password, ...change } },
      ann,
    );
  const to = (address: string, mails: readonly MailMessage[]) => mails.filter((mail) => mail.to === address);
  /** Asks for an address; the token that was mailed to it. */
  const tokenFor = async (ann: Person, email: string): Promise<string> => {
    await people.newMails();
    expect(await wish(ann, email)).toBe('DONE');
    return tokenIn(to(email, await people.newMails()));
  };
  const show = (token: string, viewer = anonymous) => people.outcome('verifyEmail', { token }, { viewer });
  const sentAwayAndBack = async ({ id }: Person) => {
    for (const isActive of [false, true]) await people.company.make('updateUser', { id, isActive });
  };
  const addressesOf = async (ann: Person) => {
    const document = '{ me { email pendingEmail isEmailVerified } }';
    return (await people.company.subgraph.run(ann.viewer, document)).data?.['me'];
  };

  it('ACC-17 ACC-14 is somebody’s once they have shown that it is, and both addresses are written to', async () => {
    const [ann, email] = [await people.person(), freshAddress()];
    await people.newMails();

    const asked = await people.send(
      'updateMe',
      { emailChange: { email, currentPassword: password }, name: 'Ann Other' },
      ann,
    );
    const mails = await people.newMails();

    expect(asked.data?.['updateMe']).toEqual({
      user: { email: ann.email, pendingEmail: email, isEmailVerified: false, profile: { name: 'Ann Other' } },
      userErrors: [],
    });
    expect(mails.map((mail) => [mail.to, mail.subject]).toSorted()).toEqual(
      [
        [ann.email, 'Your account is to have another e-mail address'],
        [email, 'Is this your new e-mail address?'],
      ].toSorted(),
    );
    expect(await people.signIn({ ...ann, email })).toBeNull();
    expect(await people.signIn(ann)).not.toBeNull();

    expect(await show(tokenIn(to(email, mails)))).toBe('DONE');

    expect(await addressesOf(ann)).toEqual({ email, pendingEmail: null, isEmailVerified: true });
    expect(await people.signIn({ ...ann, email })).not.toBeNull();
    expect(await people.signIn(ann)).toBeNull();
    expect(
      (await people.company.eventsOf('user.saved', ann.id)).map(({ aggregateVersion }) => aggregateVersion),
    ).toEqual([1, 2, 3]);
    expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(0);
  });

  it.each([
    ['no password', { currentPassword: null }, 'BAD_USER_INPUT'],
    ['an empty password', { currentPassword: '' }, 'INVALID_CREDENTIALS emailChange currentPassword'],
    [
      'another password',
      { currentPassword: 'not the password at all' },
      'INVALID_CREDENTIALS emailChange currentPassword',
    ],
    ['what is no address', { email: 'ann@localhost' }, 'INVALID_INPUT emailChange email'],
  ])('ACC-17 is not asked for with %s, and nothing that was sent with it is stored', async (_what, input, outcome) => {
    const ann = await people.person();
    const before = await people.everything();

    expect(await wish(ann, freshAddress(), input)).toBe(outcome);

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-17 is not asked for by nobody, nor by somebody who has no password, whatever they send', async () => {
    const ann = await people.person();
    await people.em().nativeUpdate(UserEntity, { id: ann.id }, { passwordHash: null });
    const before = await people.everything();

    expect(await wish({ ...ann, viewer: anonymous }, freshAddress())).toBe('UNAUTHENTICATED');
    expect(await wish(ann, freshAddress())).toBe('INVALID_CREDENTIALS emailChange currentPassword');

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-17 is taken back by asking for the address one has, in whatever letters', async () => {
    const ann = await people.person();
    const token = await tokenFor(ann, freshAddress());

    expect(await wish(ann, ann.email.toUpperCase())).toBe('DONE');

    expect(await people.newMails()).toEqual([]);
    expect(await addressesOf(ann)).toEqual({ email: ann.email, pendingEmail: null, isEmailVerified: false });
    expect(await show(token)).toBe('INVALID_CODE token');
  });

  it('X-06 is told to nobody else, and lies nowhere in plain text', async () => {
    const [ann, email] = [await people.person(), freshAddress()];
    await tokenFor(ann, email);

    const document = 'query ($id: ID!) { user(id: $id) { email pendingEmail } }';
    const { data } = await people.company.subgraph.run(administrator, document, { id: ann.id });

    expect(data?.['user']).toEqual({ email: ann.email, pendingEmail: null });
    expect(await addressesOf(ann)).toMatchObject({ pendingEmail: email });
    expect(JSON.stringify(await people.everything())).not.toContain(email);
    expect(people.lines.join('\n')).not.toContain(email);
  });

  it('ACC-14 is mailed to again on request, and the link before is dead', async () => {
    const [ann, email] = [await people.person(), freshAddress()];
    const first = await tokenFor(ann, email);

    expect(await people.outcome('requestEmailVerification', { email }, ann)).toBe('DONE');
    const again = tokenIn(await people.newMails());

    expect([await show(first), await show(again)]).toEqual(['INVALID_CODE token', 'DONE']);
  });

  it.each(['KNOWN', 'DISABLED'])(
    'S19 that is somebody’s, %s, is answered as a free one; its owner hears of it',
    async (who) => {
      const [ann, owner] = [await people.person(), await people.person()];
      if (who === 'DISABLED') await people.em().nativeUpdate(UserEntity, { id: owner.id }, { isActive: false });
      await people.newMails();
      const before = passwordsWorkedOn();

      const asked = await people.send(
        'updateMe',
        { emailChange: { email: owner.email, currentPassword: password } },
        ann,
      );

      expect(passwordsWorkedOn() - before).toBe(1);
      expect(asked.data?.['updateMe']).toMatchObject({
        user: { email: ann.email, pendingEmail: owner.email },
        userErrors: [],
      });
      const subjects = to(owner.email, await people.newMails()).map(({ subject }) => subject);
      expect(subjects).toEqual(who === 'DISABLED' ? [] : [taken]);
      expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(0);
    },
  );

  it('S18 ends with the password of whoever wanted it, by whatever way that changes, and is not mailed to any longer', async () => {
    const [changed, forgot] = [await people.person(), await people.person()];
    const wanted = [freshAddress(), freshAddress()] as const;
    await tokenFor(changed, wanted[0]);
    await tokenFor(forgot, wanted[1]);
    const newPassword = 'another horse battery';
    expect(await people.outcome('changePassword', { currentPassword: password, newPassword }, changed)).toBe('DONE');
    await people.outcome('confirmPasswordReset', { token: await people.resetToken(forgot), newPassword });
    await people.newMails();
    // As of a job that comes late, because no mail could be sent before.
    const context = people.company.subgraph.running.systemContext();
    await context.unitOfWork(async (em) => {
      for (const { id: userId } of [changed, forgot])
        await context.jobs.enqueue(em, { kind: emailChangeKind, payload: { userId } });
    });

    expect(await people.newMails()).toEqual([]);
    for (const [index, person] of [changed, forgot].entries()) {
      expect(await addressesOf(person)).toMatchObject({ email: person.email, pendingEmail: null });
      const again = await people.outcome('requestEmailVerification', { email: wanted[index] }, person);
      expect(again).toBe('INVALID_INPUT email');
    }
  });

  it('S18 is wanted no longer by somebody who was sent away and let in again', async () => {
    const [ann, email] = [await people.person(), freshAddress()];
    await tokenFor(ann, email);

    await sentAwayAndBack(ann);

    expect(await addressesOf(ann)).toMatchObject({ pendingEmail: null });
    expect(await people.outcome('requestEmailVerification', { email }, ann)).toBe('INVALID_INPUT email');
  });

  it('S18 is wanted for a day at most, however often its link is mailed', async () => {
    const [ann, email] = [await people.person(), freshAddress()];
    await tokenFor(ann, email);
    people.company.subgraph.clock.advance(DAY_MS - 1);
    await people.outcome('requestEmailVerification', { email }, ann);
    const token = tokenIn(await people.newMails());
    people.company.subgraph.clock.advance(1);

    expect(await show(token)).toBe('INVALID_CODE token');
    expect(await addressesOf(ann)).toMatchObject({ pendingEmail: null });
  });

  it('S18 leaves no link to a new password in the mailbox it has left, however close the two come', async () => {
    for (let round = 0; round < 12; round += 1) {
      const [ann, email] = [await people.person(), freshAddress()];
      const token = await tokenFor(ann, email);
      const verified = sleep(round % 6).then(() => show(token));
      await people.send('requestPasswordReset', { email: ann.email });
      expect(await verified).toBe('DONE');

      for (const mail of to(ann.email, await people.newMails()).filter(({ text }) => text.includes('#token='))) {
        const reset = { token: tokenIn([mail]), newPassword: 'another horse battery' };
        expect(await people.outcome('confirmPasswordReset', reset)).toBe('INVALID_CODE token');
      }
    }
  });

  /** What has happened to a good token before it is shown, and who shows it. */
  const cases: readonly [string, (ann: Person, token: string) => Promise<unknown>, string?][] = [
    ['was used before', (_ann, token) => show(token)],
    ['was followed by another wish', (ann) => tokenFor(ann, freshAddress())],
    ['was followed by the same wish', async (ann) => tokenFor(ann, (await addressesOf(ann)).pendingEmail)],
    ['has expired', async () => people.company.subgraph.clock.advance(DAY_MS)],
    [
      'follows a change of the password',
      async ({ viewer }) => {
        const input = { currentPassword: password, newPassword: 'another horse battery' };
        expect(await people.outcome('changePassword', input, { viewer })).toBe('DONE');
      },
    ],
    ['is of somebody sent away and let in again', (ann) => sentAwayAndBack(ann)],
    ['is of somebody sent away', ({ id }) => people.em().nativeUpdate(UserEntity, { id }, { isActive: false })],
    [
      'names an address somebody else has by now',
      async (ann) => {
        const { pendingEmail: email } = await addressesOf(ann);
        await people.company.make('createUser', {
          email,
          name: 'Some Body',
          password,
          role: 'WAITER',
          brandId: people.company.ours,
        });
      },
    ],
    [
      'was mailed to another address than is wanted by now',
      async ({ id: userId }) => {
        const { vault } = people.company.subgraph.running.systemContext();
        await people.em().nativeUpdate(EmailChangeEntity, { userId }, sealWanted(vault, freshAddress()));
      },
    ],
  ];

  it.each(cases)('S18 is not shown by a link that %s', async (_what, spoil) => {
    const ann = await people.person();
    const token = await tokenFor(ann, freshAddress());
    await spoil(ann, token);
    await people.newMails();
    const before = await people.everything();

    expect(await show(token)).toBe('INVALID_CODE token');

    expect(await people.everything()).toEqual(before);
  });

  it('S18 is not shown by the link of another purpose, nor does its link serve another', async () => {
    const ann = await people.person();
    const reset = await people.resetToken(ann);
    const token = await tokenFor(ann, freshAddress());

    const newPassword = 'another horse battery';
    expect(await people.outcome('confirmPasswordReset', { token, newPassword })).toBe('INVALID_CODE token');
    expect(await show(reset)).toBe('INVALID_CODE token');
    expect(await show(token)).toBe('DONE');
    // It was mailed to the address that is not theirs any longer.
    expect(await people.outcome('confirmPasswordReset', { token: reset, newPassword })).toBe('INVALID_CODE token');
  });

  it('S18 is not shown by somebody else who is signed in, and stays good for its person', async () => {
    const [ann, eve] = [await people.person(), await people.person()];
    const token = await tokenFor(ann, freshAddress());

    expect(await show(token, eve.viewer)).toBe('INVALID_CODE token');
    expect(await show(token, ann.viewer)).toBe('DONE');
  });

  it('S18 goes to one of two who show at the same time that it is theirs', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, ben, email] = [await people.person(), await people.person(), freshAddress()];
      const tokens = [await tokenFor(ann, email), await tokenFor(ben, email)];

      const outcomes = await Promise.all(tokens.map((token) => show(token)));

      expect(outcomes.toSorted()).toEqual(['DONE', 'INVALID_CODE token']);
    }
  });

  it('S18 is shown once when eight send the link at the same time', async () => {
    const ann = await people.person();
    const token = await tokenFor(ann, freshAddress());

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => show(token)));

    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CODE token')]);
  });
});

import { setTimeout as sleep } from 'node:timers/promises';
import { password } from '../accounts.fixture.js';
import { tokenIn, type PeopleWithCodes, type Person } from '../code/codes.fixture.js';
import { mailsTo, Wishers } from './email-change.fixture.js';
import { UserEntity } from '../user/user.entity.js';
import { emailChangeKind } from './email-change.jobs.js';
import { EmailChangeEntity } from './email-change.entity.js';
import { sealWanted } from './email-change.vault.js';

const DAY_MS = 24 * 60 * 60_000;

describe('the link to another address', () => {
  let wishers: Wishers;
  let people: PeopleWithCodes;

  beforeAll(async () => {
    wishers = await Wishers.open();
    ({ people } = wishers);
  });
  afterAll(() => wishers.stop());

  it('S18 ends with the password of whoever wanted it, by whatever way that changes, and is not mailed to any longer', async () => {
    const [changed, forgot] = [await people.person(), await people.person()];
    const wanted = [wishers.freshAddress(), wishers.freshAddress()] as const;
    await wishers.tokenFor(changed, wanted[0]);
    await wishers.tokenFor(forgot, wanted[1]);
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
      expect(await wishers.addressesOf(person)).toMatchObject({ email: person.email, pendingEmail: null });
      const again = await people.outcome('requestEmailVerification', { email: wanted[index] }, person);
      expect(again).toBe('INVALID_INPUT email');
    }
  });

  it('S18 is wanted no longer by somebody who was sent away and let in again', async () => {
    const [ann, email] = [await people.person(), wishers.freshAddress()];
    await wishers.tokenFor(ann, email);

    await wishers.sendAwayAndBack(ann);

    expect(await wishers.addressesOf(ann)).toMatchObject({ pendingEmail: null });
    expect(await people.outcome('requestEmailVerification', { email }, ann)).toBe('INVALID_INPUT email');
  });

  it('S18 is wanted for a day at most, however often its link is mailed', async () => {
    const [ann, email] = [await people.person(), wishers.freshAddress()];
    await wishers.tokenFor(ann, email);
    people.company.subgraph.clock.advance(DAY_MS - 1);
    await people.outcome('requestEmailVerification', { email }, ann);
    const token = tokenIn(await people.newMails());
    people.company.subgraph.clock.advance(1);

    expect(await wishers.show(token)).toBe('INVALID_CODE token');
    expect(await wishers.addressesOf(ann)).toMatchObject({ pendingEmail: null });
  });

  it('S18 leaves no link to a new password in the mailbox it has left, however close the two come', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [ann, email] = [await people.person(), wishers.freshAddress()];
      const token = await wishers.tokenFor(ann, email);
      const verified = sleep(round % 6).then(() => wishers.show(token));
      await people.send('requestPasswordReset', { email: ann.email });
      expect(await verified).toBe('DONE');

      for (const mail of mailsTo(ann.email, await people.newMails()).filter(({ text }) => text.includes('#token='))) {
        const reset = { token: tokenIn([mail]), newPassword: 'another horse battery' };
        expect(await people.outcome('confirmPasswordReset', reset)).toBe('INVALID_CODE token');
      }
    }
  });

  /** What has happened to a good token before it is shown, and who shows it. */
  const cases: readonly [string, (ann: Person, token: string) => Promise<unknown>, string?][] = [
    ['was used before', (_ann, token) => wishers.show(token)],
    ['was followed by another wish', (ann) => wishers.tokenFor(ann, wishers.freshAddress())],
    [
      'was followed by the same wish',
      async (ann) => wishers.tokenFor(ann, (await wishers.addressesOf(ann)).pendingEmail),
    ],
    ['has expired', async () => people.company.subgraph.clock.advance(DAY_MS)],
    [
      'follows a change of the password',
      async ({ viewer }) => {
        const input = { currentPassword: password, newPassword: 'another horse battery' };
        expect(await people.outcome('changePassword', input, { viewer })).toBe('DONE');
      },
    ],
    ['is of somebody sent away and let in again', (ann) => wishers.sendAwayAndBack(ann)],
    ['is of somebody sent away', ({ id }) => people.em().nativeUpdate(UserEntity, { id }, { isActive: false })],
    [
      'names an address somebody else has by now',
      async (ann) => {
        const { pendingEmail: email } = await wishers.addressesOf(ann);
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
        await people.em().nativeUpdate(EmailChangeEntity, { userId }, sealWanted(vault, wishers.freshAddress()));
      },
    ],
  ];

  it.each(cases)('S18 is not shown by a link that %s', async (_what, spoil) => {
    const ann = await people.person();
    const token = await wishers.tokenFor(ann, wishers.freshAddress());
    await spoil(ann, token);
    await people.newMails();
    const before = await people.everything();

    expect(await wishers.show(token)).toBe('INVALID_CODE token');

    expect(await people.everything()).toEqual(before);
  });

  it('S18 is not shown by the link of another purpose, nor does its link serve another', async () => {
    const ann = await people.person();
    const reset = await people.resetToken(ann);
    const token = await wishers.tokenFor(ann, wishers.freshAddress());

    const newPassword = 'another horse battery';
    expect(await people.outcome('confirmPasswordReset', { token, newPassword })).toBe('INVALID_CODE token');
    expect(await wishers.show(reset)).toBe('INVALID_CODE token');
    expect(await wishers.show(token)).toBe('DONE');
    // It was mailed to the address that is not theirs any longer.
    expect(await people.outcome('confirmPasswordReset', { token: reset, newPassword })).toBe('INVALID_CODE token');
  });

  it('S18 is not shown by somebody else who is signed in, and stays good for its person', async () => {
    const [ann, eve] = [await people.person(), await people.person()];
    const token = await wishers.tokenFor(ann, wishers.freshAddress());

    expect(await wishers.show(token, eve.viewer)).toBe('INVALID_CODE token');
    expect(await wishers.show(token, ann.viewer)).toBe('DONE');
  });

  it('S18 goes to one of two who show at the same time that it is theirs', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [ann, ben, email] = [await people.person(), await people.person(), wishers.freshAddress()];
      const tokens = [await wishers.tokenFor(ann, email), await wishers.tokenFor(ben, email)];

      const outcomes = await Promise.all(tokens.map((token) => wishers.show(token)));

      expect(outcomes.toSorted()).toEqual(['DONE', 'INVALID_CODE token']);
    }
  });

  it('S18 is shown once when eight send the link at the same time', async () => {
    const ann = await people.person();
    const token = await wishers.tokenFor(ann, wishers.freshAddress());

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => wishers.show(token)));

    expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill('INVALID_CODE token')]);
  });
});

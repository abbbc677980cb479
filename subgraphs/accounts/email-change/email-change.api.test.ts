import { anonymous } from '../../../platform/domain/viewer.js';
import { administrator, password } from '../accounts.fixture.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { tokenIn, type PeopleWithCodes } from '../code/codes.fixture.js';
import { mailsTo, Wishers } from './email-change.fixture.js';
import { passwordsWorkedOn } from '../user/password.js';
import { UserEntity } from '../user/user.entity.js';

const taken = 'You have an account already';

describe('another address', () => {
  let wishers: Wishers;
  let people: PeopleWithCodes;

  beforeAll(async () => {
    wishers = await Wishers.open();
    ({ people } = wishers);
  });
  afterAll(() => wishers.stop());

  it('ACC-17 ACC-14 is somebody’s once they have shown that it is, and both addresses are written to', async () => {
    const [ann, email] = [await people.person(), wishers.freshAddress()];
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

    expect(await wishers.show(tokenIn(mailsTo(email, mails)))).toBe('DONE');

    expect(await wishers.addressesOf(ann)).toEqual({ email, pendingEmail: null, isEmailVerified: true });
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

    expect(await wishers.wish(ann, wishers.freshAddress(), input)).toBe(outcome);

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-17 is not asked for by nobody, nor by somebody who has no password, whatever they send', async () => {
    const ann = await people.person();
    await people.em().nativeUpdate(UserEntity, { id: ann.id }, { passwordHash: null });
    const before = await people.everything();

    expect(await wishers.wish({ ...ann, viewer: anonymous }, wishers.freshAddress())).toBe('UNAUTHENTICATED');
    expect(await wishers.wish(ann, wishers.freshAddress())).toBe('INVALID_CREDENTIALS emailChange currentPassword');

    expect(await people.everything()).toEqual(before);
  });

  it('ACC-17 is taken back by asking for the address one has, in whatever letters', async () => {
    const ann = await people.person();
    const token = await wishers.tokenFor(ann, wishers.freshAddress());

    expect(await wishers.wish(ann, ann.email.toUpperCase())).toBe('DONE');

    expect(await people.newMails()).toEqual([]);
    expect(await wishers.addressesOf(ann)).toEqual({ email: ann.email, pendingEmail: null, isEmailVerified: false });
    expect(await wishers.show(token)).toBe('INVALID_CODE token');
  });

  it('X-06 is told to nobody else, and lies nowhere in plain text', async () => {
    const [ann, email] = [await people.person(), wishers.freshAddress()];
    await wishers.tokenFor(ann, email);

    const document = 'query ($id: ID!) { user(id: $id) { email pendingEmail } }';
    const { data } = await people.company.subgraph.run(administrator, document, { id: ann.id });

    expect(data?.['user']).toEqual({ email: ann.email, pendingEmail: null });
    expect(await wishers.addressesOf(ann)).toMatchObject({ pendingEmail: email });
    expect(JSON.stringify(await people.everything())).not.toContain(email);
    expect(people.lines.join('\n')).not.toContain(email);
  });

  it('ACC-14 is mailed to again on request, and the link before is dead', async () => {
    const [ann, email] = [await people.person(), wishers.freshAddress()];
    const first = await wishers.tokenFor(ann, email);

    expect(await people.outcome('requestEmailVerification', { email }, ann)).toBe('DONE');
    const again = tokenIn(await people.newMails());

    expect([await wishers.show(first), await wishers.show(again)]).toEqual(['INVALID_CODE token', 'DONE']);
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
      const subjects = mailsTo(owner.email, await people.newMails()).map(({ subject }) => subject);
      expect(subjects).toEqual(who === 'DISABLED' ? [] : [taken]);
      expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(0);
    },
  );
});

import { anonymous } from '../../../platform/domain/viewer.js';
import { password } from '../accounts.fixture.js';
import { OneTimeCodeEntity } from '../code/code.entity.js';
import { PeopleWithCodes, tokenIn, type Person } from '../code/codes.fixture.js';

const MINUTE_MS = 60_000;

describe('an address', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open()));
  afterAll(() => people.company.subgraph.stop());

  const isVerified = async (person: Person) => (await people.user(person)).isEmailVerified;
  const otherThan = (digits: string) => String((Number(digits) + 1) % 1_000_000).padStart(6, '0');

  it('ACC-14 ACC-01 is asked to be verified when its account is made, and is by the link, signed in or not', async () => {
    const email = 'newcomer@example.com';
    const { data } = await people.send('register', { email, name: 'New Comer', password });
    const mails = await people.newMails();
    const ann = { id: data?.['register'].user.id, email, viewer: anonymous };

    expect(mails).toEqual([expect.objectContaining({ to: email, subject: 'Is this your e-mail address?' })]);
    expect(await isVerified(ann)).toBe(false);
    expect(await people.outcome('verifyEmail', { token: tokenIn(mails) })).toBe('DONE');

    expect(await isVerified(ann)).toBe(true);
    expect(await people.em().count(OneTimeCodeEntity, { userId: ann.id })).toBe(0);
  });

  it('ACC-14 is verified by the link or the digits, and each of them dies with the other', async () => {
    const [ann, ben] = [await people.person(), await people.person()];
    const [mailed, sent] = [await people.verification(ann), await people.verification(ben)];

    expect(await people.outcome('verifyEmail', { token: mailed.token }, ann)).toBe('DONE');
    expect(await people.outcome('verifyEmail', { code: sent.digits }, ben)).toBe('DONE');

    expect(await people.outcome('verifyEmail', { code: mailed.digits }, ann)).toBe('INVALID_CODE code');
    expect(await people.outcome('verifyEmail', { token: sent.token }, ben)).toBe('INVALID_CODE token');
    expect([await isVerified(ann), await isVerified(ben)]).toEqual([true, true]);
    expect(await people.company.eventsOf('user.saved', ann.id)).toHaveLength(1);
  });

  it('ACC-14 that is verified gets no more mails', async () => {
    const ann = await people.person();
    await people.outcome('verifyEmail', { token: (await people.verification(ann)).token });
    const before = await people.everything();

    expect(await people.outcome('requestEmailVerification', { email: ann.email }, ann)).toBe('INVALID_STATE');

    expect(await people.everything()).toEqual(before);
    expect(await people.newMails()).toEqual([]);
  });

  it.each([
    ['nobody', anonymous, null, 'UNAUTHENTICATED'],
    ['somebody else', null, 'other@example.com', 'INVALID_INPUT email'],
    ['who sends none', null, 'none', 'BAD_USER_INPUT'],
  ])('ACC-14 is not mailed to for %s', async (_who, viewer, address, outcome) => {
    const ann = await people.person();
    const before = await people.everything();
    const email = address ?? ann.email;

    expect(await people.outcome('requestEmailVerification', { email }, { viewer: viewer ?? ann.viewer })).toBe(outcome);

    expect(await people.everything()).toEqual(before);
  });

  it.each([
    ['neither', () => ({}), 'INVALID_INPUT token'],
    ['both', (token: string, code: string) => ({ token, code }), 'INVALID_INPUT token'],
    ['two empty texts', () => ({ token: '', code: '' }), 'INVALID_INPUT token'],
  ])('ACC-14 is not verified by %s of token and code', async (_what, input, outcome) => {
    const ann = await people.person();
    const { token, digits } = await people.verification(ann);
    const before = await people.everything();

    expect(await people.outcome('verifyEmail', input(token, digits), ann)).toBe(outcome);

    expect(await people.everything()).toEqual(before);
  });

  it.each(['', ' ', '12345', '1234567', 'abcdef', '１２３４５６', '-12345', '9'.repeat(20_000)])(
    'S18 is not verified by what are no digits: %#',
    async (code) => {
      const ann = await people.person();
      await people.verification(ann);

      const outcome = await people.outcome('verifyEmail', { code }, ann);

      expect(outcome).toBe(code === '' ? 'INVALID_INPUT token' : 'INVALID_CODE code');
      expect(await isVerified(ann)).toBe(false);
    },
  );

  it('S18 digits need their person to be signed in, and are nobody else’s', async () => {
    const [ann, eve] = [await people.person(), await people.person()];
    const { digits } = await people.verification(ann);
    const before = await people.everything();

    expect(await people.outcome('verifyEmail', { code: digits })).toBe('UNAUTHENTICATED');
    expect(await people.outcome('verifyEmail', { code: digits }, eve)).toBe('INVALID_CODE code');

    expect(await people.everything()).toEqual(before);
    expect(await people.outcome('verifyEmail', { code: digits }, ann)).toBe('DONE');
  });

  it('S18 a link of somebody else verifies nothing for who is signed in, and stays good for its person', async () => {
    const [ann, eve] = [await people.person(), await people.person()];
    const { token } = await people.verification(ann);
    const before = await people.everything();

    expect(await people.outcome('verifyEmail', { token }, eve)).toBe('INVALID_CODE token');

    expect(await people.everything()).toEqual(before);
    expect(await people.outcome('verifyEmail', { token }, ann)).toBe('DONE');
    expect([await isVerified(ann), await isVerified(eve)]).toEqual([true, false]);
  });

  it('S18 digits live ten minutes and their link a day', async () => {
    const ann = await people.person();
    const { token, digits } = await people.verification(ann);
    const { clock } = people.company.subgraph;

    clock.advance(10 * MINUTE_MS);
    expect(await people.outcome('verifyEmail', { code: digits }, ann)).toBe('INVALID_CODE code');
    clock.advance(24 * 60 * MINUTE_MS - 10 * MINUTE_MS - 1);
    expect(await people.outcome('verifyEmail', { token }, ann)).toBe('DONE');

    const late = await people.person();
    const mailed = await people.verification(late);
    clock.advance(24 * 60 * MINUTE_MS);
    expect(await people.outcome('verifyEmail', { token: mailed.token }, late)).toBe('INVALID_CODE token');
    expect(await isVerified(late)).toBe(false);
  });

  it('S18 digits are good until the last millisecond', async () => {
    const ann = await people.person();
    const { digits } = await people.verification(ann);
    people.company.subgraph.clock.advance(10 * MINUTE_MS - 1);

    expect(await people.outcome('verifyEmail', { code: digits }, ann)).toBe('DONE');
  });

  it('S18 digits are dead after five guesses, however many come at once, and their link is not', async () => {
    const ann = await people.person();
    const { token, digits } = await people.verification(ann);

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => people.outcome('verifyEmail', { code: otherThan(digits) }, ann)),
    );

    expect(new Set(outcomes)).toEqual(new Set(['INVALID_CODE code']));
    expect(await people.em().findOneOrFail(OneTimeCodeEntity, { userId: ann.id })).toMatchObject({
      attempts: 5,
      digitsHash: null,
    });
    expect(await people.outcome('verifyEmail', { code: digits }, ann)).toBe('INVALID_CODE code');
    expect(await people.outcome('verifyEmail', { token }, ann)).toBe('DONE');
  });

  it('S18 digits are good after four guesses', async () => {
    const ann = await people.person();
    const { digits } = await people.verification(ann);
    for (let guess = 0; guess < 4; guess += 1) await people.outcome('verifyEmail', { code: otherThan(digits) }, ann);

    expect(await people.outcome('verifyEmail', { code: digits }, ann)).toBe('DONE');
  });

  it.each(['token', 'code'] as const)(
    'S18 one of eight who send the %s at the same time is told yes',
    async (field) => {
      const ann = await people.person();
      const { token, digits } = await people.verification(ann);
      const input = field === 'token' ? { token } : { code: digits };

      const outcomes = await Promise.all(Array.from({ length: 8 }, () => people.outcome('verifyEmail', input, ann)));

      expect(outcomes.toSorted()).toEqual(['DONE', ...Array(7).fill(`INVALID_CODE ${field}`)]);
      expect(await isVerified(ann)).toBe(true);
    },
  );
});

import { anonymous } from '../../../platform/domain/viewer.js';
import { newId } from '../../../platform/domain/id.js';
import { password } from '../accounts.fixture.js';
import { newSecret } from './code.rules.js';
import { PeopleWithCodes } from './codes.fixture.js';

const newPassword = 'another horse battery';

describe('S18 S10 who guesses tokens', () => {
  let people: PeopleWithCodes;

  beforeAll(async () => (people = await PeopleWithCodes.open({ generosity: 1 })));
  afterAll(() => people.company.subgraph.stop());

  it('has five tries a minute from one address', async () => {
    const from = people.elsewhere();
    const outcomes = [];
    for (let guess = 0; guess < 7; guess += 1) {
      const token = `${newId('otc')}.${newSecret()}`;
      outcomes.push(await people.outcome('confirmPasswordReset', { token, newPassword }, { from }));
      outcomes.push(await people.outcome('verifyEmail', { token }, { from }));
    }

    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill('INVALID_CODE token'));
    expect(outcomes.slice(5)).toEqual(Array(9).fill('RATE_LIMITED'));
  });

  it('has five tries a minute at one token from however many addresses, and the sixth is not even looked at', async () => {
    const token = await people.resetToken(await people.person());
    const wrong = () => `${token.split('.')[0]}.${newSecret()}`;

    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => people.outcome('confirmPasswordReset', { token: wrong(), newPassword })),
    );

    expect(outcomes.filter((outcome) => outcome === 'INVALID_CODE token')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'RATE_LIMITED')).toHaveLength(15);
    expect(await people.outcome('confirmPasswordReset', { token, newPassword })).toBe('RATE_LIMITED');
  });

  it('has each try counted when one document holds many', async () => {
    const aliases = Array.from(
      { length: 30 },
      (_, index) =>
        `a${index}: verifyEmail(input: { token: "${newId('otc')}.${newSecret()}" }) { userErrors { code } }`,
    );

    const answer = await people.company.subgraph
      .from('test', people.elsewhere())
      .run(anonymous, `mutation { ${aliases.join(' ')} }`);

    expect(answer).toMatchObject({ data: null, errors: [{ path: ['a5'], extensions: { code: 'RATE_LIMITED' } }] });
  });

  it('has five mails in a quarter of an hour for one address, and by one address', async () => {
    const [ann, ben] = [await people.person(), await people.person()];
    const from = people.elsewhere();
    const [toOne, byOne, own]: string[][] = [[], [], []];
    for (let time = 0; time < 6; time += 1) {
      toOne?.push(await people.outcome('requestPasswordReset', { email: ann.email }));
      byOne?.push(await people.outcome('requestPasswordReset', { email: `nobody${time}@example.com` }, { from }));
      own?.push(await people.outcome('requestEmailVerification', { email: ben.email }, ben));
    }

    for (const outcomes of [toOne, byOne, own]) expect(outcomes).toEqual([...Array(5).fill('DONE'), 'RATE_LIMITED']);
    expect(await people.newMails()).toHaveLength(10);
  });

  it('has five mails in a quarter of an hour for an address that four people want', async () => {
    const email = 'wanted@example.com';
    const emailChange = { email, currentPassword: password };
    for (let person = 0; person < 4; person += 1) {
      const ann = await people.person();
      await people.outcome('updateMe', { emailChange }, ann);
      await people.outcome('requestEmailVerification', { email }, ann);
    }

    await people.newMails();
    const written = people.mails.filter(({ to }) => to === email).length;
    expect(written).toBeGreaterThan(0);
    expect(written).toBeLessThanOrEqual(5);
  });
});

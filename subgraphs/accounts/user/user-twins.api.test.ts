import { anonymous } from '../../../platform/domain/viewer.js';
import { insertAccount, prepareAccount } from './user.operations.js';
import { errorCode, openCompany, password, type Company } from '../accounts.fixture.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } userErrors { code } } }';

describe('S27 twins of addresses and user names', () => {
  let company: Company;
  let number = 0;

  beforeAll(async () => (company = await openCompany()));
  afterAll(() => company.subgraph.stop());

  const register = (facts: object) => {
    number += 1;
    const input = { email: `twin${number}@example.com`, name: 'Twin', password, ...facts };
    return company.send(anonymous, 'register', input);
  };
  // Past the scalar of addresses, which refuses what is not ASCII: the rule must hold without it.
  const addAccount = async (email: string) => {
    const context = company.subgraph.running.systemContext();
    const account = await prepareAccount(context, { email, name: 'Twin', password });
    await context.unitOfWork((em) => insertAccount(em, context.vault, account));
    return account.user.id;
  };
  const outcomeOf = async (facts: object) => {
    const answer = await register(facts);
    const { userErrors, user } = answer.data?.['register'] ?? {};
    return userErrors?.[0] ? [userErrors[0].code, ...userErrors[0].field] : (errorCode(answer) ?? typeof user.id);
  };

  it.each([
    ['capitals', 'capital@example.com', 'Capital@Example.COM'],
    ['decomposed letters', 'zo\u00eb@example.com', 'zoe\u0308@example.com'],
    ['wide letters', 'wide@example.com', '\uff57ide@example.com'],
    ['a ligature', 'fin@example.com', 'ﬁn@example.com'],
  ])(
    'an address in %s is the same one, though the scalar refuses some of them, and signs the same person in',
    async (_what, one, other) => {
      const id = await addAccount(one);
      const before = await company.rows();

      await expect(addAccount(other)).rejects.toMatchObject({ code: 'ALREADY_EXISTS', field: ['email'] });
      expect(await company.rows()).toEqual(before);
      const signedIn = await company.subgraph.run(anonymous, LOGIN, { input: { identifier: ` ${other} `, password } });
      expect(signedIn.data?.['login'].user).toEqual({ id });
    },
  );

  it.each([
    ['capitals', 'Capital.1', 'CAPITAL.1'],
    ['decomposed letters', 'Zo\u00eb.1', 'Zoe\u0308.1'],
    ['wide letters', 'wide.1', '\uff57ide.\uff11'],
    ['trailing spaces, which the database may not tell apart', 'trail.1', 'trail.1   '],
    ['leading spaces', 'lead.1', '  lead.1'],
    ['a ligature', 'fin.1', 'ﬁn.1'],
  ])('a user name in %s is the same one', async (_what, one, other) => {
    expect(await outcomeOf({ username: one })).toBe('string');
    expect(await outcomeOf({ username: other })).toEqual(['ALREADY_EXISTS', 'username']);
  });

  it.each([
    ['an accent', 'accent.e', 'accent.é'],
    ['a sharp s', 'strasse.1', 'straße.1'],
    ['letters beyond the first plane', '𠮷野家', '𠮷野屋'],
    ['another script', 'cop.1'.slice(0, 3), 'сор'],
    ['an underscore', 'under_1', 'underx1'],
  ])('a user name with %s is another one', async (_what, one, other) => {
    expect([await outcomeOf({ username: one }), await outcomeOf({ username: other })]).toEqual(['string', 'string']);
  });

  it.each([
    ['a lone surrogate in the name', { name: 'Ann\ud800' }, ['INVALID_INPUT', 'name']],
    ['a NUL in the name', { name: 'Ann\u0000' }, ['INVALID_INPUT', 'name']],
    ['a right-to-left override in the name', { name: 'Ann\u202egpj' }, ['INVALID_INPUT', 'name']],
    ['a lone surrogate in the user name', { username: 'ann\udc00' }, ['INVALID_INPUT', 'username']],
    ['mixed scripts in the user name', { username: 'p\u0430ul' }, ['INVALID_INPUT', 'username']],
    ['80 000 characters in the name', { name: 'x'.repeat(80_000) }, ['INVALID_INPUT', 'name']],
  ])('%s is refused by the field and stores nothing', async (_what, facts, outcome) => {
    const before = await company.rows();

    expect(await outcomeOf(facts)).toEqual(outcome);
    expect(await company.rows()).toEqual(before);
  });

  it.each([['Asha 👩‍🍳 👨‍👩‍👧‍👦'], ['𠮷野家'], ['فاطمة'], ['می\u200cخواهم'], ["O'Brien-Zoë; DROP TABLE user_account;--"]])(
    'the name %s comes back as it was told',
    async (name) => {
      const { data } = await register({ name });

      expect(data?.['register'].user.profile.name).toBe(name);
    },
  );
});

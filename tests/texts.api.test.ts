import type { Viewer } from '../platform/domain/viewer.js';
import { permissions } from '../schema/permissions.js';
import { administrator, openCompany, password, type Company } from '../subgraphs/accounts/accounts.fixture.js';
import type { Answer } from './harness/subgraph.js';
import type { IdFor } from './harness/synthesize.js';
import { textFieldsOf, valuesUnder, type TextField } from './harness/text-cases.js';

/** Names that nobody has twice in a brand; addresses and user names have a test of their own. */
const uniqueNames = [
  ['createRole', 'name'],
  ['saveStaffProfile', 'employeeNumber'],
] as const;
const twins: readonly (readonly [string, string, string])[] = [
  ['capitals', 'Keeper', 'kEEPER'],
  ['decomposed letters', 'Zo\u00eb', 'Zoe\u0308'],
  ['wide letters', 'Wide', '\uff37ide'],
  ['a ligature', 'Fin', 'ﬁn'],
  ['trailing spaces', 'Trail', 'Trail  '],
  ['a no-break space behind', 'Break', 'Break\u00a0'],
  ['a variation selector', 'Vary', 'Va\ufe0fry'],
];
const MANY_CASES_MS = 300_000;

/** Texts that have broken something somewhere, each made of an ordinary one. */
const texts: readonly (readonly [string, (text: string) => string])[] = [
  ['emoji', (text) => `${text}🍕`],
  ['joined emoji', (text) => `${text}👩‍🍳`],
  ['a zero-width space', (text) => `${text.slice(0, 1)}\u200b${text.slice(1)}`],
  ['a right-to-left override', (text) => `${text}\u202egpj.exe`],
  ['decomposed letters', (text) => `${text}e\u0301`],
  ['letters beyond the first plane', (text) => `${text}𠮷`],
  ['a lone surrogate', (text) => `${text}\ud83c`],
  ['a NUL', (text) => `${text}\u0000`],
  ['a megabyte', (text) => text.padEnd(1_000_000, 'x')],
  ['a letter of another script', (text) => `\u0430${text}`],
  ['a trailing space', (text) => `${text} `],
  ['an invisible character', (text) => `${text.slice(0, 1)}\u2060${text.slice(1)}`],
  ['letters that are long when compared', (text) => `${text}${'\ufdfa'.repeat(20)}`],
];
const unseen = [
  'a zero-width space',
  'a right-to-left override',
  'a lone surrogate',
  'a NUL',
  'an invisible character',
];

/** Ordinary texts where not every text is one; the number makes those unique that must be. */
const ordinary: Readonly<Record<string, (number: number) => string>> = {
  name: (number) => `Text ${number}`,
  email: (number) => `text${number}@example.com`,
  username: (number) => `text.${number}`,
  phone: (number) => `+9122550${number}`,
  locale: () => 'en-IN',
  defaultLocale: () => 'en-IN',
  country: () => 'IN',
  countryCode: () => 'IN',
  timeZone: () => 'Asia/Kolkata',
  orderPrefix: () => 'A',
  categories: () => 'ALCOHOL',
  password: () => password,
  currentPassword: () => password,
  permissions: () => 'orders.read',
  addedPermissions: () => 'orders.read',
  removedPermissions: () => 'orders.read',
  documentIds: () => `sha256:${'0'.repeat(64)}`,
};

const internal = Object.entries(permissions.accounts).flatMap(([field, rule]) => (rule === 'INTERNAL' ? [field] : []));
// Compared with what is kept, and answered alike whatever is wrong with them.
const guesses = [
  'login',
  'refreshToken',
  'logout',
  'revokeSessions',
  'changePassword',
  'confirmPasswordReset',
  'confirmTotp',
  'deviceChallenge',
  'disableTotp',
  'enableTotp',
  'loginWithDeviceKey',
  'loginWithGoogle',
  'loginWithSecondFactor',
  'registerDeviceKey',
  'requestEmailVerification',
  'revokeDeviceKey',
  'verifyEmail',
];
const isGuess = (field: TextField) => guesses.includes(field.mutation) || field.path.includes('currentPassword');
// Nobody is told what is kept of these.
const untold = ['password', 'addedPermissions', 'removedPermissions'];

/** What came of a text. */
type Outcome = { kind: 'KEPT' } | { kind: 'REFUSED'; field: string | null } | { kind: 'FAILED' };

function outcomeOf({ data, errors }: Answer, { mutation }: TextField): Outcome {
  const [error] = errors ?? [];
  const code = error?.extensions['code'];
  if (error && !['BAD_USER_INPUT', 'NOT_FOUND', 'FORBIDDEN'].includes(String(code))) return { kind: 'FAILED' };
  if (error) return { kind: 'REFUSED', field: /at "input\.([\w.[\]]+)"/.exec(error.message)?.[1] ?? null };
  const [userError] = data?.[mutation].userErrors ?? [];
  return userError ? { kind: 'REFUSED', field: userError.field?.join('.') ?? null } : { kind: 'KEPT' };
}

describe('texts in the accounts', () => {
  let company: Company;
  let viewer: Viewer;
  let ids: Record<string, string>;
  let fields: TextField[];
  let number = 10_000;

  beforeAll(async () => {
    company = await openCompany();
    const brand = { brandId: company.ours };
    const { id } = await company.addPerson('ADMIN', brand);
    viewer = { ...administrator, id };
    const person = await company.addPerson('WAITER', brand);
    const role = await company.make('createRole', { ...brand, name: 'A role', permissions: ['orders.read'] });
    const client = await company.make('createApiClient', { ...brand, name: 'Till', documentIds: [] });
    ids = {
      brandId: company.ours,
      outletId: company.cafe,
      userId: person.id,
      membershipId: person.membershipId,
      roleId: role.role.id,
      'UpdateBrandInput.id': company.ours,
      'UpdateOutletInput.id': company.cafe,
      'UpdateRoleInput.id': role.role.id,
      'RevokeApiClientInput.id': client.apiClient.id,
      'UpdateUserInput.id': person.id,
      'DeactivateUserInput.id': (await company.addPerson('WAITER', brand)).id,
      'SaveCustomerProfileInput.userId': id,
      sessionIds: 'ses_00000000000000000000000000',
    };
    await company.make('saveStaffProfile', { userId: person.id, outletId: company.cafe });
    fields = textFieldsOf(company.subgraph.running.schema).filter(
      ({ mutation }) => !internal.includes(`Mutation.${mutation}`),
    );
  });
  afterAll(() => company.subgraph.stop());

  const idFor: IdFor = (name, within) => ids[`${within}.${name}`] ?? ids[name];
  const nameOf = ({ path }: TextField) => String(path.findLast((step) => typeof step === 'string'));
  const shownAs = (field: TextField) => (field.path[0] === 'emailChange' ? 'pendingEmail' : nameOf(field));
  const inputOf = ({ mutation }: TextField) => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;

  const ordinaryText = (field: TextField): string => {
    number += 1;
    const name = nameOf(field);
    const id = field.type === 'ID' ? idFor(name, inputOf(field)) : undefined;
    return id ?? ordinary[name]?.(number) ?? `Text ${number}`;
  };
  // A role is given by its id or its code; another one for each field, since nobody is given one twice.
  const roles: Record<string, string> = { userId: 'CHEF', brandId: 'MANAGER', outletId: 'STAFF' };
  const alsoIn = ({ mutation, path: [field] }: TextField): object => {
    if (mutation === 'createUser') return field === 'roleId' ? {} : { role: 'CUSTOMER' };
    if (mutation !== 'assignRole') return {};
    const role = field === 'addedPermissions' ? 'ANALYST' : 'CUSTOMER';
    return { brandId: company.ours, ...(field === 'roleId' ? {} : { role: roles[String(field)] ?? role }) };
  };
  const send = async (field: TextField, text: string) => {
    number += 1;
    const { document, variables } = field.request(text, {
      idFor,
      textFor: (name) => ordinary[name]?.(number),
      also: () => alsoIn(field),
    });
    return company.subgraph.run(viewer, document, variables);
  };

  /** What is wrong with what came of a text; nothing, if it is refused by its field or kept as the rule says. */
  const wrongIn = (field: TextField, [what, text]: readonly [string, string], answer: Answer): string[] => {
    const outcome = outcomeOf(answer, field);
    const path = field.path.join('.');
    const told = `${field.mutation}.${path} with ${what}: ${JSON.stringify(answer).slice(0, 200)}`;
    if (outcome.kind === 'FAILED') return [told];
    if (isGuess(field)) return [];
    if (outcome.kind === 'REFUSED') {
      if (field.type === 'ID') return [];
      return outcome.field !== null && path.startsWith(outcome.field.replace(/\[(\d+)\]/g, '.$1')) ? [] : [told];
    }
    const kept = text.normalize('NFC').trim();
    const isAsRuled = untold.includes(nameOf(field)) || valuesUnder(shownAs(field), answer.data).includes(kept);
    const isDisguised = unseen.includes(what) && nameOf(field) !== 'password';
    return field.type === 'ID' || isDisguised || !isAsRuled ? [told] : [];
  };

  it(
    'S27 an ordinary one is kept wherever a text may stand',
    async () => {
      const wrong: string[] = [];
      for (const field of fields.filter((each) => !isGuess(each))) {
        const answer = await send(field, ordinaryText(field));
        if (outcomeOf(answer, field).kind !== 'KEPT')
          wrong.push(`${field.mutation}.${field.path.join('.')}: ${JSON.stringify(answer)}`);
      }

      expect(wrong).toEqual([]);
    },
    MANY_CASES_MS,
  );

  it(
    'S27 a strange one is kept by the rule or refused by its field, and nothing fails',
    async () => {
      const wrong: string[] = [];
      let cases = 0;
      for (const field of fields) {
        for (const [what, make] of texts) {
          const text = make(ordinaryText(field));
          wrong.push(...wrongIn(field, [what, text], await send(field, text)));
          cases += 1;
        }
      }

      process.stderr.write(`texts: ${cases} cases in ${fields.length} places\n`);
      expect(wrong).toEqual([]);
      expect(cases).toBeGreaterThan(1_300);
    },
    MANY_CASES_MS,
  );

  describe.each(uniqueNames)('as %s.%s', (mutation, name) => {
    const save = async (text: string) => {
      const brandId = company.ours;
      const about =
        mutation === 'createRole'
          ? { brandId, permissions: ['orders.read'] }
          : { userId: (await company.addPerson('WAITER', { brandId })).id, outletId: company.cafe };
      return (await company.send(viewer, mutation, { ...about, [name]: text })).data?.[mutation];
    };

    it.each(twins)('S27 with %s are no second one', async (_what, one, other) => {
      const first = await save(one);
      const second = await save(other);

      expect(first.userErrors).toEqual([]);
      expect(second.userErrors).toEqual([expect.objectContaining({ code: 'ALREADY_EXISTS', field: [name] })]);
    });
  });
});

import { isInputObjectType, isNonNullType } from 'graphql';
import { anonymous, type Viewer } from '../../../platform/domain/viewer.js';
import { administrator, errorCode, holderOf, manyRowsMs, openCompany, type Company } from '../accounts.fixture.js';

// What no client may set unless its input says so: identity, rights, money, states, times, versions, secrets and the keys of prototypes.
const privileged: Readonly<Record<string, unknown>> = {
  tenantId: 'brd_1',
  brandId: 'brd_1',
  outletId: 'out_1',
  userId: 'usr_1',
  id: 'usr_1',
  role: 'ADMIN',
  roleId: 'ADMIN',
  roles: ['ADMIN'],
  permissions: ['all'],
  slugs: ['all'],
  grants: [],
  memberships: [],
  isAdmin: true,
  isStaff: true,
  isActive: true,
  isEmailVerified: true,
  isTotpEnabled: false,
  deviceEnrolment: 'ENROLLED',
  passwordHash: 'x',
  passwordChangedAt: '2026-01-01T00:00:00.000Z',
  emailKey: 'x',
  phoneKey: 'x',
  usernameKey: 'x',
  rightsVersion: 99,
  version: 99,
  status: 'ACTIVE',
  price: '1',
  amount: '1',
  hourlyRateMinor: 1,
  currency: 'INR',
  paidAt: '2026-01-01T00:00:00.000Z',
  createdAt: '2026-01-01T00:00:00.000Z',
  deletedAt: null,
  viewer: { kind: 'SYSTEM' },
  __proto: { isAdmin: true },
  constructor: { prototype: { isAdmin: true } },
  prototype: { isAdmin: true },
  toString: 'x',
  hasOwnProperty: true,
  $where: '1=1',
};

// Every mutation of the graph is tried in tests/; these are the ones about people, with more names and more callers.
const aboutPeople = [
  'register',
  'createUser',
  'updateMe',
  'updateUser',
  'deactivateUser',
  'saveStaffProfile',
  'saveCustomerProfile',
];

describe('S6 fields no client may set', () => {
  let company: Company;
  let callers: Viewer[];

  beforeAll(async () => {
    company = await openCompany();
    const brand = { brandId: company.ours };
    callers = [anonymous, holderOf('MANAGER', brand), holderOf('OWNER', brand), administrator];
  });
  afterAll(() => company.subgraph.stop());

  /** The mutations about people with the names of their inputs' fields. */
  const mutations = () => {
    const fields = Object.values(company.subgraph.running.schema.getMutationType()?.getFields() ?? {});
    return fields
      .filter(({ name }) => aboutPeople.includes(name))
      .flatMap(({ name, args }) => {
        const type = args.find((argument) => argument.name === 'input')?.type;
        const input = isNonNullType(type) ? type.ofType : type;
        return isInputObjectType(input) ? [{ name, type: input.name, known: Object.keys(input.getFields()) }] : [];
      });
  };

  it(
    'are unknown to every input about people that does not list them, whoever asks, and nothing changes',
    async () => {
      const before = await company.rows();
      const accepted: string[] = [];
      let cases = 0;
      const attempt = async (name: string, type: string, [field, value]: [string, unknown]) => {
        const document = `mutation ($input: ${type}!) { ${name}(input: $input) { userErrors { code } } }`;
        const answers = await Promise.all(
          callers.map((viewer) => company.subgraph.run(viewer, document, { input: { [field]: value } })),
        );
        cases += answers.length;
        if (answers.some((answer) => errorCode(answer) !== 'BAD_USER_INPUT')) accepted.push(`${name}.${field}`);
      };
      for (const { name, type, known } of mutations()) {
        const unknown = Object.entries(privileged).filter(([field]) => !known.includes(field));
        await Promise.all(unknown.map((entry) => attempt(name, type, entry)));
      }

      process.stderr.write(`mass assignment: ${cases} inputs with a field they have not\n`);
      expect(accepted).toEqual([]);
      expect(cases).toBeGreaterThan(900);
      expect(await company.rows()).toEqual(before);
      expect(Object.prototype).not.toHaveProperty('isAdmin');
    },
    manyRowsMs,
  );

  it('are not among what people say about themselves or others', () => {
    const knownBy = Object.fromEntries(mutations().map(({ name, known }) => [name, known]));
    const never = [
      'role',
      'roleId',
      'permissions',
      'isEmailVerified',
      'isTotpEnabled',
      'rightsVersion',
      'passwordHash',
    ];

    // Of others it takes away a second step they have lost, and nothing more: second-factor-reset.api.test.ts.
    const meant = ['updateUser isTotpEnabled'];

    for (const name of ['register', 'updateMe', 'updateUser', 'saveStaffProfile', 'saveCustomerProfile']) {
      const wrong = knownBy[name]?.filter((field) => never.includes(field) && !meant.includes(`${name} ${field}`));
      expect([name, wrong]).toEqual([name, []]);
    }
    expect(knownBy['updateMe']).toEqual(['name', 'phone', 'username', 'locale', 'emailChange']);
    expect(knownBy['updateUser']).toEqual([
      'id',
      'name',
      'phone',
      'username',
      'locale',
      'isActive',
      'isTotpEnabled',
      'isDeviceEnrolmentAllowed',
    ]);
  });

  it('do not come in through a prototype either', async () => {
    const viewer = holderOf('OWNER', { brandId: company.ours });
    const { id } = await company.addPerson('WAITER', { brandId: company.ours });
    const before = await company.rows();
    const input: unknown = JSON.parse(`{ "id": "${id}", "__proto__": { "isActive": false, "name": "Sly" } }`);
    const document = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { userErrors { code } } }';

    await company.subgraph.run(viewer, document, { input });

    expect(await company.rows()).toEqual(before);
  });
});

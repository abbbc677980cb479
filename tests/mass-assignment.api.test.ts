import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissions } from '../schema/permissions.js';
import { findCallers, mayCall, type Caller } from './harness/callers.js';
import { inputFieldsOf, inputsIn, scalarsIn, withValue, type Path } from './harness/input-fields.js';
import { addRows } from './harness/own-rows.js';
import { ManualTime, quietAfternoon } from './harness/manual-time.js';
import { startTestProduct, type TestProduct } from './harness/product.js';
import { inParallel } from './harness/in-parallel.js';
import { watchRowChanges, type RowChanges } from './harness/row-changes.js';
import { synthesize } from './harness/synthesize.js';
import { findTenantIds, tableOf, type TenantIds } from './harness/tenant-ids.js';

// What an input must not carry unless its type says so, with a value that would matter if it were taken over.
const privileged: Readonly<Record<string, unknown>> = {
  tenantId: 'brd_00000000000000000000000000',
  brandId: 'brd_00000000000000000000000000',
  role: 'ADMIN',
  roleId: 'ADMIN',
  permissions: ['all'],
  slugs: ['all'],
  isActive: false,
  isAdmin: true,
  price: '0',
  priceMinor: 0,
  totalMinor: 0,
  status: 'PAID',
  paymentState: 'PAID',
  paidAt: '2026-01-01T00:00:00.000Z',
  createdAt: '2026-01-01T00:00:00.000Z',
  version: 999,
  rightsVersion: 999,
  passwordHash: 'x',
};
const pollution = { isPolluted: true };
const names = [...Object.keys(privileged), '__proto__'];
// Where a mutation is about such a thing, and the permission it asks for.
const meant = [
  'assignRole AssignRoleInput.role: users.manage',
  'assignRole AssignRoleInput.roleId: users.manage',
  'createMenuItem MenuItemPriceInput.price: menu.manage',
  'createRole CreateRoleInput.permissions: users.manage',
  'createUser CreateUserInput.role: users.manage',
  'createUser CreateUserInput.roleId: users.manage',
  'setMenuItemPrice SetMenuItemPriceInput.price: menu.manage',
  'updateBrand UpdateBrandInput.isActive: outlets.manage',
  'updateOutlet UpdateOutletInput.isActive: outlets.manage',
  'updateRole UpdateRoleInput.permissions: users.manage',
  'updateUser UpdateUserInput.isActive: users.manage',
];
const mutations = Object.values(permissions)
  .flatMap((table) => Object.entries<PermissionRule>(table))
  .filter(([field, rule]) => field.startsWith('Mutation.') && rule !== 'INTERNAL');
const endsSession = ['logout', 'revokeSessions'];

describe('inputs', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
  let twin: TestProduct;
  let callers: Caller[];
  let own: TenantIds;
  let changes: RowChanges;

  beforeAll(async () => {
    twin = await startTestProduct({ clock: new ManualTime(quietAfternoon) });
    const { brandId } = await addRows(twin, 0);
    callers = (await findCallers(twin)).filter(({ slugs, who }) => slugs !== null && who !== "another tenant's owner");
    own = await findTenantIds(twin.subgraphs, brandId);
    changes = await watchRowChanges(twin.subgraphs);
  }, 120_000);
  afterAll(() => twin.stop());

  // A request with rows there are, so that nothing but the field that is too much stands against it.
  const requestFor = (name: string) =>
    synthesize(schema, 'Mutation', name, (argument, within) => own.get(tableOf(argument, within)));

  const send = async ({ client }: Caller, name: string, variables: unknown) => {
    const { status, body } = await client.ask(requestFor(name).document, Object(variables), {
      'idempotency-key': `mass-${name}`,
    });
    const [error] = body.errors ?? [];
    return { status, code: error?.extensions['code'], text: JSON.stringify(body) };
  };

  const valueOf = (name: string) => (name === '__proto__' ? pollution : privileged[name]);

  // Who administers the installation tries them all, of the others each a quarter.
  const namesFor = (caller: Caller) =>
    names.filter((_name, index) => caller.who === 'installation' || (index + callers.indexOf(caller)) % 4 === 0);

  const refusedOf = async (caller: Caller, { name, path, value }: { name: string; path: Path; value: unknown }) => {
    const { code, text } = await send(caller, name, withValue(requestFor(name).variables, path, value));
    return code === 'BAD_USER_INPUT' ? [] : [`${caller.who}: ${name} ${path.join('.')}: ${text}`];
  };

  // Which requests were not refused, and what rows changed meanwhile.
  const wrongAmong = async (caller: Caller, requests: readonly { name: string; path: Path; value: unknown }[]) => {
    const wrong = (await inParallel(requests, (request) => refusedOf(caller, request))).flat();
    const changed = await changes.take();
    return changed.length > 0 ? [...wrong, `${caller.who}: ${requests[0]?.name} changed ${changed.join(', ')}`] : wrong;
  };

  it('S6 a field that an input does not have is refused to everybody who may call it, and no row changes', async () => {
    const wrong: string[] = [];
    let cases = 0;
    await twin.settle();
    await changes.take();

    for (const caller of callers) {
      for (const [field] of mutations.filter((row) => mayCall(caller, row))) {
        const name = field.replace('Mutation.', '');
        const inputs = inputsIn(schema, { root: 'Mutation', name }, requestFor(name).variables);
        const requests = inputs.flatMap(({ path, fields }) =>
          namesFor(caller)
            .filter((each) => !fields.includes(each))
            .map((extra) => ({ name, path: [...path, extra], value: valueOf(extra) })),
        );
        cases += requests.length;
        wrong.push(...(await wrongAmong(caller, requests)));
      }
    }

    process.stderr.write(`mass assignment: ${cases} fields too many in ${mutations.length} mutations, all refused\n`);
    expect(wrong).toEqual([]);
    expect(cases).toBeGreaterThan(1_500);
  }, 300_000);

  it('S6 an object where a scalar belongs is refused, and reaches no prototype', async () => {
    const admin = callers.find(({ who }) => who === 'installation');
    if (!admin) throw new Error('Nobody administers the installation.');
    const wrong: string[] = [];
    let cases = 0;
    for (const [field] of mutations) {
      const name = field.replace('Mutation.', '');
      const paths = scalarsIn(schema, { root: 'Mutation', name }, requestFor(name).variables);
      const requests = paths.flatMap((path) =>
        ['__proto__', 'constructor', 'toString'].map((key) => ({ name, path, value: withValue({}, [key], pollution) })),
      );
      cases += requests.length;
      wrong.push(...(await wrongAmong(admin, requests)));
    }

    process.stderr.write(`mass assignment: ${cases} objects where scalars belong, all refused\n`);
    expect(wrong).toEqual([]);
    expect(Reflect.get({}, 'isPolluted')).toBeUndefined();
    expect(cases).toBeGreaterThan(300);
  }, 120_000);

  it('S6 only mutations that are about a role, a price or a state take one, and they ask for a permission', () => {
    const named = mutations.flatMap(([field, rule]) => {
      const name = field.replace('Mutation.', '');
      const asked = typeof rule === 'object' ? rule.slug : rule;
      // Brands are what every other test of tenants is about.
      return inputFieldsOf(schema, { root: 'Mutation', name })
        .filter((each) => names.includes(each.replace(/^.*\./, '')) && !each.endsWith('.brandId'))
        .map((each) => `${name} ${each}: ${asked}`);
    });

    expect(named.toSorted()).toEqual(meant);
  });

  it('S6 the same requests change rows without the field that is too much', async () => {
    const admin = callers.find(({ who }) => who === 'ADMIN');
    if (!admin) throw new Error('There is no administrator.');
    const went: string[] = [];
    await twin.settle();
    await changes.take();
    for (const [field, rule] of mutations.filter((row) => mayCall(admin, row))) {
      const name = field.replace('Mutation.', '');
      if (endsSession.includes(name) || rule === 'PUBLIC') continue;
      await send(admin, name, requestFor(name).variables);
      if ((await changes.take()).length > 0) went.push(name);
    }

    process.stderr.write(`mass assignment: ${went.length} of the mutations change rows without it\n`);
    expect(went.length).toBeGreaterThan(20);
  }, 120_000);
});

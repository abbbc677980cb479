import type { DemoPerson } from '../../bin/demo/brands.js';
import type { PermissionRule } from '../../platform/graphql/permissions.js';
import { permissions } from '../../schema/permissions.js';
import { assignRole } from '../../subgraphs/accounts/role-assignment/role-assignment.operations.js';
import { roleTemplates, type RoleCode } from '../../subgraphs/accounts/role/role.templates.js';
import { change } from './change.js';
import { clientWithKey, signIn, type TestClient } from './client.js';
import { newDevice, registerDevice, signInByDevice } from './device.js';
import type { TestProduct } from './product.js';

/** Somebody who asks, what they hold, and how they are told that they may not. */
export interface Caller {
  readonly who: string;
  readonly client: Pick<TestClient, 'ask' | 'subscribe'>;
  /** null for somebody who is refused whatever they ask. */
  readonly slugs: readonly string[] | null;
  readonly isSignedIn: boolean;
  readonly denial: string;
  /** Its token is not good: it may do what signs in or refreshes, and no more of what is public. */
  readonly isStale?: boolean;
  /** Why a socket is closed where it is not even opened. */
  readonly closing?: string;
}

const people: readonly (readonly [RoleCode, DemoPerson])[] = [
  ['CUSTOMER', 'customer'],
  ['WAITER', 'waiter'],
  ['CHEF', 'chef'],
  ['MANAGER', 'manager'],
  ['ANALYST', 'analyst'],
  ['OWNER', 'owner'],
  ['ADMIN', 'admin'],
];
const ownRole = ['outlets.read', 'orders.read', 'inventory.read'];
const password = 'correct horse battery';

/** Whether the table lets the caller call a field that has this rule. */
export function mayCall(
  { slugs, isSignedIn, isStale = false }: Caller,
  [field, rule]: readonly [string, PermissionRule],
): boolean {
  if (slugs === null || rule === 'INTERNAL') return false;
  if (rule === 'PUBLIC') return !isStale || field in permissions.accounts;
  if (rule === 'SIGNED_IN') return isSignedIn;
  return ['all', rule.slug, rule.orSlug].some((slug) => slug !== undefined && slugs.includes(slug));
}

/** Every kind of caller there is: each template, a role of the brand's own, and those who are nobody here. */
export async function findCallers(twin: TestProduct): Promise<Caller[]> {
  const signedIn = { isSignedIn: true, denial: 'FORBIDDEN' };
  const callers: Caller[] = [
    { who: 'anonymous', client: twin.nobody(), slugs: [], isSignedIn: false, denial: 'UNAUTHENTICATED' },
  ];
  for (const [role, person] of people)
    callers.push({ who: role, client: await twin.signIn(person), slugs: roleTemplates[role], ...signedIn });
  for (const role of ['STAFF', 'INTEGRATOR'] as const) {
    const { client } = await addPerson(twin, { name: role.toLowerCase(), role });
    callers.push({ who: role, client, slugs: roleTemplates[role], ...signedIn });
  }
  callers.push(
    {
      who: "a brand's own role",
      client: await addOwnRoleHolder(twin),
      slugs: ['orders.read', 'payments.read'],
      ...signedIn,
    },
    { who: 'installation', client: await addInstallationAdministrator(twin), slugs: ['all'], ...signedIn },
    { who: 'device', client: await addDevice(twin), slugs: roleTemplates.WAITER, ...signedIn },
    { who: "another tenant's owner", client: await twin.signIn('owner', 1), slugs: roleTemplates.OWNER, ...signedIn },
    {
      who: 'API client',
      client: await addApiClient(twin),
      slugs: null,
      isSignedIn: false,
      denial: 'PERSISTED_QUERY_ID_REQUIRED',
    },
    {
      who: 'disabled',
      client: await addDisabled(twin),
      slugs: [],
      isSignedIn: false,
      isStale: true,
      denial: 'TOKEN_REVOKED',
      closing: 'TOKEN_REVOKED',
    },
  );
  return callers;
}

interface Person {
  readonly userId: string;
  readonly client: TestClient;
}

/** Makes a person of the first brand, with a template's role or one of the brand's own, and signs them in. */
export async function addPerson(
  twin: TestProduct,
  { name, ...role }: { name: string; role: RoleCode } | { name: string; roleId: string },
): Promise<Person> {
  const identifier = `${name}@callers.example`;
  const facts = { email: identifier, name, password, ...role, brandId: twin.demo.brands[0]?.id };
  const { user } = await change(await twin.signIn('admin'), 'createUser', { facts, shows: 'user { id }' });
  return { userId: user.id, client: await signIn(twin.url, { identifier, password }) };
}

async function addOwnRoleHolder(twin: TestProduct): Promise<TestClient> {
  const admin = await twin.signIn('admin');
  const brandId = twin.demo.brands[0]?.id;
  const { role } = await change(admin, 'createRole', {
    facts: { brandId, name: 'Bookkeeper', permissions: ownRole },
    shows: 'role { id }',
  });
  const { userId, client } = await addPerson(twin, { name: 'own', roleId: role.id });
  const changes = { addedPermissions: ['payments.read'], removedPermissions: ['outlets.read', 'inventory.read'] };
  await change(admin, 'assignRole', {
    facts: { userId, brandId, roleId: role.id, ...changes },
    shows: 'membership { id }',
  });
  return client;
}

async function addInstallationAdministrator(twin: TestProduct): Promise<TestClient> {
  const { userId, client } = await addPerson(twin, { name: 'root', role: 'ADMIN' });
  const accounts = twin.subgraphs.find(({ name }) => name === 'accounts');
  if (!accounts) throw new Error('There are no accounts.');
  await assignRole(accounts.systemContext(), { userId, roleId: 'ADMIN' });
  await twin.settle();
  return client;
}

/** Somebody who is signed in by a key of their phone. */
async function addDevice(twin: TestProduct): Promise<TestClient> {
  const device = newDevice();
  const { userId, client } = await addPerson(twin, { name: 'device', role: 'WAITER' });
  const facts = { id: userId, isDeviceEnrolmentAllowed: true };
  await change(await twin.signIn('manager'), 'updateUser', { facts, shows: 'user { id }' });
  await registerDevice(client, device, password);
  return signInByDevice(twin, device);
}

async function addApiClient(twin: TestProduct): Promise<Caller['client']> {
  const facts = { brandId: twin.demo.brands[0]?.id, name: 'Matrix', documentIds: [] };
  const { apiKey } = await change(await twin.signIn('owner'), 'createApiClient', { facts, shows: 'apiKey' });
  return clientWithKey(twin.url, apiKey);
}

async function addDisabled(twin: TestProduct): Promise<TestClient> {
  const { userId, client } = await addPerson(twin, { name: 'disabled', role: 'MANAGER' });
  await change(await twin.signIn('admin'), 'deactivateUser', { facts: { id: userId }, shows: 'user { isActive }' });
  return client;
}

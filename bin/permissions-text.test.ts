import { readFileSync } from 'node:fs';
import { permissions } from '../schema/permissions.js';
import { roleCodes } from '../subgraphs/accounts/role/role.templates.js';
import { holdersOf, namedPolicies, permissionsText } from './permissions-text.js';

const managers = ['ADMIN', 'MANAGER', 'OWNER'];
const house = [...managers, 'CHEF', 'STAFF', 'WAITER'];

describe('the table of who may do what', () => {
  it('ACC-30 is committed as the code makes it', () => {
    expect(readFileSync('docs/permissions.md', 'utf8') === permissionsText()).toBe(true);
  });

  it('ACC-40 has every root field clients may call, once', () => {
    const fields = Object.values(permissions).flatMap((table) => Object.keys(table));
    const lines = permissionsText().split('\n');
    const shown = fields.filter((field) => lines.filter((line) => line.startsWith(`| \`${field}\` `)).length === 1);

    expect(fields.filter((field) => !shown.includes(field))).toEqual([
      'Query.authenticate',
      'Mutation.receiveBiometricEvent',
    ]);
  });

  it.each([
    ['IsManager', managers],
    ['IsStaffOrManager', house],
    ['IsManagerOrReadOnly', [...house, 'ANALYST']],
    ['IsOutletUser', roleCodes.filter((code) => code !== 'CUSTOMER')],
  ])('ACC-28 ACC-29 what stands for %s is held by %j', (name, holders) => {
    const policy = namedPolicies.find((each) => each.name === name);

    for (const slug of policy?.slugs ?? []) expect(holdersOf(slug).toSorted()).toEqual([...holders].toSorted());
    expect(policy?.slugs.length).toBeGreaterThan(0);
  });

  it('ACC-29 what IsManagerOrReadOnly lets others read only, managers alone change', () => {
    for (const slug of ['floor.manage', 'inventory.manage'] as const)
      expect(holdersOf(slug).toSorted()).toEqual(managers);
  });
});

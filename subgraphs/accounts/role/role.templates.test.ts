import { readSourceFiles } from '../../../tests/source-files.js';
import { permissions } from '../../../schema/permissions.js';
import { includesAll } from './role.policy.js';
import { roleCodes, roleTemplates, type RoleCode } from './role.templates.js';

const rules: (string | { readonly slug: string })[] = Object.values(permissions).flatMap((table) =>
  Object.values(table),
);
const askedByRows = new Set(rules.flatMap((rule) => (typeof rule === 'string' ? [] : [rule.slug])));
const held = new Set(Object.values(roleTemplates).flat());

/** Every text in quotes that has the shape of a slug, in the product's code outside the table and the templates. */
function askedByCode(): Set<string> {
  const isAsking = (path: string) =>
    !/\.(test|fixture)\.ts$/.test(path) &&
    !path.startsWith('tests/') &&
    path !== 'schema/permissions.ts' &&
    path !== 'schema/permission-slugs.ts' &&
    !path.endsWith('role.templates.ts');
  const texts = readSourceFiles().filter(({ path }) => isAsking(path));
  return new Set(
    texts.flatMap(({ text }) => [...text.matchAll(/'([a-z-]+\.[a-z-]+)'/g)].map((match) => match[1] ?? '')),
  );
}

describe('roles', () => {
  it('ACC-31 are the nine that people and programs can hold', () => {
    expect(Object.keys(roleTemplates).toSorted()).toEqual(roleCodes.toSorted());
    expect(roleCodes).toHaveLength(9);
  });

  it('ACC-30 hold every permission a root field asks for; only making brands is left to administrators', () => {
    const unheld = [...askedByRows].filter((slug) => !held.has(slug));

    expect(askedByRows.size).toBeGreaterThan(20);
    expect(unheld).toEqual(['brands.create']);
  });

  it('ACC-30 hold no permission that nothing asks for, and none twice', () => {
    const asked = askedByCode();
    const idle = [...held].filter((slug) => slug !== 'all' && !askedByRows.has(slug) && !asked.has(slug));
    const repeated = roleCodes.filter((code) => new Set(roleTemplates[code]).size !== roleTemplates[code].length);

    expect(idle).toEqual([]);
    expect(repeated).toEqual([]);
  });

  it('"all" is the administrator\'s alone', () => {
    expect(roleCodes.filter((code) => roleTemplates[code].includes('all'))).toEqual(['ADMIN']);
    expect(roleTemplates.ADMIN).toEqual(['all']);
  });

  const everyone = [...roleCodes];
  const withoutAdmin = everyone.filter((code) => code !== 'ADMIN');
  it.each<[RoleCode, readonly RoleCode[]]>([
    ['CUSTOMER', ['CUSTOMER']],
    ['STAFF', ['STAFF']],
    ['WAITER', ['CUSTOMER', 'WAITER', 'STAFF']],
    ['CHEF', ['CHEF', 'STAFF']],
    ['ANALYST', ['ANALYST', 'INTEGRATOR']],
    ['INTEGRATOR', ['INTEGRATOR']],
    ['MANAGER', ['CUSTOMER', 'WAITER', 'CHEF', 'STAFF', 'MANAGER', 'ANALYST', 'INTEGRATOR']],
    ['OWNER', withoutAdmin],
    ['ADMIN', everyone],
  ])('ACC-17 what %s holds covers exactly %j', (code, covered) => {
    expect(roleCodes.filter((other) => includesAll(roleTemplates[code], roleTemplates[other]))).toEqual(covered);
  });

  it('ACC-17 who holds nothing hands out nothing', () => {
    expect(roleCodes.filter((code) => includesAll([], roleTemplates[code]))).toEqual([]);
  });
});

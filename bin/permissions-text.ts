import type { PermissionRule } from '../platform/graphql/permissions.js';
import { permissionSlugs, type PermissionSlug } from '../schema/permission-slugs.js';
import { permissions } from '../schema/permissions.js';
import { roleCodes, roleTemplates, type RoleCode } from '../subgraphs/accounts/role/role.templates.js';

/** A rule known by name in the trade, and the permissions that stand for it here. */
export interface NamedPolicy {
  readonly name: string;
  readonly meaning: string;
  readonly slugs: readonly PermissionSlug[];
}

/** Rules that house systems usually have as code, and which here are permissions that a role or a membership carries. */
export const namedPolicies: readonly NamedPolicy[] = [
  {
    name: 'IsOutletUser',
    meaning: 'Sees the rows of the outlets where it is held, and no others',
    slugs: ['outlets.read'],
  },
  {
    name: 'IsManager',
    meaning: 'Runs the outlet',
    slugs: ['orders.override', 'menu.manage', 'floor.manage', 'inventory.manage'],
  },
  {
    name: 'IsManagerOrReadOnly',
    meaning: 'Others of the house read what managers change by `floor.manage` and `inventory.manage`',
    slugs: ['floor.read', 'inventory.read'],
  },
  { name: 'IsStaffOrManager', meaning: 'Works in the house', slugs: ['kitchen.read'] },
];

/** The templates that hold a permission. */
export function holdersOf(slug: PermissionSlug): RoleCode[] {
  return roleCodes.filter((code) => roleTemplates[code].includes('all') || roleTemplates[code].includes(slug));
}

/** `docs/permissions.md`: who may call which root field, made from the permission table and the role templates. */
export function permissionsText(): string {
  const parts = [
    '# Who may do what',
    'Made by `npm run permissions` from `schema/permissions.ts`, `schema/permission-slugs.ts` and the role templates; do not edit.',
    'A mark says that the role may call the field at all. Where it is held, a brand or an outlet, says whose rows it reaches:\nall others are answered as if they did not exist. A brand may have roles of its own, and a membership may add to its role\nand leave out of it (see `docs/decisions/0014-roles.md`).',
    '## Rules by name',
    tableOf(
      ['Rule', 'Meaning', 'Permission', 'Held by'],
      namedPolicies.flatMap(({ name, meaning, slugs }) =>
        slugs.map((slug) => [name, meaning, `\`${slug}\``, holdersOf(slug).join(', ')]),
      ),
    ),
    '## Permissions',
    tableOf(
      ['Permission', 'Lets its holder'],
      Object.entries(permissionSlugs).map(([slug, description]) => [`\`${slug}\``, description]),
    ),
    ...Object.entries(permissions).flatMap(([name, table]) => [`## Root fields of ${name}`, rootFieldsOf(table)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function rootFieldsOf(table: Readonly<Record<string, PermissionRule>>): string {
  const rows = Object.entries(table)
    .filter(([, rule]) => rule !== 'INTERNAL')
    .map(([field, rule]) => [`\`${field}\``, asks(rule), ...roleCodes.map((code) => (mayCall(code, rule) ? '✓' : ''))]);
  return tableOf(['Root field', 'Asks for', ...roleCodes], rows);
}

function asks(rule: PermissionRule): string {
  if (typeof rule === 'object')
    return slugsOf(rule)
      .map((slug) => `\`${slug}\``)
      .join(' or ');
  return rule === 'PUBLIC' ? 'nothing: everybody may' : 'being signed in';
}

function mayCall(code: RoleCode, rule: PermissionRule): boolean {
  if (typeof rule === 'string') return rule !== 'INTERNAL';
  return ['all', ...slugsOf(rule)].some((slug) => roleTemplates[code].includes(slug));
}

function slugsOf({ slug, orSlug }: { readonly slug: string; readonly orSlug?: string }): string[] {
  return orSlug === undefined ? [slug] : [slug, orSlug];
}

// Aligned as the formatter aligns it, so that it has nothing to change.
function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_title, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 3));
  const lineOf = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [lineOf(head), lineOf(widths.map((width) => '-'.repeat(width))), ...rows.map(lineOf)].join('\n');
}

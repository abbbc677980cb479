import type { Migration } from '../platform/data/migration.js';

/** The TypeScript file of a migration, formatted as the others are. */
export function migrationText({ name, statements }: Migration): string {
  return [
    "import type { Migration } from '../../../platform/data/migration.js';",
    '',
    `/** ${describe(name)} */`,
    `export const ${constantName(name)}: Migration = {`,
    `  name: '${name}',`,
    '  statements: [',
    ...statements.map((statement) => `    ${quote(statement)},`),
    '  ],',
    '};',
    '',
  ].join('\n');
}

/** What a migration's constant is called: `20261121140000-relay-lease` is `relayLease`. */
export function constantName(name: string): string {
  return purposeOf(name).replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
}

/** The name of a migration made at a time for a purpose: fourteen digits in UTC, then the purpose in kebab-case. */
export function migrationName(madeAt: Date, purpose: string): string {
  return `${madeAt.toISOString().replaceAll(/\D/g, '').slice(0, 14)}-${purpose}`;
}

function purposeOf(name: string): string {
  return name.slice(name.indexOf('-') + 1);
}

function describe(name: string): string {
  return `Made by "npm run migration" for: ${purposeOf(name).replaceAll('-', ' ')}.`;
}

function quote(text: string): string {
  const escaped = JSON.stringify(text);
  return text.includes("'") ? escaped : `'${escaped.slice(1, -1).replaceAll('\\"', '"')}'`;
}

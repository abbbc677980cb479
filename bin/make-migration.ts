import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { listDrift } from '../platform/data/schema-drift.js';
import { systemClock } from '../platform/process/clock.js';
import { testServerUrls } from '../platform/process/config.js';
import { exitOnFailure } from '../platform/process/startup.js';
import type { Subgraph } from '../platform/subgraph.js';
import { constantName, migrationName, migrationText } from './migration-text.js';
import { subgraphs } from './subgraphs.js';

const USAGE =
  'Usage: TEST_DATABASE_URL=mysql://… npm run migration -- <subgraph, or all> <purpose-in-kebab-case>\nThe server is used for schemas that are dropped again.';

/** Writes the migration that brings the tables of one subgraph, or of all that differ, to what its entities say. */
async function main(args: readonly string[]): Promise<void> {
  const { chosen, purpose, serverUrl } = readCommand(args);
  const name = migrationName(systemClock.now(), purpose);
  for (const subgraph of chosen) {
    const statements = await listDrift(subgraph, serverUrl);
    if (statements.length === 0) process.stdout.write(`${subgraph.name}: tables and entities agree, nothing to do.\n`);
    else writeMigration(subgraph, { name, statements });
  }
}

function readCommand([which, purpose, ...rest]: readonly string[]) {
  const chosen = subgraphs.filter(({ name }) => which === 'all' || which === name);
  const { databaseUrl: serverUrl } = testServerUrls();
  const isPurpose = purpose !== undefined && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(purpose);
  if (chosen.length === 0 || !isPurpose || rest.length > 0 || !serverUrl) throw new Error(USAGE);
  return { chosen, purpose, serverUrl };
}

function writeMigration(
  { name: subgraph }: Subgraph,
  migration: { name: string; statements: readonly string[] },
): void {
  const file = `subgraphs/${subgraph}/migrations/${migration.name}.ts`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, migrationText(migration), { flag: 'wx' });
  const constant = constantName(migration.name);
  process.stdout.write(
    `${file}: read it, then add it to subgraphs/${subgraph}/subgraph.ts:\n` +
      `  import { ${constant} } from './migrations/${migration.name}.js';\n  migrations: [..., ${constant}],\n`,
  );
}

await exitOnFailure(() => main(process.argv.slice(2)));

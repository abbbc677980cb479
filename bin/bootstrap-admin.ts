import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { exitOnFailure } from '../platform/process/startup.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import {
  ensureAdministrator,
  type EnsureAdministrator,
} from '../subgraphs/accounts/administration/administrator.operations.js';
import { inSubgraph } from './command-context.js';
import { readPassword } from './password-stdin.js';

const USAGE = 'Usage: npm run bootstrap-admin -- --email <address> --name <full name> [--password-stdin]';

/** Makes or updates an administrator of the whole installation, whether the server runs or not. */
async function main(): Promise<void> {
  const command = await readCommand();
  const { userId, isNew, randomPassword } = await inSubgraph(accounts, (context) =>
    ensureAdministrator(context, command),
  );
  process.stdout.write(`${isNew ? 'Made' : 'Updated'} the administrator ${command.email} (${userId}).\n`);
  if (randomPassword) process.stdout.write(`Password, shown this once: ${randomPassword}\n`);
}

async function readCommand(): Promise<EnsureAdministrator> {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, name: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  });
  const { email, name } = values;
  if (!email || !name) throw new Error(USAGE);
  return values['password-stdin'] ? { email, name, password: await readPassword() } : { email, name };
}

await exitOnFailure(main);

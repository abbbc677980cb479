import 'reflect-metadata';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { openDatabase } from '../platform/data/database.js';
import { requireSchema } from '../platform/data/schema.js';
import { createUnitOfWork } from '../platform/data/unit-of-work.js';
import { BadUserInput, DomainError } from '../platform/domain/errors.js';
import { newId } from '../platform/domain/id.js';
import { system } from '../platform/domain/viewer.js';
import { systemClock } from '../platform/process/clock.js';
import { loadConfig } from '../platform/process/config.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { accounts } from '../subgraphs/accounts/subgraph.js';
import {
  ensureAdministrator,
  type EnsureAdministrator,
  type EnsuredAdministrator,
} from '../subgraphs/accounts/user/administrator.operations.js';

const USAGE = 'Usage: npm run bootstrap-admin -- --email <address> --name <full name> [--password-stdin]';

/** Makes or updates an administrator of the whole installation, whether the server runs or not. */
async function main(): Promise<void> {
  const command = await readCommand();
  const { userId, isNew, randomPassword } = await ensureIn(command);
  process.stdout.write(`${isNew ? 'Made' : 'Updated'} the administrator ${command.email} (${userId}).\n`);
  if (randomPassword) process.stdout.write(`Password, shown this once: ${randomPassword}\n`);
}

async function readCommand(): Promise<EnsureAdministrator> {
  const { values } = parseArgs({
    options: { email: { type: 'string' }, name: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  });
  const { email, name } = values;
  if (!email || !name) throw new Error(USAGE);
  if (!values['password-stdin']) return { email, name };
  // The line break is the terminal's or echo's, not the password's.
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  if (password === '') throw new Error('--password-stdin: there is no password on standard input.');
  return { email, name, password };
}

async function ensureIn(command: EnsureAdministrator): Promise<EnsuredAdministrator> {
  const { databaseUrl, dataDir, namePrefix } = loadConfig();
  const database = await openDatabase(
    accounts.name,
    { url: databaseUrl, dataDir, prefix: namePrefix },
    accounts.entities,
  );
  try {
    await requireSchema(database, accounts.migrations);
    // What it records is left for the server to publish: only there does somebody listen.
    const unitOfWork = createUnitOfWork(
      database,
      { viewer: system, requestId: newId('req'), clock: systemClock },
      () => {},
    );
    return await ensureAdministrator({ unitOfWork, clock: systemClock }, command);
  } catch (error) {
    throw explainField(error);
  } finally {
    await database.close();
  }
}

// The rules name an input field; here it is an option of the command.
function explainField(error: unknown): unknown {
  const isExpected = error instanceof BadUserInput || error instanceof DomainError;
  return isExpected && error.field ? new Error(`--${error.field.join('.')}: ${error.message}`) : error;
}

await exitOnFailure(main);

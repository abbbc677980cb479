import { createVault } from '../platform/crypto/vault.js';
import type { CommandContext } from '../platform/context.js';
import { openDatabase } from '../platform/data/database.js';
import { requireSchema } from '../platform/data/schema.js';
import { createUnitOfWork } from '../platform/data/unit-of-work.js';
import { BadUserInput, DomainError } from '../platform/domain/errors.js';
import { newId } from '../platform/domain/id.js';
import { system } from '../platform/domain/viewer.js';
import { systemClock } from '../platform/process/clock.js';
import { loadConfig } from '../platform/process/config.js';
import { secretsOfFolder } from '../platform/process/secrets.js';
import type { Subgraph } from '../platform/subgraph.js';

/** Works on a subgraph's own data, whether its server runs or not; what is recorded is left for the server to publish. */
export async function inSubgraph<Result>(
  { name, entities, migrations }: Subgraph,
  work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  const { databaseUrl: url, dataDir, namePrefix: prefix, secrets } = loadConfig();
  const database = await openDatabase(name, { url, dataDir, prefix }, entities);
  try {
    await requireSchema(database, migrations);
    const origin = { viewer: system, requestId: newId('req'), clock: systemClock };
    // Only in the server does somebody listen.
    const unitOfWork = createUnitOfWork(database, origin, () => {});
    const { columnKeys: keys, indexKey } = secrets ?? secretsOfFolder(dataDir);
    return await work({ ...origin, unitOfWork, vault: createVault({ keys, indexKey }) });
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

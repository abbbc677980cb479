import { openDatabase } from '../platform/data/database.js';
import { migrate } from '../platform/data/migrate.js';
import { ConfigError, loadConfig } from '../platform/process/config.js';
import { exitOnFailure } from '../platform/process/startup.js';
import { subgraphs } from './subgraphs.js';

/** Brings the server's tables of all subgraphs to this version, one line a migration; several processes may do so at once. */
async function main(): Promise<void> {
  const { databaseUrl: url, dataDir, namePrefix: prefix } = loadConfig();
  if (url === null)
    throw new ConfigError(['DATABASE_URL: is required; embedded databases are made at the first start.']);
  for (const { name, entities, migrations } of subgraphs) {
    const database = await openDatabase(name, { url, dataDir, prefix }, entities);
    try {
      await migrate(database, migrations, (migration) => process.stdout.write(`${name}: applied ${migration}\n`));
    } finally {
      await database.close();
    }
  }
  process.stdout.write('The tables of all subgraphs are at this version.\n');
}

await exitOnFailure(main);

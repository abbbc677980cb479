import { briefly } from '../process/waiting.js';
import type { Database } from './database.js';
import { listLackingMigrations } from './migrate.js';
import type { Migration } from './migration.js';

const ANSWERS_WITHIN_MS = 1_500;

/** What keeps a process from working with its database now, in sentences for operators; nothing when it may. */
export async function listDatabaseFindings(
  database: Database,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const away = [`The ${database.name} database does not answer.`];
  const looking = look(database, migrations).catch(() => away);
  return Promise.race([looking, briefly(ANSWERS_WITHIN_MS).then(() => away)]);
}

async function look(database: Database, migrations: readonly Migration[]): Promise<readonly string[]> {
  // An embedded database was compared with the entities at the start, and nobody else alters it.
  if (database.isEmbedded) {
    await database.em.fork().execute('select 1');
    return [];
  }
  return listLackingMigrations(database, migrations);
}

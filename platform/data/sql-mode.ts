import type { SqlEntityManager } from '@mikro-orm/sql';

/** Throws where a server cuts what does not fit, or takes backslashes literally: values are written with them before quotes, which would then end the text. */
export async function requireSafeMode(em: SqlEntityManager): Promise<void> {
  const [row]: { mode: string }[] = await em.execute('select @@sql_mode as mode');
  const modes = row?.mode.split(',') ?? [];
  const isStrict = modes.includes('STRICT_TRANS_TABLES') || modes.includes('STRICT_ALL_TABLES');
  if (isStrict && !modes.includes('NO_BACKSLASH_ESCAPES')) return;
  throw new Error(
    "The database server's sql_mode must have STRICT_TRANS_TABLES and must not have NO_BACKSLASH_ESCAPES.",
  );
}

import { createHash } from 'node:crypto';
import type { Database } from './database.js';
import { SchemaFingerprintEntity } from './schema.entity.js';
import { ensureStreamHead } from '../events/outbox.queries.js';

const ONLY = 1;

/** The data was made by another version of the product; it is left as it is. */
export class SchemaMismatch extends Error {
  constructor(database: string) {
    super(`The ${database} data was made by another version of TwinEngine and is left untouched. Start that version, or choose another DATA_DIR or DATABASE_URL.`);
    this.name = 'SchemaMismatch';
  }
}

/** Makes the tables of an empty database, or checks that existing ones are this version's; returns whether they were made now. */
export async function ensureSchema(database: Database): Promise<boolean> {
  const { schema } = database.orm;
  if (!database.isEmbedded) await schema.ensureDatabase();
  const fingerprint = createHash('sha256').update(await schema.getCreateSchemaSQL()).digest('hex');
  if (await hasTables(database)) {
    const made = await database.em.fork().findOne(SchemaFingerprintEntity, { id: ONLY });
    if (made?.fingerprint !== fingerprint) throw new SchemaMismatch(database.name);
    return false;
  }
  await schema.create();
  const em = database.em.fork();
  await em.insert(SchemaFingerprintEntity, { id: ONLY, fingerprint });
  await ensureStreamHead(em);
  return true;
}

async function hasTables(database: Database): Promise<boolean> {
  const sql = database.isEmbedded
    ? "select count(*) as n from sqlite_master where type = 'table' and name = 'schema_fingerprint'"
    : "select count(*) as n from information_schema.tables where table_schema = database() and table_name = 'schema_fingerprint'";
  const rows: { n: number }[] = await database.em.fork().execute(sql);
  return Number(rows[0]?.n ?? 0) > 0;
}

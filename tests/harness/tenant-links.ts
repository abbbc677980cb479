import type { RunningSubgraph } from '../../platform/subgraph-server.js';

type Row = Readonly<Record<string, unknown>>;

interface StoredRow {
  readonly table: string;
  readonly id: string;
  /** Every id that stands in it, its own included. */
  readonly named: readonly string[];
}

const idPattern = /[a-z]{2,5}_[0-9A-HJKMNP-TV-Z]{26}/g;

/** What was looked at, and the rows that name rows of two brands. */
export interface TenantLinks {
  readonly rows: number;
  readonly references: number;
  readonly crossing: readonly string[];
}

/** Looks through every column of every table for ids, JSON included: all that one row names must be of one brand. Rows without a brand column are of the brand of what they name. */
export async function findTenantLinks(
  subgraphs: readonly RunningSubgraph[],
  brandIds: readonly string[],
): Promise<TenantLinks> {
  const rows = await readRows(subgraphs);
  const brandOf = new Map(brandIds.map((id) => [id, id]));
  const brandsOf = ({ named }: StoredRow) => new Set(named.flatMap((id) => brandOf.get(id) ?? []));
  // What names a row of a brand belongs to it; again, until nothing more is known.
  for (let known = -1; known !== brandOf.size;) {
    known = brandOf.size;
    for (const row of rows) {
      const [brand] = brandsOf(row);
      if (brand && !isShared(row)) brandOf.set(row.id, brand);
    }
  }
  return {
    rows: rows.length,
    references: rows.reduce(
      (total, row) => total + row.named.filter((id) => id !== row.id && brandOf.has(id)).length,
      0,
    ),
    crossing: rows
      .filter((row) => !isShared(row) && brandsOf(row).size > 1)
      .map((row) => `${row.table} ${row.id}: ${[...brandsOf(row)].join(' and ')}`),
  };
}

// People are the installation's: one account may work for two brands.
function isShared({ table }: StoredRow): boolean {
  return /\.user_(account|profile)$/.test(table);
}

async function readRows(subgraphs: readonly RunningSubgraph[]): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  const databases = new Map(subgraphs.map(({ name, database }) => [name, database]));
  for (const [name, { em, orm }] of databases) {
    for (const { tableName, primaryKeys, properties } of orm.getMetadata().getAll().values()) {
      const keys = primaryKeys.map((key) => properties[key]?.fieldNames[0] ?? key);
      const found: Row[] = await em.fork().execute(`select * from \`${tableName}\``);
      for (const row of found) {
        const named = [...new Set(Object.values(row).flatMap((value) => textOf(value).match(idPattern) ?? []))];
        rows.push({ table: `${name}.${tableName}`, id: keys.map((key) => String(row[key])).join(), named });
      }
    }
  }
  return rows;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return Buffer.isBuffer(value) ? '' : (JSON.stringify(value) ?? '');
}

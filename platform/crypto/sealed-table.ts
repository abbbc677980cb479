import { LockMode, type EntityKey, type FilterQuery, type OrderDefinition } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { unscoped } from '../data/tenant-scope.js';
import type { UnitOfWork } from '../data/unit-of-work.js';
import type { Vault } from './vault.js';

const ROWS_AT_ONCE = 200;

/** A table that holds sealed values. */
export interface SealedTable {
  readonly name: string;
  /** Seals with the current key what is plain or sealed with an older one, batch by batch; broken off, the next run goes on. */
  rotate(rotation: Rotation): Promise<RotatedRows>;
}

/** What a rotation works with. */
export interface Rotation {
  readonly unitOfWork: UnitOfWork;
  readonly vault: Vault;
  /** Counts and stores nothing. */
  readonly isDryRun: boolean;
}

/** What a rotation found in a table. */
export interface RotatedRows {
  readonly read: number;
  readonly changed: number;
}

/** How a table's rows are told apart, and what they are to hold. */
export interface SealedRows<Row extends object> {
  readonly name: string;
  readonly entity: new () => Row;
  /** The primary key, a text. */
  readonly key: EntityKey<Row>;
  /** The columns that are to hold something else than they do; nothing for a row that is right as it is. */
  reseal(vault: Vault, row: Row): Partial<Row>;
}

/** A table whose sealed values can be sealed anew. */
export function sealedTable<Row extends object>(rows: SealedRows<Row>): SealedTable {
  return {
    name: rows.name,
    rotate: async (rotation) => {
      let total: RotatedRows = { read: 0, changed: 0 };
      for (let after: string | null = ''; after !== null;) {
        const previous: string = after;
        const batch = await rotation.unitOfWork((em) => rotateBatch(em, rows, { ...rotation, after: previous }));
        total = { read: total.read + batch.read, changed: total.changed + batch.changed };
        after = batch.last;
      }
      return total;
    },
  };
}

/** A sealed column that is to hold the same text under the current key; nothing where it does, or holds nothing. */
export function resealed<Column extends string>(
  vault: Vault,
  row: Readonly<Record<Column, string | null>>,
  { column, place }: { column: Column; place: string },
): { [Sealed in Column]?: string } {
  const stored = row[column];
  if (stored === null || vault.isCurrent(stored)) return {};
  const changed: { [Sealed in Column]?: string } = {};
  changed[column] = vault.seal(vault.read(stored, place), place);
  return changed;
}

async function rotateBatch<Row extends object>(
  em: SqlEntityManager,
  { entity, key, reseal }: SealedRows<Row>,
  { vault, isDryRun, after }: Rotation & { after: string },
): Promise<RotatedRows & { last: string | null }> {
  const within = (condition: object) =>
    // Made of the entity's own key; MikroORM's types of conditions cannot be assembled from parts.
    ({ $and: [unscoped('every tenant shares the keys'), condition] }) as FilterQuery<NoInfer<Row>>;
  const rows = await em.find<Row>(entity, within({ [key]: { $gt: after } }), {
    orderBy: { [key]: 'asc' } as OrderDefinition<Row>,
    limit: ROWS_AT_ONCE,
    ...(isDryRun ? {} : { lockMode: LockMode.PESSIMISTIC_WRITE }),
  });
  const { versionProperty } = em.getMetadata().get<Row>(entity);
  let changed = 0;
  for (const row of rows) {
    const columns = reseal(vault, row);
    if (Object.keys(columns).length === 0) continue;
    changed += 1;
    // The row says what it said before, so its version stays.
    const version = versionProperty ? { [versionProperty]: row[versionProperty] } : {};
    if (!isDryRun) await em.nativeUpdate<Row>(entity, within({ [key]: row[key] }), { ...columns, ...version });
  }
  const lastRow = rows.length < ROWS_AT_ONCE ? undefined : rows.at(-1);
  return { read: rows.length, changed, last: lastRow ? String(lastRow[key]) : null };
}

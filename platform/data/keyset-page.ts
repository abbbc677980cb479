import type { FilterQuery, OrderDefinition } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { decodeCursor, encodeCursor, type Page, type PageRequest } from '../domain/page.js';
import type { ScopedConditions } from './tenant-scope.js';

/** The order of a list: text or number columns, the last one unique, such as `[['name', 'asc'], ['id', 'asc']]`. */
export type KeysetSort<Row> = readonly (readonly [keyof Row & string, 'asc' | 'desc'])[];

/** Conditions that must all hold; for rows of tenants the scope comes first. */
export type Conditions<Row> = Row extends { brandId: unknown } | { outletId: unknown }
  ? ScopedConditions
  : readonly object[];

/** Which rows, in which order, how many and after which. */
export interface KeysetRequest<Row extends object> {
  readonly where: Conditions<Row>;
  readonly sort: KeysetSort<Row>;
  readonly page: PageRequest;
}

/** One page of a list in one statement that reads no more rows than it returns, whatever the table's size; throws BadUserInput for a foreign cursor. */
export async function fetchPage<Row extends object>(
  em: SqlEntityManager,
  entity: new () => Row,
  { where, sort, page }: KeysetRequest<Row>,
): Promise<Page<Row>> {
  const after = page.after ? [followsCursor(sort, decodeCursor(page.after, sort.length))] : [];
  // The conditions are built from column names of this entity; MikroORM's filter type cannot be assembled from parts.
  const filter = { $and: [...where, ...after] } as FilterQuery<NoInfer<Row>>;
  const orderBy = sort.map(([column, direction]) => ({ [column]: direction })) as OrderDefinition<Row>;
  const rows = await em.find<Row>(entity, filter, { orderBy, limit: page.first + 1 });
  return toPage(rows, page, sort);
}

// (a, b) after (x, y) is a > x, or a = x and b > y: written out, because MariaDB does not use an index for row comparisons.
function followsCursor<Row>(sort: KeysetSort<Row>, values: readonly (string | number)[]): object {
  return {
    $or: sort.map(([column, direction], index) => ({
      ...Object.fromEntries(sort.slice(0, index).map(([earlier], position) => [earlier, values[position]])),
      [column]: { [direction === 'asc' ? '$gt' : '$lt']: values[index] },
    })),
  };
}

function toPage<Row extends object>(rows: readonly Row[], page: PageRequest, sort: KeysetSort<Row>): Page<Row> {
  const edges = rows
    .slice(0, page.first)
    .map((node) => ({ cursor: encodeCursor(sort.map(([column]) => sortValue(node[column]))), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function sortValue(value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new Error('A list is sorted by text or number columns only.');
}

import type { EntityKey, RequiredEntityData } from '@mikro-orm/core';
import { SqlEntityManager } from '@mikro-orm/sql';
import type { EntityClass } from './database.js';
import { isScoped, type KnownPlace, type ScopedConditions } from './tenant-scope.js';

/** A query of tenants' rows that was built without a tenant: a fault of the product, never of a request. */
export class UnscopedQuery extends Error {
  constructor(what: string) {
    super(`${what} needs a tenant: build its condition with the functions of tenant-scope.`);
    this.name = 'UnscopedQuery';
  }
}

const tenants = new WeakSet<object>();
const known = new WeakMap<object, boolean>();
let isLooking = true;

/** Marks the entity that is a tenant itself: its id is the brand. */
export function IsTenant(): (entity: EntityClass) => void {
  return (entity) => void tenants.add(entity);
}

// Where each way to query takes its condition; a way without one is closed to tenants' rows.
const ways: Readonly<Record<string, (parameters: readonly unknown[]) => unknown>> = {
  find: ([, where]) => where,
  findOne: ([, where]) => where,
  count: ([, where]) => where,
  nativeUpdate: ([, where]) => where,
  nativeDelete: ([, where]) => where,
  stream: ([, options]) =>
    typeof options === 'object' && options !== null && 'where' in options ? options.where : null,
  clone: () => null,
  createQueryBuilder: () => null,
};
// Text is not looked into, so it is not taken at all: see executeWithin.
const closed = ['execute', 'getKysely', 'callRoutine'];

/** The entity manager of requests, jobs and consumers: it throws before a query of tenants' rows that names no tenant is sent. */
class GuardedEntityManager extends SqlEntityManager {}

for (const [name, whereOf] of Object.entries(ways)) {
  guard(name, (em, parameters) => {
    const [entity] = parameters;
    if (isOfTenants(em, entity) && !isScoped(whereOf(parameters)))
      throw new UnscopedQuery(`${name} of ${nameOf(entity)}`);
  });
}
for (const name of closed) {
  guard(name, () => {
    throw new UnscopedQuery(name);
  });
}

function guard(name: string, check: (em: SqlEntityManager, parameters: readonly unknown[]) => void): void {
  const original: unknown = Reflect.get(SqlEntityManager.prototype, name);
  if (typeof original !== 'function') throw new Error(`MikroORM's entity manager has no ${name} any more.`);
  const value = function (this: SqlEntityManager, ...parameters: unknown[]): unknown {
    if (isLooking) check(this, parameters);
    return Reflect.apply(original, this, parameters);
  };
  Object.defineProperty(GuardedEntityManager.prototype, name, { value, writable: true, configurable: true });
}

// What is not an entity's class is not looked into either.
function isOfTenants(em: SqlEntityManager, entity: unknown): boolean {
  if (typeof entity !== 'function') return true;
  const remembered = known.get(entity);
  if (remembered !== undefined) return remembered;
  const { properties } = em.getMetadata().get(entity);
  const answer = tenants.has(entity) || 'brandId' in properties || 'outletId' in properties;
  known.set(entity, answer);
  return answer;
}

function nameOf(entity: unknown): string {
  return typeof entity === 'function' ? entity.name : 'unknown rows';
}

/** A new entity manager for one request, job or event, which throws at every query of tenants' rows that names no tenant. */
export function forkGuarded(em: SqlEntityManager): SqlEntityManager {
  return new GuardedEntityManager(em.config, em.getDriver(), em.getMetadata(), false, em.getEventManager());
}

/** One column of the rows that meet the conditions, to be put into another condition as `{ $in: … }`. */
export function selectWithin<Row extends object>(
  em: SqlEntityManager,
  entity: new () => Row,
  { column, where }: { column: EntityKey<Row>; where: ScopedConditions },
) {
  // Conditions are built from column names of this entity; MikroORM's own type of them cannot be assembled from parts.
  const builder = unlooked(() => em.createQueryBuilder(entity)).select(column);
  const open: { where(condition: object): object } = builder;
  open.where({ $and: where });
  return builder;
}

/** Adds rows, and leaves those alone whose key is taken: another transaction may be making the same ones. */
export async function insertMissing<Row extends object>(
  em: SqlEntityManager,
  entity: new () => Row,
  rows: RequiredEntityData<Row>[],
): Promise<void> {
  const builder = unlooked(() => em.createQueryBuilder(entity));
  await builder.insert(rows).onConflict().ignore().execute();
}

/** Rows that a statement written by hand finds within a place; `:scope` stands where the place belongs, before every other parameter. */
export async function executeWithin(
  em: SqlEntityManager,
  place: KnownPlace,
  { sql, parameters }: { sql: string; parameters: readonly (string | number)[] },
): Promise<Record<string, string | number>[]> {
  const columns = [
    { name: 'brand_id', id: place.brandId },
    { name: 'outlet_id', id: place.outletId },
  ].filter(({ id }) => id);
  const [head = '', tail, ...more] = sql.split(':scope');
  const isPlaced = tail !== undefined && more.length === 0 && !head.includes('?');
  if (columns.length === 0 || !isPlaced) throw new UnscopedQuery('execute');
  const scope = columns.map(({ name }) => `${name} = ?`).join(' and ');
  const values = columns.map(({ id }) => id);
  return unlooked(() => em.execute(`${head}${scope}${tail}`, [...values, ...parameters]));
}

// The checks run as the call is made, so nothing else slips through.
function unlooked<Result>(call: () => Result): Result {
  isLooking = false;
  try {
    return call();
  } finally {
    isLooking = true;
  }
}

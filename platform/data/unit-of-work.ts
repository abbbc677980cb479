import { IsolationLevel } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from './database.js';
import { writeRecordedEvents, type Origin } from './outbox.js';
import { forkGuarded } from './tenant-guard.js';

const ATTEMPTS = 5;
// 1205 lock wait timeout, 1213 deadlock, 1020 row changed since read: the transaction did nothing and may be run again.
const RETRIED = new Set([1205, 1213, 1020]);

/** Runs the work in one transaction and commits it; what it records and enqueues goes out after the commit. */
export type UnitOfWork = <Result>(work: (em: SqlEntityManager) => Promise<Result>) => Promise<Result>;

/** A transaction that lost to others five times; the client may send the same request again. */
export class ConflictRetry extends Error {
  constructor(options: { cause: unknown }) {
    super('Others were changing the same things. Try again.', options);
    this.name = 'ConflictRetry';
  }
}

/** Thrown inside a unit of work to run it again from the start, as after a lost race for a unique key. */
export class RunAgain extends Error {}

const openTransactions = new AsyncLocalStorage<Database>();
const afterCommit = new WeakMap<SqlEntityManager, (() => void)[]>();

/** Makes the function that runs one request's, job's or consumer's transactions. */
export function createUnitOfWork(database: Database, origin: Origin, onCommitted: () => void): UnitOfWork {
  return async (work) => {
    if (openTransactions.getStore() === database)
      throw new Error('A unit of work is already open: pass its em instead of opening another.');
    const { result, effects } = await openTransactions.run(database, () => runWithRetries(database, origin, work));
    // Outside of `run`: what an effect starts, such as a job in this process, opens transactions of its own.
    for (const effect of effects) effect();
    onCommitted();
    return result;
  };
}

/** Whether the calling code runs inside a transaction of this database, where other forks must not be used. */
export function isInsideUnitOfWork(database: Database): boolean {
  return openTransactions.getStore() === database;
}

/** Does something once the transaction of `em` has committed; it is forgotten when the transaction rolls back. */
export function runAfterCommit(em: SqlEntityManager, effect: () => void): void {
  const effects = afterCommit.get(em);
  if (!effects) throw new Error('runAfterCommit needs the em of a unit of work.');
  effects.push(effect);
}

interface Committed<Result> {
  readonly result: Result;
  readonly effects: readonly (() => void)[];
}

async function runWithRetries<Result>(
  database: Database,
  origin: Origin,
  work: (em: SqlEntityManager) => Promise<Result>,
): Promise<Committed<Result>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(database, origin, work);
    } catch (error) {
      if (!isRetried(error)) throw error;
      if (attempt === ATTEMPTS) throw new ConflictRetry({ cause: error });
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}

async function runOnce<Result>(
  database: Database,
  origin: Origin,
  work: (em: SqlEntityManager) => Promise<Result>,
): Promise<Committed<Result>> {
  const em = forkGuarded(database.em);
  const effects: (() => void)[] = [];
  afterCommit.set(em, effects);
  await em.begin(database.isEmbedded ? {} : { isolationLevel: IsolationLevel.READ_COMMITTED });
  try {
    const result = await work(em);
    await em.flush();
    await writeRecordedEvents(em, origin);
    await em.commit();
    return { result, effects };
  } catch (error) {
    await em.rollback();
    throw error;
  }
}

function isRetried(error: unknown): boolean {
  if (error instanceof RunAgain) return true;
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && RETRIED.has(error.errno);
}

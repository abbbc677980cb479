import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { pino } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.js';
import { openDatabase, type Database, type DatabaseLocation } from '../data/database.js';
import { createUnitOfWork } from '../data/unit-of-work.js';
import { system } from '../domain/viewer.js';
import type { Clock } from '../process/clock.js';
import { JobEntity } from './job.entity.js';
import { createJobRunner, type JobRunner } from './job-runner.js';
import type { JobHandler } from './job-handler.js';
import type { FinishingEffect, JobRequest, Jobs } from './jobs.js';
import type { JobTransport } from './transport.js';

/** What a job of the tests changes: one row an effect. */
@Entity({ tableName: 'effect' })
export class EffectEntity {
  @PrimaryKey({ type: 'integer' })
  id!: number;

  @Property({ type: 'string', length: 60 })
  what!: string;
}

/** One worker of the tests. */
export interface WorkerOptions {
  readonly database: Database;
  readonly handlers: readonly JobHandler[];
  readonly transport: JobTransport;
  readonly clock: Clock;
  readonly leaseMs?: number;
  readonly sweepMs?: number;
}

/** Opens a database whose tables are made anew. */
export async function openJobsDatabase(location: DatabaseLocation): Promise<Database> {
  const database = await openDatabase('jobs-test', location, [EffectEntity]);
  await database.orm.schema.ensureDatabase();
  await database.orm.schema.refresh();
  return database;
}

/** A runner without anything around it: the system's unit of work, no log. */
export function createWorker(options: WorkerOptions): JobRunner {
  const log = pino({ level: 'silent' });
  const unitOfWork = unitOfWorkOf(options.database, options.clock);
  // Jobs of the tests use nothing else of their context.
  const contextFor = (requestId: string) =>
    ({ requestId, unitOfWork, clock: options.clock, log }) as unknown as Context;
  return createJobRunner({ sweepMs: 20, ...options, unitOfWork, contextFor, log });
}

/** The unit of work of no viewer, as the jobs have it. */
export function unitOfWorkOf(database: Database, clock: Clock) {
  return createUnitOfWork(database, { viewer: system, requestId: 'test', clock }, () => undefined);
}

/** Asks for a job in a transaction of its own. */
export function ask(
  { database, clock, jobs }: { database: Database; clock: Clock; jobs: Jobs },
  request: JobRequest,
): Promise<string> {
  return unitOfWorkOf(database, clock)((em) => jobs.enqueue(em, request));
}

/** An effect that can be counted. */
export function effect(what: string): FinishingEffect {
  return async (em) => void (await em.insert(EffectEntity, { what }));
}

/** The effects written so far, in order. */
export async function effects(database: Database): Promise<string[]> {
  const rows = await database.em.fork().find(EffectEntity, {}, { orderBy: { id: 'asc' } });
  return rows.map((row) => row.what);
}

/** A job as it is stored. */
export function jobRow(database: Database, id: string): Promise<JobEntity> {
  return database.em.fork().findOneOrFail(JobEntity, { id });
}

/** Waits until something is so; fails after twenty seconds. */
export async function until(isSo: () => Promise<boolean> | boolean, withinMs = 20_000): Promise<void> {
  const giveUpMs = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > giveUpMs) throw new Error(`It was not so within ${withinMs} ms: ${isSo}`);
    await sleep(5);
  }
}

/** Waits until a job is in a state and returns its row. */
export async function untilState(database: Database, id: string, state: JobEntity['state']): Promise<JobEntity> {
  await until(async () => (await jobRow(database, id)).state === state, 20_000);
  return jobRow(database, id);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '../data/database.js';
import { ManualClock, type Clock } from '../process/clock.js';
import type { JobRunner } from './job-runner.js';
import type { JobHandler } from './job-handler.js';
import type { JobRequest } from './jobs.js';
import { ask, createWorker, openJobsDatabase } from './jobs.fixture.js';
import { createLocalTransport } from './local-transport.js';

/** Longer than any test, so that only a moved clock ends a lease. */
export const LEASE_MS = 600_000;

/** When the clock of each test starts. */
export const START = '2026-03-01T10:00:00Z';

/** A request for the kind that `handler` makes. */
export const request: JobRequest = { kind: 'render', payload: { name: 'evening' } };

type Payload = { name: string };

/** The kind `render`, tried three times, with some of it replaced. */
export function handler(run: JobHandler<Payload>['run'], rest: Partial<JobHandler<Payload>> = {}): JobHandler {
  return { kind: 'render', family: 'reports', maxAttempts: 3, payload: z.object({ name: z.string() }), run, ...rest };
}

/** Something a test lets happen, and sees begun. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

/** A SQLite file, a clock and workers within this process, all new for each test of the file that calls this. */
export class EmbeddedJobs {
  clock = new ManualClock(START);
  #database: Database | null = null;
  #workers: JobRunner[] = [];

  constructor() {
    let dataDir = '';
    beforeEach(async () => {
      dataDir = mkdtempSync(join(tmpdir(), 'jobs-'));
      this.#database = await openJobsDatabase({ url: null, dataDir, prefix: '' });
      this.clock = new ManualClock(START);
      this.#workers = [];
    });
    afterEach(async () => {
      await Promise.all(this.#workers.map((worker) => worker.stop()));
      await this.database.close();
      rmSync(dataDir, { recursive: true });
    });
  }

  get database(): Database {
    if (!this.#database) throw new Error('The database is open within a test only.');
    return this.#database;
  }

  /** A worker that does nothing yet; it is stopped after the test. */
  newWorker(
    handlers: readonly JobHandler[],
    rest: { clock?: Clock; leaseMs?: number; sweepMs?: number } = {},
  ): JobRunner {
    const { database, clock } = this;
    const transport = createLocalTransport();
    const worker = createWorker({ database, handlers, transport, clock, leaseMs: LEASE_MS, ...rest });
    this.#workers.push(worker);
    return worker;
  }

  /** Asks for a `render`, with some of the request replaced. */
  askFor(worker: JobRunner, rest: Partial<JobRequest> = {}): Promise<string> {
    return ask({ database: this.database, clock: this.clock, jobs: worker.jobs }, { ...request, ...rest });
  }
}

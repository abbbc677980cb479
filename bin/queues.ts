import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TableNotFoundException } from '@mikro-orm/core';
import { embeddedFileOf, openDatabase, type DatabaseLocation } from '../platform/data/database.js';
import { readQueueReport, type QueueReport } from '../platform/jobs/queue-report.queries.js';
import { systemClock } from '../platform/process/clock.js';
import { loadConfig } from '../platform/process/config.js';
import { exitOnFailure } from '../platform/process/startup.js';
import type { Subgraph } from '../platform/subgraph.js';
import { reportText } from './queue-report-text.js';
import { subgraphs } from './subgraphs.js';

/** Prints what the database knows of the jobs of all subgraphs, for people or with `--json` for programs; changes nothing. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' } } });
  const { databaseUrl: url, dataDir, namePrefix: prefix } = loadConfig();
  const now = systemClock.now();
  const reports: QueueReport[] = [];
  for (const subgraph of subgraphs) reports.push(await reportOf(subgraph, { url, dataDir, prefix }, now));
  const text = values.json
    ? `${JSON.stringify({ at: now, subgraphs: reports }, null, 2)}\n`
    : reports.map((report) => reportText(report, now)).join('\n');
  process.stdout.write(text);
}

async function reportOf(
  { name, entities, schedules }: Subgraph,
  location: DatabaseLocation,
  now: Date,
): Promise<QueueReport> {
  // Opening an embedded database would make an empty one.
  if (location.url === null && !existsSync(embeddedFileOf(name, location))) throw noTables(name);
  const database = await openDatabase(name, location, entities);
  try {
    return await readQueueReport(database, schedules, now);
  } catch (error) {
    throw error instanceof TableNotFoundException || isUnknownDatabase(error) ? noTables(name) : error;
  } finally {
    await database.close();
  }
}

function isUnknownDatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ER_BAD_DB_ERROR';
}

function noTables(name: string): Error {
  return new Error(`There is no ${name} database yet: start the product, or migrate, before asking for its queues.`);
}

await exitOnFailure(main);

import { platformEntities, type Database } from '../../platform/data/database.js';
import { until } from '../../platform/events/events.fixture.js';
import { JobEntity } from '../../platform/jobs/job.entity.js';
import type { RunningSubgraph } from '../../platform/subgraph-server.js';

const LOG = 'row_change';
const events = ['insert', 'update', 'delete'] as const;
// What relay, sweeps and consumers write for themselves. Of these only new rows are somebody's doing: an event or a job.
const ownTables = new Set(platformEntities.map((entity) => entity.name));
const written = new Set(['outbox_event', 'job', 'idempotency_key']);

/** Counts the rows that transactions have changed for good, by table, as the databases themselves see it. */
export interface RowChanges {
  /** Since the last time it was asked, such as `orders.payment insert`; with how often where it is more than once. */
  take(): Promise<string[]>;
}

/** Puts a trigger on every table of the subgraphs, replicas of one sharing theirs, once the jobs asked for before are done. What rolls back takes its count along. */
export async function watchRowChanges(subgraphs: readonly RunningSubgraph[]): Promise<RowChanges> {
  const databases = [...new Map(subgraphs.map(({ name, database }) => [name, database])).values()];
  for (const database of databases) {
    const unfinished = { state: { $in: ['QUEUED', 'RUNNING'] } } as const;
    await until(async () => (await database.em.fork().count(JobEntity, unfinished)) === 0);
    await addTriggers(database);
  }
  const seen = new Map(databases.map((database) => [database, 0]));
  const newOf = async (database: Database): Promise<string[]> => {
    const last = seen.get(database) ?? 0;
    const sql = `select id, what from ${LOG} where id > ? order by id`;
    const rows: { id: number | string; what: string }[] = await database.em.fork().execute(sql, [last]);
    seen.set(database, Math.max(last, ...rows.map(({ id }) => Number(id))));
    return rows.map(({ what }) => `${database.name}.${what}`);
  };
  return {
    take: async () => {
      const changes = (await Promise.all(databases.map(newOf))).flat();
      return [...Map.groupBy(changes, (what) => what)].map(([what, { length }]) =>
        length === 1 ? what : `${what} × ${length}`,
      );
    },
  };
}

async function addTriggers({ em, orm, isEmbedded }: Database): Promise<void> {
  const key = isEmbedded ? 'integer primary key autoincrement' : 'bigint auto_increment primary key';
  const fork = em.fork();
  await fork.execute(`create table ${LOG} (id ${key}, what varchar(120) not null)`);
  for (const { tableName, className } of orm.getMetadata().getAll().values()) {
    const isOwn = ownTables.has(className) || className === 'SchemaFingerprintEntity';
    for (const event of isOwn ? events.slice(0, written.has(tableName) ? 1 : 0) : events) {
      const log = `insert into ${LOG} (what) values ('${tableName} ${event}')`;
      const body = isEmbedded ? `begin ${log}; end` : log;
      await fork.execute(
        `create trigger ${tableName}_${event} after ${event} on ${quoted(tableName)} for each row ${body}`,
      );
    }
  }
}

function quoted(name: string): string {
  return `\`${name}\``;
}

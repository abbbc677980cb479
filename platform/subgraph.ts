import type { Context } from './context.js';
import type { SealedTable } from './crypto/sealed-table.js';
import type { EntityClass } from './data/database.js';
import type { Migration } from './data/migration.js';
import type { SubgraphName } from './events/catalogue.js';
import type { EventHandlers } from './events/consumer.js';
import type { SchemaParts } from './graphql/build-subgraph.js';
import type { JobHandler, Schedule } from './jobs/job-handler.js';

/** Everything a subgraph is, as data: its tables, its part of the graph, what it hears and what it does later. */
export interface Subgraph extends SchemaParts {
  readonly name: SubgraphName;
  readonly entities: readonly EntityClass[];
  /** How a server comes to these tables, in order; an embedded database is made from the entities. */
  readonly migrations: readonly Migration[];
  /** What it does on other subgraphs' events. */
  readonly consumes: EventHandlers;
  readonly jobs: readonly JobHandler[];
  /** Tables whose sealed values are sealed anew when the keys are rotated. */
  readonly sealedTables?: readonly SealedTable[];
  readonly schedules: readonly Schedule[];
  /** Puts in place the rows it cannot work without; runs at every start, so it must be harmless when they are there. */
  readonly seed?: (context: Context) => Promise<void>;
}

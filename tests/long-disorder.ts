import { openDatabase } from '../platform/data/database.js';
import { AppliedEntity, disorderRuns, proveOrder } from '../platform/events/disorder.fixture.js';

const REPLICAS = 3;

/** F6 in the long set: 500 streams that are doubled, late and shuffled, each consumed by three replicas on a server; rejects with the one that breaks it. */
export async function proveLongDisorder(databaseUrl: string, dataDir: string): Promise<number> {
  const place = { url: databaseUrl, dataDir, prefix: 'disorder_' };
  const databases = await Promise.all(
    Array.from({ length: REPLICAS }, () => openDatabase('orders', place, [AppliedEntity])),
  );
  try {
    await databases[0]?.orm.schema.ensureDatabase();
    await databases[0]?.orm.schema.refresh();
    await proveOrder(databases, disorderRuns.long);
    return disorderRuns.long;
  } finally {
    await Promise.all(databases.map((database) => database.close()));
  }
}

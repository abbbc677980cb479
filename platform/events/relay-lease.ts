import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database } from '../data/database.js';
import { RelayLeaseEntity } from '../data/relay-lease.entity.js';
import { plusMs, type Clock } from '../process/clock.js';

const ONLY = 1;

/**
 * The right to publish a subgraph's events, held by one process at a time. Two that both believed in it, as with clocks
 * that differ, would do no harm: positions are given out under a row lock and added to Redis once.
 */
export interface RelayLease {
  /** Takes or keeps the lease; false while another holds it. To be called before each batch. */
  acquire(): Promise<boolean>;
  /** Lets another have it at once; for shutdown. */
  release(): Promise<void>;
}

/** Who wants the lease, by which clock, and after how long without renewal another may take it. */
export interface RelayLeaseOptions {
  readonly holder: string;
  readonly clock: Clock;
  readonly leaseMs?: number;
}

/** Makes one process's side of the lease. */
export function createRelayLease(database: Database, options: RelayLeaseOptions): RelayLease {
  const { holder, clock, leaseMs = 5_000 } = options;
  let renewAt = clock.now();
  return {
    acquire: async () => {
      const now = clock.now();
      // Nobody can have taken it in its first half, so that a busy relay does not write the row for every batch.
      if (now < renewAt) return true;
      const leaseUntil = plusMs(now, leaseMs);
      const isHeld = await takeLease(database, { holder, leaseUntil }, now);
      if (isHeld) renewAt = plusMs(now, leaseMs / 2);
      return isHeld;
    },
    release: async () => {
      const now = clock.now();
      renewAt = now;
      await database.em.fork().nativeUpdate(RelayLeaseEntity, { id: ONLY, holder }, { leaseUntil: now });
    },
  };
}

async function takeLease(database: Database, lease: { holder: string; leaseUntil: Date }, now: Date): Promise<boolean> {
  const em = database.em.fork();
  const where = { id: ONLY, $or: [{ holder: lease.holder }, { leaseUntil: { $lte: now } }] };
  if ((await em.nativeUpdate(RelayLeaseEntity, where, lease)) === 1) return true;
  if ((await em.count(RelayLeaseEntity, { id: ONLY })) > 0) return false;
  try {
    await em.insert(RelayLeaseEntity, { id: ONLY, ...lease });
    return true;
  } catch (error) {
    // Another process has just made the row.
    if (error instanceof UniqueConstraintViolationException) return false;
    throw error;
  }
}

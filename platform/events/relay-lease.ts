import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database } from '../data/database.js';
import { RelayLeaseEntity } from '../data/relay-lease.entity.js';
import { plusMs, type Clock } from '../process/clock.js';

const ONLY = 1;
const ASK_AGAIN_MS = 900;

/**
 * The right to publish a subgraph's events, held by one process at a time. Two that both believed in it, as with clocks
 * that differ, would do no harm: positions are given out under a row lock and added to Redis once.
 */
export interface RelayLease {
  /** Takes or keeps the lease; false while another holds it. To be called before each look. */
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
  const { holder, clock, leaseMs = 3_000 } = options;
  // Nobody can have taken it in its first half, so that a busy relay does not write the row for every batch;
  // and one that was refused does not ask again for every commit.
  let known = { isHeld: false, until: clock.now() };
  return {
    acquire: async () => {
      const now = clock.now();
      if (now < known.until) return known.isHeld;
      const othersUntil = await takeLease(database, { holder, leaseUntil: plusMs(now, leaseMs) }, now);
      known = othersUntil
        ? { isHeld: false, until: earlier(othersUntil, plusMs(now, ASK_AGAIN_MS)) }
        : { isHeld: true, until: plusMs(now, leaseMs / 2) };
      return known.isHeld;
    },
    release: async () => {
      const now = clock.now();
      known = { isHeld: false, until: now };
      await database.em.fork().nativeUpdate(RelayLeaseEntity, { id: ONLY, holder }, { leaseUntil: now });
    },
  };
}

/** Takes the lease, or tells until when another has it. */
async function takeLease(
  database: Database,
  lease: { holder: string; leaseUntil: Date },
  now: Date,
): Promise<Date | null> {
  const em = database.em.fork();
  const where = { id: ONLY, $or: [{ holder: lease.holder }, { leaseUntil: { $lte: now } }] };
  if ((await em.nativeUpdate(RelayLeaseEntity, where, lease)) === 1) return null;
  const others = await em.findOne(RelayLeaseEntity, { id: ONLY });
  if (others) return others.leaseUntil;
  try {
    await em.insert(RelayLeaseEntity, { id: ONLY, ...lease });
    return null;
  } catch (error) {
    // Another process has just made the row.
    if (error instanceof UniqueConstraintViolationException) return lease.leaseUntil;
    throw error;
  }
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

import { auditEffects } from './audit-effects.js';
import { auditOrders } from './audit-orders.js';
import { auditStreams } from './audit-streams.js';
import type { Audit } from './opening.js';

/** Compares what was acknowledged with what the databases, the streams and the subscribers have; what differs is noted in the journal. */
export async function closeBooks(audit: Audit): Promise<void> {
  await auditOrders(audit);
  await auditStreams(audit);
  await auditEffects(audit);
}

import type { Context } from '../../../platform/context.js';
import { installationKey } from '../../../platform/domain/tenant-key.js';
import { addressTakenKind } from './address-taken.jobs.js';
import { findUserByIdentifier } from './user.queries.js';

/**
 * Has the owner of an address told that somebody wanted an account with it; where nobody has it, nothing. Once a day, so
 * that nobody floods somebody's mailbox by asking for their address over and over.
 */
export function noteAddressTaken({ unitOfWork, jobs, vault, clock }: Context, email: string): Promise<void> {
  return unitOfWork(async (em) => {
    const owner = await findUserByIdentifier(em, vault, email);
    if (!owner) return;
    const dedupKey = installationKey(addressTakenKind, owner.id, clock.now().toISOString().slice(0, 10));
    await jobs.enqueue(em, { kind: addressTakenKind, payload: { userId: owner.id }, dedupKey });
  });
}

import type { DomainEvent } from '../../../platform/data/outbox.js';

/** Somebody can sign in with their account at Google from now on. */
export function googleLinked(userId: string): DomainEvent<'google.linked'> {
  return { type: 'google.linked', aggregate: { id: userId, brandId: '', version: 1 }, payload: { userId } };
}

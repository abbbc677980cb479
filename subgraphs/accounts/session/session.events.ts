import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { SessionEntity } from './session.entity.js';

/** A session ended before its time; whoever believes in it must stop. */
export function sessionRevoked(session: SessionEntity): DomainEvent<'session.revoked'> {
  return {
    type: 'session.revoked',
    aggregate: { id: session.id, brandId: '', version: 1 },
    payload: { sessionIds: [session.id] },
  };
}

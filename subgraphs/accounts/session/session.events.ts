import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { SessionEntity } from './session.entity.js';

/** Sessions ended before their time; whoever believes in them must stop. */
export function sessionsRevoked(
  sessions: readonly [SessionEntity, ...SessionEntity[]],
  reason: string,
): DomainEvent<'session.revoked'> {
  return {
    type: 'session.revoked',
    aggregate: { id: sessions[0].id, brandId: '', version: 1 },
    payload: { sessionIds: sessions.map(({ id }) => id) },
    reason,
  };
}

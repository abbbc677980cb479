import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { ApiClientEntity } from './api-client.entity.js';

/** What an API client may do has changed; whoever keeps it must ask again. */
export function apiClientChanged(client: ApiClientEntity): DomainEvent<'api-client.changed'> {
  return { type: 'api-client.changed', aggregate: client, payload: { apiClientId: client.id } };
}

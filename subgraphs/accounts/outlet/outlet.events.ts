import type { DomainEvent } from '../../../platform/data/outbox.js';
import { detailsOf } from '../../../platform/replicas/outlet-details.js';
import { isTrading, type OutletEntity } from './outlet.entity.js';

/** An outlet was made or changed; every subgraph keeps what it needs of it. */
export function outletSaved(outlet: OutletEntity): DomainEvent<'outlet.saved'> {
  const { name, currency, timeZone, cutOff } = outlet;
  const payload = { name, currency, timeZone, cutOff, isActive: isTrading(outlet), details: detailsOf(outlet) };
  return { type: 'outlet.saved', aggregate: outlet, payload };
}

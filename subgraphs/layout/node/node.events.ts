import type { DomainEvent } from '../../../platform/data/outbox.js';
import type { ServiceNodeEntity } from './node.entity.js';

/** A place was added, changed or removed; orders keep its label and seats. */
export function serviceNodeSaved(node: ServiceNodeEntity): DomainEvent<'service-node.saved'> {
  const { label, kind, seats, isRemoved } = node;
  return { type: 'service-node.saved', aggregate: node, payload: { label, kind, seats, isRemoved } };
}

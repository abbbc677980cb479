import type { SqlEntityManager } from '@mikro-orm/sql';
import { newId } from '../domain/id.js';
import type { Viewer } from '../domain/viewer.js';
import type { EventPayloads, EventType } from '../events/catalogue.js';
import type { Clock } from '../process/clock.js';
import { OutboxEventEntity } from './outbox.entity.js';

/** Ways a change can come in; MANAGER_OVERRIDE marks what only a manager could do. */
export type Channel = 'MOBILE' | 'KIOSK' | 'POS' | 'WEB' | 'PARTNER' | 'MANAGER_OVERRIDE';

/** Whose doing a transaction is. */
export interface Origin {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly clock: Clock;
}

/** What an event is about; its version is read after the flush, so it is the one the event produced. */
export interface Aggregate {
  readonly id: string;
  readonly brandId: string;
  readonly outletId?: string | null;
  readonly version: number;
}

/** Something that happened, as an operation tells it. */
export interface DomainEvent<Type extends EventType = EventType> {
  readonly type: Type;
  readonly aggregate: Aggregate;
  readonly payload: EventPayloads[Type];
  readonly channel?: Channel;
  readonly reason?: string;
}

const recorded = new WeakMap<SqlEntityManager, DomainEvent[]>();

/** Records what happened; it is stored by the same commit and published after it. */
export function record<Type extends EventType>(em: SqlEntityManager, event: DomainEvent<Type>): void {
  const events = recorded.get(em) ?? [];
  recorded.set(em, events);
  events.push(event);
}

/** Stores the recorded events of a transaction in one statement; called by the unit of work before it commits. */
export async function writeRecordedEvents(em: SqlEntityManager, origin: Origin): Promise<void> {
  const events = recorded.get(em) ?? [];
  recorded.delete(em);
  if (events.length > 0)
    await em.insertMany(
      OutboxEventEntity,
      events.map((event) => toRow(event, origin)),
    );
}

function toRow({ type, aggregate, payload, channel, reason }: DomainEvent, { viewer, requestId, clock }: Origin) {
  return {
    id: newId('evt'),
    type,
    aggregateId: aggregate.id,
    aggregateVersion: aggregate.version,
    brandId: aggregate.brandId,
    outletId: aggregate.outletId ?? null,
    viewerKind: viewer.kind,
    viewerId: viewer.id,
    channel: channel ?? null,
    reason: reason ?? null,
    requestId,
    occurredAt: clock.now(),
    payload,
    publishedSeq: null,
  };
}

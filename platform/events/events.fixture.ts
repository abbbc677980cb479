import { pino } from 'pino';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../data/database.js';
import { newNote, noteEvent, unitOfWorkOf } from '../data/note.fixture.js';
import { record } from '../data/outbox.js';
import { newId } from '../domain/id.js';
import { instant } from '../process/clock.js';
import type { Log } from '../process/log.js';
import { createRelay, type Relay } from './relay.js';
import { LocalEventStream, type EventStream, type PublishedEvent } from './stream.js';

/** A log whose lines a test can read. */
export function readableLog(): { log: Log; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = [];
  return { log: pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) }), lines };
}

/** The only relay of a database, with somebody who hears what it publishes. */
export function relayTelling(database: Database, hear: (events: readonly PublishedEvent[]) => void, log: Log): Relay {
  const stream = new LocalEventStream();
  stream.listen(database.name, hear);
  return createRelay({ database, stream, lease: null, log });
}

/** Commits one event that carries a number. */
export function tell(database: Database, rank: number, onCommitted = () => {}): Promise<void> {
  return unitOfWorkOf(database, {}, onCommitted)(async (em) => record(em, noteEvent(newNote({ rank }))));
}

/** Commits many events in one transaction, each with its number. */
export function tellTogether(database: Database, ranks: readonly number[], onCommitted = () => {}): Promise<void> {
  return unitOfWorkOf(
    database,
    {},
    onCommitted,
  )(async (em) => {
    for (const rank of ranks) record(em, noteEvent(newNote({ rank })));
  });
}

/** The number an event of the tests carries. */
export function rankOf({ payload }: { payload: unknown }): number {
  return typeof payload === 'object' && payload !== null && 'remaining' in payload ? Number(payload.remaining) : NaN;
}

/** 1, 2, 3 … up to and with `last`. */
export function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Waits until something is so; fails after twenty seconds. */
export async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  const giveUpMs = performance.now() + 20_000;
  while (!(await isSo())) {
    if (performance.now() > giveUpMs) throw new Error(`It was not so within twenty seconds: ${isSo}`);
    await sleep(2);
  }
}

/** An event as a subgraph publishes it, with what a test cares about. */
export function published(given: Partial<PublishedEvent> & { seq: number }): PublishedEvent {
  return {
    id: newId('evt'),
    type: 'menu-item.availability-changed',
    brandId: 'brd_1',
    outletId: null,
    aggregateId: 'itm_1',
    aggregateVersion: given.seq,
    viewerKind: 'SYSTEM',
    viewerId: '',
    channel: null,
    reason: null,
    requestId: 'req_1',
    occurredAt: instant('2026-03-14T12:00:00Z'),
    payload: { remaining: given.seq, isAvailable: true },
    ...given,
  };
}

/** Streams a test writes by hand: what they hold, what was asked of them, and who listens. */
export class ScriptedStream implements EventStream {
  readonly events: Record<string, PublishedEvent[]> = {};
  readonly reads: string[] = [];
  readonly settled: string[] = [];
  readonly #listeners = new Map<string, Set<(events: readonly PublishedEvent[]) => void>>();

  /** Adds an event of a source at its next position, and says so to whoever listens. */
  publish(source: string, given: Partial<PublishedEvent>): PublishedEvent {
    const log = (this.events[source] ??= []);
    const event = published({ seq: log.length + 1, ...given });
    log.push(event);
    for (const listener of this.#listeners.get(source) ?? []) listener([event]);
    return event;
  }

  async read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]> {
    this.reads.push(`${source} after ${afterSeq}`);
    return (this.events[source] ?? []).filter(({ seq }) => seq > afterSeq).slice(0, limit);
  }

  listen(source: string, listener: (events: readonly PublishedEvent[]) => void): () => void {
    const listeners = this.#listeners.get(source) ?? new Set();
    this.#listeners.set(source, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  async listening(): Promise<void> {}

  async settle(source: string): Promise<void> {
    this.settled.push(source);
  }
}

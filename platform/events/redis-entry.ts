import { formatPublishedEvent, parsePublishedEvent } from './published-event.js';
import type { PublishedEvent } from './stream.js';

const EVENT = 'event';

/** One entry of a Redis stream as Redis answers it: its id, then names and values in turn. */
export type StreamEntry = readonly [id: string, fields: readonly string[]];

/** What a stretch of a Redis stream holds directly after a position. */
export interface Stretch {
  /** Consecutive from the position on; ends before the first gap or unreadable entry. */
  readonly events: PublishedEvent[];
  /** Whether the entries go on behind a gap or an unreadable entry, so that only the outbox knows what comes next. */
  readonly isBroken: boolean;
  /** The id of the entry that is no event of this version, if that is what ended it. */
  readonly unreadableId: string | null;
}

/** The id of an entry: its event's published position, so that Redis itself refuses to add it twice. */
export function entryId(seq: number): string {
  return `${seq}-0`;
}

/** The position an entry's id says, in the form of `entryId` or a foreign one. */
export function seqOf(id: string): number {
  return Number(id.split('-')[0]);
}

/** The name and value an event is stored under. */
export function entryFields(event: PublishedEvent): [name: string, value: string] {
  return [EVENT, formatPublishedEvent(event)];
}

/** Reads entries that Redis gave, whatever is in them; those up to the position are passed over. */
export function readStretch(entries: readonly StreamEntry[], afterSeq: number): Stretch {
  const events: PublishedEvent[] = [];
  for (const [id, fields] of entries) {
    const next = afterSeq + events.length + 1;
    if (seqOf(id) < next) continue;
    if (id !== entryId(next)) return { events, isBroken: true, unreadableId: null };
    const event = readEvent(fields);
    if (event?.seq !== next) return { events, isBroken: true, unreadableId: id };
    events.push(event);
  }
  return { events, isBroken: false, unreadableId: null };
}

function readEvent([name, text]: readonly string[]): PublishedEvent | null {
  return name === EVENT && text !== undefined ? parsePublishedEvent(text) : null;
}

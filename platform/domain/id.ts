import { monotonicFactory, ulid } from 'ulid';

// Ids made in one millisecond are ascending too: lines and events of one transaction keep the order they were made in.
const nextUlid = monotonicFactory();
const LETTERS = /^[\w:.-]{0,64}$/;
const SHAPE = /^[a-z]{2,5}_[0-9A-HJKMNP-TV-Z]{26}$/;

/** A new identifier: the noun's prefix and a ULID, such as `ord_01J9ZQ…`; sortable by creation time, at most 32 characters. */
export function newId(prefix: string): string {
  return `${prefix}_${nextUlid()}`;
}

/** The identifier a row made at `time` would have had; for imports and demo history. */
export function idAt(prefix: string, time: Date, random: () => number): string {
  return `${prefix}_${ulid(time.getTime(), random)}`;
}

/** Whether a text has the shape of an identifier of this noun. */
export function isId(prefix: string, value: string): boolean {
  return value.startsWith(`${prefix}_`) && SHAPE.test(value);
}

/** Whether a value could name anything at all, whatever the noun: a text of an identifier's letters. */
export function couldBeId(value: unknown): value is string {
  return typeof value === 'string' && LETTERS.test(value);
}

// The last code point there is: no text that goes on after the prefix sorts behind it.
const LAST = '\u{10FFFF}';

/** The condition for texts that begin with a prefix; a range, so that an index serves it and no character is special. */
export function beginsWith(prefix: string): { $gte: string; $lt: string } {
  return { $gte: prefix, $lt: prefix + LAST };
}

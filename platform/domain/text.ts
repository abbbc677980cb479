import { BadUserInput } from './errors.js';

// Control and invisible direction characters have no place in a name; they only disguise one text as another.
const FORBIDDEN = /[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A text that must be there: normalised to NFC, trimmed, 1 to `maximum` characters, without control characters. */
export function requireText(text: string, { field, maximum }: { field: readonly string[]; maximum: number }): string {
  const clean = text.normalize('NFC').trim();
  if (clean.length === 0) throw new BadUserInput('It must not be empty.', field);
  if (clean.length > maximum) throw new BadUserInput(`It has at most ${maximum} characters.`, field);
  if (FORBIDDEN.test(clean)) throw new BadUserInput('It contains characters that cannot be shown.', field);
  return clean;
}

/** A text that may be absent; empty means absent. */
export function optionalText(
  text: string | null | undefined,
  limits: { field: readonly string[]; maximum: number },
): string | null {
  return text?.trim() ? requireText(text, limits) : null;
}

/** The form under which two spellings of a name are the same: NFKC, lower case, without outer spaces. */
export function comparisonKey(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

import { BadUserInput } from './errors.js';

// What is not seen has no place in a text; it only disguises one as another: control characters, halves of characters,
// private ones and what is none, soft hyphens, joiners, direction marks, line separators, invisible operators and tags.
const FORBIDDEN =
  /\u034f|[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}]/u;
// Words of these scripts and composed emoji are written with joiners, but only between two characters that are seen.
const JOINING =
  '\\p{sc=Arab}\\p{sc=Deva}\\p{sc=Beng}\\p{sc=Guru}\\p{sc=Gujr}\\p{sc=Orya}\\p{sc=Taml}\\p{sc=Telu}\\p{sc=Knda}\\p{sc=Mlym}\\p{sc=Sinh}';
const JOINERS = new RegExp(
  `(?<=[${JOINING}])[\\u200c\\u200d](?=[${JOINING}])|(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})`,
  'gu',
);
// What is left of it, such as variation selectors, belongs to emoji; elsewhere it makes no difference that is seen.
const UNCOMPARED = /\p{Default_Ignorable_Code_Point}/gu;

/** A text that must be there: normalised to NFC, trimmed, 1 to `maximum` characters, all of which are seen; joiners stay where a word or an emoji needs them. */
export function requireText(text: string, { field, maximum }: { field: readonly string[]; maximum: number }): string {
  const clean = text.normalize('NFC').trim();
  if (clean.length > maximum) throw new BadUserInput(`It has at most ${maximum} characters.`, field);
  if (FORBIDDEN.test(clean.replaceAll(JOINERS, '')))
    throw new BadUserInput('It contains characters that cannot be shown.', field);
  if (comparisonKey(clean).length === 0) throw new BadUserInput('It must not be empty.', field);
  return clean;
}

/** A text that may be absent; empty means absent. */
export function optionalText(
  text: string | null | undefined,
  limits: { field: readonly string[]; maximum: number },
): string | null {
  return text?.trim() ? requireText(text, limits) : null;
}

/** The form under which two spellings of a name are the same: NFKC, lower case, without what is not seen and outer spaces. */
export function comparisonKey(text: string): string {
  return text.normalize('NFKC').replaceAll(UNCOMPARED, '').trim().toLowerCase();
}

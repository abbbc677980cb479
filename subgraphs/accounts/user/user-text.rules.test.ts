import { comparisonKey } from '../../../platform/domain/text.js';
import { requireEmail, requireName, requireUsername } from './user.rules.js';

/** What is kept of a text, or that it is refused. */
function keptBy(rule: (text: string) => string, text: string): string | null {
  try {
    return rule(text);
  } catch {
    return null;
  }
}

const MEGABYTE = 'x'.repeat(1_000_000);

describe('S27 texts people call themselves by', () => {
  it.each<[string, string, string | null]>([
    ['letters of any script', 'आशा भोसले', 'आशा भोसले'],
    ['a name right to left', 'فاطمة الزهراء', 'فاطمة الزهراء'],
    ['letters beyond the first plane', '𠮷野家', '𠮷野家'],
    ['an emoji', 'Ann 🍕', 'Ann 🍕'],
    ['a composed emoji', 'Ann 👩‍🍳', 'Ann 👩‍🍳'],
    ['a family of emoji', '👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦'],
    ['a flag', 'Ann 🇮🇳', 'Ann 🇮🇳'],
    ['a joiner within a Sanskrit word', 'क्\u200dष', 'क्\u200dष'],
    ['a non-joiner within a Persian word', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['decomposed letters', 'Zoe\u0308', 'Zo\u00eb'],
    ['outer spaces', '  Ann  ', 'Ann'],
    ['no-break spaces around', '\u00a0Ann\u00a0', 'Ann'],
    ['a joiner at the end', 'Ann\u200d', null],
    ['a joiner between spaces', 'Ann \u200d Bo', null],
    ['a zero-width space', 'An\u200bn', null],
    ['a byte order mark', '\ufeffAnn', 'Ann'],
    ['a byte order mark within', 'An\ufeffn', null],
    ['a right-to-left override', 'Ann\u202egpj', null],
    ['an isolate', 'Ann\u2066x\u2069', null],
    ['an Arabic letter mark', 'Ann\u061cx', null],
    ['a soft hyphen', 'An\u00adn', null],
    ['an invisible separator', 'An\u2063n', null],
    ['a tag character', 'Ann\u{e0041}', null],
    ['a filler that is seen as nothing', 'An\u3164n', null],
    ['a line separator', 'Ann\u2028x', null],
    ['a line break', 'Ann\nx', null],
    ['a NUL', 'Ann\u0000', null],
    ['a bell', 'Ann\u0007', null],
    ['the first half of a surrogate pair', 'Ann\ud83c', null],
    ['the second half of a surrogate pair', '\udf55Ann', null],
    ['a private character', 'Ann\ue000', null],
    ['what is no character', 'Ann\uffff', null],
    ['nothing but spaces', ' \u2003 ', null],
    ['120 letters', 'x'.repeat(120), 'x'.repeat(120)],
    ['121 letters', 'x'.repeat(121), null],
    ['a megabyte', MEGABYTE, null],
    ['joiners beyond the length', `${'क्\u200d'.repeat(60)}ष`, null],
  ])('a name with %s', (_what, text, kept) => {
    expect(keptBy(requireName, text)).toBe(kept);
  });

  it.each<[string, string, string | null]>([
    ['a Cyrillic letter among Latin ones', '\u0430nn@example.com', null],
    ['a Greek letter among Latin ones', 'ann\u03bf@example.com', null],
    ['a Cyrillic letter in the domain', 'ann@ex\u0430mple.com', null],
    ['one script a part', 'анна@example.com', 'анна@example.com'],
    ['another script than Latin ones', 'आशा@उदाहरण.भारत', 'आशा@उदाहरण.भारत'],
    ['a zero-width space', 'an\u200bn@example.com', null],
    ['a soft hyphen', 'an\u00adn@example.com', null],
    ['a right-to-left override', 'ann\u202e@example.com', null],
    ['a NUL', 'ann\u0000@example.com', null],
    ['a lone surrogate', 'ann\ud800@example.com', null],
    ['a space within', 'an n@example.com', null],
    ['outer spaces', ' ann@example.com ', 'ann@example.com'],
    ['a megabyte', `${MEGABYTE}@example.com`, null],
  ])('an address with %s', (_what, text, kept) => {
    expect(keptBy(requireEmail, text)).toBe(kept);
  });

  it.each<[string, string, string | null]>([
    ['a Cyrillic letter among Latin ones', 'p\u0430ul', null],
    ['a Greek letter among Latin ones', '\u03bfliver', null],
    ['one script', 'павел', 'павел'],
    ['an emoji', 'ann🍕', null],
    ['a joiner', 'an\u200dn', null],
    ['a right-to-left override', 'ann\u202eb', null],
    ['a lone surrogate', 'ann\ud800', null],
    ['a NUL', 'ann\u0000', null],
    ['a megabyte', MEGABYTE, null],
  ])('a user name with %s', (_what, text, kept) => {
    expect(keptBy(requireUsername, text)).toBe(kept);
  });

  it.each([
    ['capitals', 'Ann', 'aNN'],
    ['composed and decomposed letters', 'Zo\u00eb', 'Zoe\u0308'],
    ['wide letters', 'Ann', '\uff21\uff4e\uff4e'],
    ['a ligature', 'ﬁn', 'fin'],
    ['outer spaces', 'Ann', ' Ann '],
    ['the sign for Kelvin', '\u212aate', 'Kate'],
  ])('%s make no second one', (_what, one, other) => {
    expect(comparisonKey(other)).toBe(comparisonKey(one));
  });

  it.each([
    ['an accent', 'Zoe', 'Zo\u00eb'],
    ['a sharp s', 'strasse', 'straße'],
    ['another script', 'cop', 'сор'],
  ])('%s makes another one', (_what, one, other) => {
    expect(comparisonKey(other)).not.toBe(comparisonKey(one));
  });
});

import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';
import { isCommonPassword } from './password-guess.rules.js';

/** The shortest password that is accepted: NIST SP 800-63B-4 asks for length, not for kinds of characters. */
export const shortestPassword = 12;
// RFC 5321 leaves a path 256 octets, two of which are its brackets.
const longestEmail = 254;
const longestUsername = 40;
const shortestTelling = 4;
const longestName = 120;

// Letters of these scripts are taken for one another; within one word they only disguise a name as another.
const lookAlikeScripts = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u, /\p{Script=Armenian}/u];

/** What a password must be, for the descriptions of the fields that take one. */
export const passwordRule =
  '12 to 200 characters, at least five different; none of the common passwords, not their name and without the address';

/** The password; throws PASSWORD_TOO_WEAK unless it is 12 to 200 characters, none of the common ones and not what is known about the person. */
export function requirePassword(
  password: string,
  known: readonly (string | null | undefined)[],
  field = 'password',
): string {
  const tooWeak = (message: string) => new DomainError('PASSWORD_TOO_WEAK', message, [field]);
  if (password.length < shortestPassword) throw tooWeak(`Use at least ${shortestPassword} characters.`);
  if (password.length > 200) throw tooWeak('Use at most 200 characters.');
  // Halves of characters are hashed alike, whichever they are.
  if (!password.isWellFormed()) throw tooWeak('Use whole characters.');
  if (new Set(password).size < 5) throw tooWeak('Use at least five different characters.');
  if (known.some((text) => text && isNamed(text, password)))
    throw tooWeak('Do not use your name or address; take several words that have nothing to do with you.');
  if (isCommonPassword(password))
    throw tooWeak('This is among the passwords that are tried first. Take several words that do not belong together.');
  return password;
}

// Of an address the part before the "@" is as well known, and more around it hides nothing; a short one is in many words.
function isNamed(text: string, password: string): boolean {
  const key = comparisonKey(password);
  const [mailbox = '', domain] = comparisonKey(text).split('@');
  if (key === comparisonKey(text)) return true;
  const told = withoutMarks(mailbox);
  return domain !== undefined && told.length >= shortestTelling && withoutMarks(key).includes(told);
}

function withoutMarks(key: string): string {
  return key.replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/**
 * The name of a person: NFC, without outer spaces, 1 to 120 characters of any script and emoji. Refused are control
 * characters, lone surrogates and what is not seen, such as direction marks; joiners are kept where a word needs them.
 */
export function requireName(name: string): string {
  return requireText(name, { field: ['name'], maximum: longestName });
}

/** Throws unless the text is an e-mail address that fits: something, "@" and a domain, at most 254 characters, nothing unseen in it and no part that mixes scripts. Two spellings that compare alike are one address. */
export function requireEmail(email: string, field: readonly string[] = ['email']): string {
  const clean = requireText(email, { field, maximum: longestEmail });
  const isAddress = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(clean) && !/[\u200c\u200d]/.test(clean);
  if (!isAddress || comparisonKey(clean).length > longestEmail)
    throw new BadUserInput('It is not an e-mail address.', field);
  if (clean.split(/[@.]/).some(mixesScripts))
    throw new BadUserInput('It mixes letters of different scripts that look alike.', field);
  return clean;
}

/** Throws unless the user name has 3 to 40 letters, digits, dots, dashes or underscores, without letters of different scripts that look alike. Two spellings that compare alike are one name. */
export function requireUsername(username: string): string {
  const clean = requireText(username, { field: ['username'], maximum: longestUsername });
  // Some letters are compared by a longer form, such as a ligature by its letters.
  if (!/^[\p{L}\p{N}._-]{3,40}$/u.test(clean) || comparisonKey(clean).length > longestUsername) {
    throw new BadUserInput('A user name has 3 to 40 letters, digits, dots, dashes or underscores.', ['username']);
  }
  if (mixesScripts(clean))
    throw new BadUserInput('It mixes letters of different scripts that look alike.', ['username']);
  return clean;
}

/** A language tag in its canonical form, such as "en-IN"; throws unless it is one of BCP 47. */
export function requireLocale(locale: string): string {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(locale);
    if (tag !== '' && tag.length <= 35) return tag;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new BadUserInput('Write the language as a tag such as "en-IN".', ['locale']);
}

function mixesScripts(text: string): boolean {
  return lookAlikeScripts.filter((script) => script.test(text.normalize('NFKC'))).length > 1;
}

/** The phone number in a text as E.164, a plus and at most 15 digits; null if it is none. */
export function phoneIn(text: string): string | null {
  const clean = text.replaceAll(/[\s()-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(clean) ? clean : null;
}

/** Throws unless the phone number is E.164: a plus and at most 15 digits. */
export function requirePhone(phone: string, field: readonly string[] = ['phone']): string {
  const clean = phoneIn(phone);
  if (clean === null) throw new BadUserInput('Write the phone number as "+" and at most 15 digits.', field);
  return clean;
}

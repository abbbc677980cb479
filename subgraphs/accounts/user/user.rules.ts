import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { comparisonKey, requireText } from '../../../platform/domain/text.js';

/** The shortest password that is accepted: NIST SP 800-63B-4 asks for length, not for kinds of characters. */
export const shortestPassword = 12;
// RFC 5321 leaves a path 256 octets, two of which are its brackets.
const longestEmail = 254;
const longestUsername = 40;

/** Throws PASSWORD_TOO_WEAK unless the password is 12 to 200 characters and not made of what is known about the person. */
export function requirePassword(password: string, known: readonly string[]): void {
  const tooWeak = (message: string) => new DomainError('PASSWORD_TOO_WEAK', message, ['password']);
  if (password.length < shortestPassword) throw tooWeak(`Use at least ${shortestPassword} characters.`);
  if (password.length > 200) throw tooWeak('Use at most 200 characters.');
  if (new Set(password).size < 5) throw tooWeak('Use more different characters.');
  if (known.some((text) => text.length > 0 && comparisonKey(password) === comparisonKey(text)))
    throw tooWeak('Do not use your name or address.');
}

/** Throws unless the text is an e-mail address that fits: something, "@" and a domain, at most 254 characters. */
export function requireEmail(email: string): string {
  const clean = requireText(email, { field: ['email'], maximum: longestEmail });
  const isAddress = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(clean);
  if (!isAddress || comparisonKey(clean).length > longestEmail)
    throw new BadUserInput('It is not an e-mail address.', ['email']);
  return clean;
}

/** Throws unless the user name has 3 to 40 letters, digits, dots, dashes or underscores. */
export function requireUsername(username: string): string {
  const clean = requireText(username, { field: ['username'], maximum: longestUsername });
  // Some letters are compared by a longer form, such as a ligature by its letters.
  if (!/^[\p{L}\p{N}._-]{3,40}$/u.test(clean) || comparisonKey(clean).length > longestUsername) {
    throw new BadUserInput('A user name has 3 to 40 letters, digits, dots, dashes or underscores.', ['username']);
  }
  return clean;
}

/** Throws unless the phone number is E.164: a plus and at most 15 digits. */
export function requirePhone(phone: string): string {
  const clean = phone.replaceAll(/[\s()-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(clean))
    throw new BadUserInput('Write the phone number as "+" and at most 15 digits.', ['phone']);
  return clean;
}

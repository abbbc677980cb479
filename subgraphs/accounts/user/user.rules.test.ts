import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { requireEmail, requirePassword, requirePhone, requireUsername } from './user.rules.js';

describe('what an account is made of', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    ['  Ann.B+tag@mail.example.co.in ', 'Ann.B+tag@mail.example.co.in'],
    [`${'x'.repeat(242)}@example.com`, `${'x'.repeat(242)}@example.com`],
  ])('ACC-33 takes the address %s', (given, kept) => {
    expect(requireEmail(given)).toBe(kept);
  });

  it.each([
    ['nothing', ' '],
    ['no domain', 'ann'],
    ['a domain without a dot', 'ann@example'],
    ['two at signs', 'ann@b@example.com'],
    ['a space', 'ann b@example.com'],
    ['an empty part of the domain', 'ann@example..com'],
    ['255 characters', `${'x'.repeat(243)}@example.com`],
    ['255 characters as it is compared', `${'x'.repeat(241)}ﬁ@example.com`],
  ])('ACC-33 refuses an address with %s', (_what, email) => {
    expect(() => requireEmail(email)).toThrow(BadUserInput);
  });

  it.each([
    ['correct horse battery'],
    ['abxdecxbdeca'],
    ['пароль-длинный'],
    ['a b c d e f '],
    ['kitchen table '.repeat(14) + 'abcd'],
    ['an announcement today'],
  ])('ACC-15 takes the password %p', (password) => {
    expect(() => requirePassword(password, ['ann@example.com', 'Ann Baker', ''])).not.toThrow();
  });

  it.each([
    ['eleven characters', 'abcdefghijk', /at least 12/],
    ['201 characters', 'x'.repeat(196) + 'abcde', /at most 200/],
    ['four different characters', 'abcdabcdabcd', /different/],
    ['the own address in other letters', 'ANN@example.COM', /name or address/],
    ['the own name in wide letters', 'Ａnn Isabel Baker', /name or address/],
    ['the part of the own address before the "@", and more', 'AnnBaker, two cats', /name or address/],
    ['a common word and a year', 'Restaurant2026', /tried first/],
  ])('ACC-15 refuses a password of %s', (_what, password, message) => {
    const check = () => requirePassword(password, ['ann@example.com', 'ann.baker@example.com', 'Ann Isabel Baker', '']);

    expect(check).toThrow(DomainError);
    expect(check).toThrow(
      expect.objectContaining({
        code: 'PASSWORD_TOO_WEAK',
        field: ['password'],
        message: expect.stringMatching(message),
      }),
    );
  });

  it.each([
    ['ann', 'ann'],
    [' Ann.B_2-x ', 'Ann.B_2-x'],
    ['आशा', null],
    ['Ünal', 'Ünal'],
    ['x'.repeat(40), 'x'.repeat(40)],
    ['x'.repeat(41), null],
    ['ab', null],
    ['a b c', null],
    ['ann@example.com', null],
    ['ann\u202eb', null],
    ['ﬃ'.repeat(14), null],
    ['', null],
  ])('ACC-02 the user name %p is kept as %p', (given, kept) => {
    if (kept === null) expect(() => requireUsername(given)).toThrow(BadUserInput);
    else expect(requireUsername(given)).toBe(kept);
  });

  it.each([
    ['+912255501000', '+912255501000'],
    ['+91 (22) 5550-1000', '+912255501000'],
    ['+123456789012345', '+123456789012345'],
    ['+1234567890123456', null],
    ['+123456', null],
    ['02255501000', null],
    ['+0123456789', null],
    ['+91 22 call me', null],
    ['', null],
  ])('ACC-33 the phone number %p is kept as %p', (given, kept) => {
    if (kept === null) expect(() => requirePhone(given)).toThrow(BadUserInput);
    else expect(requirePhone(given)).toBe(kept);
  });
});

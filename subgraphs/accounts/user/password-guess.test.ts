import { isCommonPassword } from './password-guess.rules.js';

describe('ACC-15 common passwords', () => {
  it.each([
    'qwertyuiopas',
    'qwertyuiop[]',
    'asdfghjkl;asdfghjkl;',
    'poiuytrewq123',
    '123456789012',
    '0987654321098',
    'abcdefghijklm',
    'zyxwvutsrqpo',
    '1qaz2wsx3edc',
    '1q2w3e4r5t6y',
    '!@#$%^&*()_+',
    'abc123abc123',
    'x9#kx9#kx9#k',
    'password1234',
    'Password2026!',
    'P@$$w0rd2026!',
    '123password123',
    'passwordpassword',
    'iloveyou2024!!',
    'W3lc0me-2026!',
    'letmein123456',
    'Restaurant2026',
    'TwinEngine!2026',
    'twinengine-admin',
    'administrator1',
    'aaaabbbbccccddddeeee',
    'ｐａｓｓｗｏｒｄ１２３４',
  ])('hold %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'sixteen letters at least',
    'an older password',
    'not the password at all',
    'my password is longer',
    'tandoor-lime-9-anchor',
    'xK9#qZ4!vT7m',
    'masterfully done',
    '738291046573',
    'पासवर्ड बहुत लंबा है',
    'reserve a table for 12',
  ])('do not hold %s', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });

  it('S8 are found in the longest password in one go', () => {
    const longest = `${'1!'.repeat(99)}é`;

    const before = performance.now();
    for (let time = 0; time < 20; time += 1) isCommonPassword(longest);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

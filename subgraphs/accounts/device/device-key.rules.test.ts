import { instant } from '../../../platform/process/clock.js';
import { isCounterAhead, passwordDueAt, requireDeviceId, type DeviceKeyKind } from './device-key.rules.js';
import { readStatement, statementText, type DeviceStatement } from './device-statement.rules.js';

const statement: DeviceStatement = {
  purpose: 'LOGIN',
  origin: 'https://api.example.com',
  challenge: 'c'.repeat(43),
  deviceId: 'Büro: phone 1',
  keyId: 'k'.repeat(43),
  counter: 7,
  isUserVerified: true,
};
const text = [
  'TwinEngine device key 1',
  'purpose: LOGIN',
  'origin: https://api.example.com',
  `challenge: ${'c'.repeat(43)}`,
  'device: Büro: phone 1',
  `key: ${'k'.repeat(43)}`,
  'counter: 7',
  'user-verified: true',
].join('\n');

describe('a statement', () => {
  it('is one text, and is read back from it', () => {
    expect(statementText(statement)).toBe(text);
    expect(readStatement(text)).toEqual(statement);
    expect(readStatement(statementText({ ...statement, isUserVerified: false, purpose: 'REGISTER' }))).toEqual({
      ...statement,
      isUserVerified: false,
      purpose: 'REGISTER',
    });
  });

  it.each([
    ['a line feed at the end', `${text}\n`],
    ['a line feed at the beginning', `\n${text}`],
    ['carriage returns', text.replaceAll('\n', '\r\n')],
    ['a line more', `${text}\nmore: true`],
    ['a line less', text.replace(/\ncounter: 7/, '')],
    ['two devices', text.replace('device: ', 'device: other\ndevice: ')],
    ['no counter', text.replace('counter: 7', 'counter: ')],
    ['a negative counter', text.replace('counter: 7', 'counter: -7')],
    ['a leading zero', text.replace('counter: 7', 'counter: 07')],
    ['a counter beyond exact numbers', text.replace('counter: 7', `counter: ${2 ** 53}`)],
    ['another purpose', text.replace('LOGIN', 'PAY')],
    ['another version', text.replace('key 1', 'key 2')],
    ['a challenge cut short', text.replace('challenge: c', 'challenge: ')],
    ['a verdict that is none', text.replace('true', 'TRUE')],
    ['no text at all', ''],
    ['a huge text', text.replace('Büro', 'x'.repeat(2_000))],
  ])('is none with %s', (_what, other) => {
    expect(readStatement(other)).toBeNull();
  });
});

describe('a counter', () => {
  const cases: [DeviceKeyKind, number, number, boolean][] = [
    ['NATIVE', 0, 1, true],
    ['NATIVE', 5, 6, true],
    ['NATIVE', 5, 900, true],
    ['NATIVE', 5, 5, false],
    ['NATIVE', 5, 4, false],
    ['NATIVE', 0, 0, false],
    ['PASSKEY', 0, 0, true],
    ['PASSKEY', 0, 1, true],
    ['PASSKEY', 1, 0, false],
    ['PASSKEY', 5, 5, false],
    ['PASSKEY', 5, 4, false],
  ];

  it.each(cases)('S20 of %s after %i: %i is ahead: %s', (kind, stored, shown, isAhead) => {
    expect(isCounterAhead(kind, { stored, shown })).toBe(isAhead);
  });
});

describe('the password', () => {
  const now = instant('2026-03-31T12:00:00.000Z');

  it.each([
    ['now', '2026-03-31T12:00:00.000Z', '2026-04-30T12:00:00.000Z'],
    ['a millisecond less than thirty days ago', '2026-03-01T12:00:00.001Z', '2026-03-31T12:00:00.001Z'],
    ['thirty days ago', '2026-03-01T12:00:00.000Z', null],
    ['long ago', '2025-03-01T12:00:00.000Z', null],
  ])('ACC-21 given %s', (_when, provenAt, dueAt) => {
    expect(passwordDueAt(instant(provenAt), now)?.toISOString() ?? null).toBe(dueAt);
  });

  it('ACC-21 never given is due', () => expect(passwordDueAt(null, now)).toBeNull());
});

describe('a device’s id', () => {
  it('is trimmed and composed', () => expect(requireDeviceId(' phone e\u0301 ')).toBe('phone \u00e9'));

  it.each(['', ' ', 'x'.repeat(129), 'a\nb', 'a\u202eb'])('is not %j', (deviceId) => {
    expect(() => requireDeviceId(deviceId)).toThrow(expect.objectContaining({ field: ['deviceId'] }));
  });
});

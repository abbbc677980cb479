import { createHmac } from 'node:crypto';
import { Secret } from 'otpauth';
import { instant, plusMs } from '../../../platform/process/clock.js';
import {
  newRecoveryCodes,
  newTotpSecret,
  otpauthUriOf,
  recoveryCodeIn,
  stepAt,
  stepOfCode,
} from './second-factor.rules.js';

// RFC 6238, appendix B, with the last six of its eight digits.
const secret = Secret.fromLatin1('12345678901234567890').base32;

describe('ACC-18 codes of an authenticator app', () => {
  it.each([
    ['1970-01-01T00:00:59Z', '287082'],
    ['2005-03-18T01:58:29Z', '081804'],
    ['2005-03-18T01:58:31Z', '050471'],
    ['2009-02-13T23:31:30Z', '005924'],
    ['2033-05-18T03:33:20Z', '279037'],
  ])('are those of RFC 6238 at %s: %s', (time, code) => {
    const now = instant(time);

    expect(stepOfCode(code, { secret, now })).toBe(stepAt(now));
  });

  it.each([
    [-2, null],
    [-1, -1],
    [0, 0],
    [1, 1],
    [2, null],
  ])('made %i steps away are of step %s', (away, expected) => {
    const now = instant('2026-11-21T10:00:15Z');
    const code = codeAt(plusMs(now, away * 30_000));

    expect(stepOfCode(code, { secret, now })).toBe(expected === null ? null : stepAt(now) + expected);
  });

  it('change with the half minute', () => {
    const start = instant('2026-11-21T10:00:00.000Z');

    expect([
      stepAt(plusMs(start, -1)),
      stepAt(start),
      stepAt(plusMs(start, 29_999)),
      stepAt(plusMs(start, 30_000)),
    ]).toEqual([-1, 0, 0, 1].map((step) => stepAt(start) + step));
  });

  it('may be typed in two halves, and as nothing else', () => {
    const now = instant('2026-11-21T10:00:15Z');
    const code = codeAt(now);

    expect(stepOfCode(` ${code.slice(0, 3)} ${code.slice(3)} `, { secret, now })).toBe(stepAt(now));
    for (const other of ['', code.slice(1), `${code}0`, `+${code.slice(1)}`, code.replaceAll(/[0-9]/g, '٣')])
      expect(stepOfCode(other, { secret, now })).toBeNull();
  });

  it('grow from 160 random bits, which an app is told of with the account', () => {
    const secrets = Array.from({ length: 50 }, newTotpSecret);

    for (const each of secrets) expect(Secret.fromBase32(each).bytes).toHaveLength(20);
    expect(new Set(secrets).size).toBe(50);
    expect(otpauthUriOf(secret, 'ann+1@example.com')).toBe(
      `otpauth://totp/TwinEngine:ann%2B1%40example.com?issuer=TwinEngine&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

describe('ACC-18 recovery codes', () => {
  it('are ten that differ, in letters nobody takes for one another', () => {
    const codes = newRecoveryCodes();

    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
  });

  it.each([
    ['7Q2MK-XW04T', '7Q2MKXW04T'],
    ['7q2mk xw04t', '7Q2MKXW04T'],
    [' 7q2mkxwo4t ', '7Q2MKXW04T'],
    ['OIL00-OIL11', '0110001111'],
    ['7Q2MK-XW04', null],
    ['7Q2MK-XW04TT', null],
    ['7Q2MK-XW04U', null],
    ['123456', null],
    ['', null],
  ])('%j are read as %j', (typed, code) => {
    expect(recoveryCodeIn(typed)).toBe(code);
  });
});

// Not by the library that is tested: HOTP as RFC 4226 writes it.
function codeAt(time: Date): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(time.getTime() / 30_000)));
  const digest = createHmac('sha1', '12345678901234567890').update(counter).digest();
  const start = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

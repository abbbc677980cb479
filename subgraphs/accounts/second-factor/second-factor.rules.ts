import { Secret, TOTP } from 'otpauth';
import { randomInt } from 'node:crypto';

// What every authenticator app knows (RFC 6238).
const form = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
// RFC 4226, 4: the shared secret has 160 bits.
const SECRET_BYTES = 20;
// RFC 6238, 5.2: one step either way, for clocks that disagree and people who type slowly.
const WINDOW = 1;
// Crockford's letters: none is taken for another when read from paper.
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS_OF_HALF = 5;

/** How many recovery codes somebody gets. */
export const recoveryCodeCount = 10;

/** For how long a secret that was shown may be confirmed. */
export const setupMs = 15 * 60 * 1_000;

/** A new secret for an authenticator app, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What an authenticator app reads from a QR code: `otpauth://totp/…`. */
export function otpauthUriOf(secret: string, account: string): string {
  return new TOTP({ ...form, issuer: 'TwinEngine', label: account, secret }).toString();
}

/** The time step a moment lies in. */
export function stepAt(now: Date): number {
  return TOTP.counter({ period: form.period, timestamp: now.getTime() });
}

/** The time step whose code this is, at most one from the present one; null for every other text. */
export function stepOfCode(code: string, { secret, now }: { secret: string; now: Date }): number | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return null;
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...form, token, secret: Secret.fromBase32(secret), timestamp, window: WINDOW });
  return delta === null ? null : stepAt(now) + delta;
}

/** New recovery codes such as "7Q2MK-XW04T", 50 random bits each. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => `${newHalf()}-${newHalf()}`);
}

/** A recovery code in the one form it is compared in, however it was typed; null for every other text. */
export function recoveryCodeIn(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return new RegExp(`^[${LETTERS}]{${2 * LETTERS_OF_HALF}}$`).test(code) ? code : null;
}

function newHalf(): string {
  return Array.from({ length: LETTERS_OF_HALF }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

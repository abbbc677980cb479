import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../../platform/crypto/vault.js';
import { DomainError } from '../../../platform/domain/errors.js';
import { comparisonKey } from '../../../platform/domain/text.js';

/** What a one-time code is good for; for nothing else. */
export const codePurposes = [
  'PASSWORD_RESET',
  'INVITATION',
  'EMAIL_VERIFICATION',
  'EMAIL_CHANGE',
  'SECOND_FACTOR',
] as const;
export type CodePurpose = (typeof codePurposes)[number];

const MINUTE_MS = 60_000;

/**
 * How long a token is good. NIST SP 800-63B-4 (4.2.1.2) lets what is mailed for recovery live 24 hours at most, and SP
 * 800-63A-4 (3.8) what is mailed for enrolment; a reset opens the whole account, so it gets half an hour, as long as a slow
 * mail takes. The second step is taken at once.
 */
export const codeLifetimeMs: Readonly<Record<CodePurpose, number>> = {
  PASSWORD_RESET: 30 * MINUTE_MS,
  INVITATION: 24 * 60 * MINUTE_MS,
  EMAIL_VERIFICATION: 24 * 60 * MINUTE_MS,
  EMAIL_CHANGE: 24 * 60 * MINUTE_MS,
  SECOND_FACTOR: 5 * MINUTE_MS,
};

/** How long digits are good: what NIST SP 800-63B-4 (3.1.3.2) lets a short secret that was sent live. */
export const digitsLifetimeMs = 10 * MINUTE_MS;

/** The wrong answer that kills what was guessed at: five of a million sets of digits are a chance of one in 200,000. */
export const guessesAllowed = 5;

const TOKEN = /^(otc_[0-9A-HJKMNP-TV-Z]{26})\.([\w-]{43})$/;

/** What of a person a code is bound to. */
export interface CodeHolder {
  readonly email: string;
  readonly passwordHash: string | null;
}

/** Which code a token says it is, and the secret that shows it. */
export interface ShownToken {
  readonly id: string;
  readonly secret: string;
}

/** 256 random bits as 43 characters that every link can hold. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Six random digits. */
export function newDigits(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** The two halves of a token; null for a text that is none. */
export function readToken(token: string): ShownToken | null {
  const [, id = '', secret = ''] = TOKEN.exec(token) ?? [];
  return id === '' ? null : { id, secret };
}

/** The text people are sent. */
export function tokenOf({ id, secret }: ShownToken): string {
  return `${id}.${secret}`;
}

/** Where an app takes a token. It stands behind the `#`, which browsers send to nobody: no log and no Referer has it. */
export function codeLink(appUrl: string, page: string, token: string): string {
  return `${appUrl}/${page}#token=${token}`;
}

/** What limits count entries of a token by; nothing for a text that is none. */
export function tokenKeys(token: string): readonly string[] {
  const shown = readToken(token);
  return shown ? [`code:${shown.id}`] : [];
}

/** What is kept of a secret: without the key of the index nobody can guess it from the table, however short it is. */
export function secretHashOf(vault: Vault, purpose: CodePurpose, { id, secret }: ShownToken): string {
  return vault.index(tokenOf({ id, secret }), `code.${purpose}`);
}

/** Whether two hashes are the same, told in the same time wherever they differ. */
export function isSameHash(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** Changes with what kills codes of the purpose: the address does it to all, the password to all but proofs of the address. */
export function holderKeyOf(vault: Vault, purpose: CodePurpose, { email, passwordHash }: CodeHolder): string {
  const password = purpose === 'EMAIL_VERIFICATION' ? '' : (passwordHash ?? '');
  return vault.index(`${comparisonKey(email)}\n${password}`, `code.holder.${purpose}`);
}

/** The one answer to every code that is not good, whatever is wrong with it. */
export function invalidCode(field: string): DomainError {
  return new DomainError('INVALID_CODE', 'This code is not good, or not any longer. Ask for another.', [field]);
}

import { isTimeZone } from '../../../platform/domain/business-day.js';
import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { currencyDigits } from '../../../platform/domain/money.js';

/** Throws unless the text is an IANA time zone such as "Asia/Kolkata". */
export function requireTimeZone(timeZone: string): string {
  if (!isTimeZone(timeZone)) throw new BadUserInput(`"${timeZone}" is not an IANA time zone such as "Asia/Kolkata".`, ['timeZone']);
  return timeZone;
}

/** Throws unless the business day ends at a time between midnight and noon; later would put dinner on the day before. */
export function requireCutOff(cutOff: string): string {
  const match = /^(\d{2}):(\d{2})(:00)?(\.0+)?$/.exec(cutOff);
  if (!match || Number(match[1]) >= 12) throw new BadUserInput('The business day ends between "00:00" and "11:59".', ['cutOff']);
  return `${match[1]}:${match[2]}`;
}

/** Throws unless the currency is known; returns it. */
export function requireCurrency(currency: string): string {
  currencyDigits(currency);
  return currency;
}

/** Throws VERSION_CONFLICT when the row has changed since the client read it. */
export function requireVersion(actual: number, expected: number | null | undefined): void {
  if (expected === null || expected === undefined || expected === actual) return;
  throw new DomainError('VERSION_CONFLICT', `It was changed meanwhile (version ${actual}, not ${expected}). Read it again.`, ['expectedVersion']);
}

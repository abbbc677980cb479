import { isTimeZone } from '../../../platform/domain/business-day.js';
import { BadUserInput } from '../../../platform/domain/errors.js';

/** Throws unless the text is an IANA time zone such as "Asia/Kolkata". */
export function requireTimeZone(timeZone: string): string {
  if (!isTimeZone(timeZone))
    throw new BadUserInput(`"${timeZone}" is not an IANA time zone such as "Asia/Kolkata".`, ['timeZone']);
  return timeZone;
}

/** Throws unless the business day ends at a time between midnight and noon; later would put dinner on the day before. */
export function requireCutOff(cutOff: string): string {
  const match = /^(\d{2}):([0-5]\d)(:00)?(\.0+)?$/.exec(cutOff);
  if (!match || Number(match[1]) >= 12)
    throw new BadUserInput('The business day ends between "00:00" and "11:59".', ['cutOff']);
  return `${match[1]}:${match[2]}`;
}

/** Throws unless the currency is one of ISO 4217 as known to ICU; returns it. */
export function requireCurrency(currency: string): string {
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    throw new BadUserInput(`"${currency}" is not a currency of ISO 4217.`, ['currency']);
  }
  return currency;
}

import { BadUserInput, DomainError } from '../../../platform/domain/errors.js';
import { parseMoney, type Money } from '../../../platform/domain/money.js';

/** How somebody is employed. */
export const employmentKinds = ['FULL_TIME', 'PART_TIME', 'CASUAL', 'CONTRACTOR'] as const;
export type EmploymentKind = (typeof employmentKinds)[number];

const EARLIEST_BIRTH = '1900-01-01';

/** A rate of pay as clients state it. */
export interface StatedRate {
  readonly amount: string;
  readonly currency: string;
}

/** The rate in minor units of the outlet's currency, zero or more; throws CURRENCY_MISMATCH for another currency. */
export function requireRate({ amount, currency }: StatedRate, outletCurrency: string): Money {
  const rate = parseMoney(amount, currency, ['hourlyRate', 'amount']);
  if (rate.currency !== outletCurrency)
    throw new DomainError('CURRENCY_MISMATCH', `The outlet pays in ${outletCurrency}.`, ['hourlyRate', 'currency']);
  if (rate.amountMinor < 0) throw new BadUserInput('A rate is not negative.', ['hourlyRate', 'amount']);
  return rate;
}

/** Throws unless somebody may have been born on the day: from 1900 to today. */
export function requireBirthDate(day: string, today: string): string {
  if (day < EARLIEST_BIRTH || day > today) throw new BadUserInput('Nobody working was born then.', ['birthDate']);
  return day;
}

import { BadUserInput, DomainError } from './errors.js';

/** An amount of money: safe-integer minor units (paise, cents) of an ISO 4217 currency. Never a float. */
export interface Money {
  readonly amountMinor: number;
  readonly currency: string;
}

/** How many decimals a currency has, by ISO 4217 as known to ICU: INR 2, JPY 0, KWD 3. */
export function currencyDigits(currency: string): number {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  if (!/^[A-Z]{3}$/.test(currency)) throw new BadUserInput(`"${currency}" is not an ISO 4217 code.`, ['currency']);
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsByCurrency.set(currency, digits);
  return digits;
}

const digitsByCurrency = new Map<string, number>();

/** Money of whole minor units; refuses fractions and amounts a double cannot hold exactly. */
export function money(amountMinor: number, currency: string): Money {
  if (!Number.isSafeInteger(amountMinor)) throw new BadUserInput('The amount is too large or not whole.', ['amount']);
  return { amountMinor: amountMinor === 0 ? 0 : amountMinor, currency };
}

/** Reads a decimal string such as "12.50"; more decimals than the currency has are refused, not rounded. */
export function parseMoney(amount: string, currency: string, field: readonly string[] = ['amount']): Money {
  const digits = currencyDigits(currency);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(amount);
  if (!match) throw new BadUserInput(`"${amount}" is not a decimal amount.`, field);
  const [, sign, whole = '0', fraction = ''] = match;
  if (fraction.length > digits) throw new BadUserInput(`${currency} has ${digits} decimals.`, field);
  const minor = Number(whole + fraction.padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) throw new BadUserInput('The amount is too large.', field);
  return money(sign ? -minor : minor, currency);
}

/** The decimal string of an amount, with exactly the currency's decimals: "12.50". */
export function formatAmount({ amountMinor, currency }: Money): string {
  const digits = currencyDigits(currency);
  const sign = amountMinor < 0 ? '-' : '';
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Adds amounts of one currency; an empty list is zero. */
export function sumMoney(amounts: readonly Money[], currency: string): Money {
  return amounts.reduce((total, amount) => addMoney(total, amount), money(0, currency));
}

/** Adds two amounts; throws CURRENCY_MISMATCH across currencies. */
export function addMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.amountMinor + b.amountMinor, a.currency);
}

/** Subtracts `b` from `a`; throws CURRENCY_MISMATCH across currencies. */
export function subtractMoney(a: Money, b: Money): Money {
  requireSameCurrency(a, b);
  return money(a.amountMinor - b.amountMinor, a.currency);
}

/** A price times a whole count. */
export function timesMoney(price: Money, count: number): Money {
  return money(price.amountMinor * count, price.currency);
}

function requireSameCurrency(a: Money, b: Money): void {
  if (a.currency !== b.currency) {
    throw new DomainError('CURRENCY_MISMATCH', `Expected ${a.currency}, got ${b.currency}.`, ['currency']);
  }
}

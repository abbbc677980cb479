import { formatAmount, type Money } from '../../../platform/domain/money.js';
import { instant } from '../../../platform/process/clock.js';
import type { DayRange } from './report.range.js';

const NO_BREAK_SPACE = '\u00a0';
const wholeNumber = new Intl.NumberFormat('en');
const lakhs = new Intl.NumberFormat('en-IN');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const dayName = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** An amount for readers: symbol, grouped digits and every decimal, such as "₹1,23,456.50"; exact at any size. */
export function amountText(amount: Money): string {
  const [whole = '0', fraction] = formatAmount({ ...amount, amountMinor: Math.abs(amount.amountMinor) }).split('.');
  const grouped = (amount.currency === 'INR' ? lakhs : wholeNumber).format(BigInt(whole));
  const sign = amount.amountMinor < 0 ? '−' : '';
  return `${sign}${symbolOf(amount.currency)}${fraction === undefined ? grouped : `${grouped}.${fraction}`}`;
}

/** A count with grouped digits. */
export function countText(count: number): string {
  return wholeNumber.format(count);
}

/** The scale of a chart: "12K" for 12,000. */
export function scaleText(value: number): string {
  return compact.format(value);
}

/** A business day with its weekday: "Sat, 14 Mar 2026". */
export function dayText(day: string): string {
  return dayName.format(noonOf(day));
}

/** A business day where there is little room: "14 Mar". */
export function shortDayText(day: string): string {
  return shortDay.format(noonOf(day));
}

/** A range for readers: both days, or the one. */
export function rangeText({ from, to }: DayRange): string {
  return from === to ? dayText(from) : `${dayText(from)} – ${dayText(to)}`;
}

/** A name of the report's file that says what is in it, and that every system takes. */
export function fileNameOf(outletName: string, { from, to }: DayRange): string {
  const outlet = outletName.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  const days = from === to ? from : `${from}-to-${to}`;
  return `${['sales', Array.from(outlet).slice(0, 60).join(''), days].filter(Boolean).join('-')}.pdf`;
}

function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  const symbol = parts.find(({ type }) => type === 'currency')?.value ?? currency;
  return /\p{L}$/u.test(symbol) ? symbol + NO_BREAK_SPACE : symbol;
}

function noonOf(day: string): Date {
  return instant(`${day}T12:00:00Z`);
}

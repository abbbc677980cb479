import { BadUserInput } from './errors.js';

/** Reads a percentage such as "8.875" into millionths (88,750); from 0 to 100, with at most four decimals, exactly. */
export function parsePercent(text: string, field: readonly string[]): number {
  const match = /^(\d{1,3})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match) throw new BadUserInput(`"${text}" is not a percentage from "0" to "100".`, field);
  const [, whole = '', given = ''] = match;
  const decimals = given.replace(/0+$/, '');
  if (decimals.length > 4) throw new BadUserInput('A percentage has at most four decimals.', field);
  const ppm = Number(whole + decimals.padEnd(4, '0'));
  if (ppm > 1_000_000) throw new BadUserInput(`"${text}" is not a percentage from "0" to "100".`, field);
  return ppm;
}

/** The percentage of millionths without trailing zeros: 88,750 is "8.875". */
export function formatPercent(ppm: number): string {
  const digits = String(ppm).padStart(5, '0');
  const decimals = digits.slice(-4).replace(/0+$/, '');
  return `${digits.slice(0, -4)}${decimals ? `.${decimals}` : ''}`;
}

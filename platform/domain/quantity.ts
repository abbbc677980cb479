import { BadUserInput } from './errors.js';

/** Units stock is counted in. */
export const stockUnits = ['G', 'KG', 'ML', 'L', 'EACH'] as const;
export type StockUnit = (typeof stockUnits)[number];

/** What a unit measures; only units of one dimension convert into each other. */
export type Dimension = 'MASS' | 'VOLUME' | 'COUNT';

/**
 * Quantities are whole millionths of the dimension's base unit (g, ml, piece), so that every supported
 * conversion is exact and nothing is ever a float; up to 9,000 tonnes fit a safe integer.
 */
const units: Record<StockUnit, { dimension: Dimension; microPerUnit: number }> = {
  G: { dimension: 'MASS', microPerUnit: 1_000_000 },
  KG: { dimension: 'MASS', microPerUnit: 1_000_000_000 },
  ML: { dimension: 'VOLUME', microPerUnit: 1_000_000 },
  L: { dimension: 'VOLUME', microPerUnit: 1_000_000_000 },
  EACH: { dimension: 'COUNT', microPerUnit: 1_000_000 },
};

/** What the unit measures. */
export function dimensionOf(unit: StockUnit): Dimension {
  return units[unit].dimension;
}

/** Reads a decimal quantity such as "1.5" of a unit into micro base units; refuses negatives and what is not exact. */
export function parseQuantity(text: string, unit: StockUnit, field: readonly string[] = ['quantity']): number {
  const match = /^(\d{1,10})(?:\.(\d{1,9}))?$/.exec(text);
  if (!match)
    throw new BadUserInput(`"${text}" is not a quantity: write a decimal of zero or more, such as "1.5".`, field);
  const [, whole = '0', fraction = ''] = match;
  const scaled = BigInt(whole + fraction) * BigInt(units[unit].microPerUnit);
  const divisor = 10n ** BigInt(fraction.length);
  if (scaled % divisor !== 0n) throw new BadUserInput(`"${text}" has more decimals than ${unit} can hold.`, field);
  const micro = Number(scaled / divisor);
  if (!Number.isSafeInteger(micro)) throw new BadUserInput(`"${text}" ${unit} is too large.`, field);
  return micro;
}

/** The decimal text of micro base units in a unit, without trailing zeros: 1500000000 in KG is "1.5". */
export function formatQuantity(micro: number, unit: StockUnit): string {
  const per = BigInt(units[unit].microPerUnit);
  const value = BigInt(micro);
  const sign = value < 0n ? '-' : '';
  const size = value < 0n ? -value : value;
  const decimals = String(units[unit].microPerUnit).length - 1;
  const fraction = String(size % per)
    .padStart(decimals, '0')
    .replace(/0+$/, '');
  return `${sign}${size / per}${fraction ? `.${fraction}` : ''}`;
}

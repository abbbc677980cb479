import { BadUserInput } from '../../../platform/domain/errors.js';
import { parsePercent } from '../../../platform/domain/percent.js';
import { comparisonKey, optionalText, requireText } from '../../../platform/domain/text.js';
import type {
  FulfilmentType,
  OutletAddress,
  OutletSettings,
  ServiceCharge,
  TaxRule,
} from '../../../platform/replicas/outlet-details.js';

type Field = readonly string[];

/** A tax as clients state it. */
export interface StatedTaxRule {
  readonly name: string;
  readonly ratePercent: string;
  readonly isInclusive: boolean;
  readonly fulfilmentTypes: readonly FulfilmentType[];
  readonly categories: readonly string[];
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
}

/** A service charge as clients state it. */
export interface StatedServiceCharge {
  readonly name: string;
  readonly ratePercent: string;
  readonly isTaxable: boolean;
  readonly fulfilmentTypes: readonly FulfilmentType[];
  readonly minimumCovers: number;
}

/** Settings to change; what is absent stays. */
export type StatedSettings = { readonly [Name in keyof OutletSettings]?: OutletSettings[Name] | null };

const mostTaxRules = 50;
const mostCharges = 10;
const mostCategories = 20;

/** The taxes of an outlet; throws BadUserInput naming the field, also where one tax would be taken twice. */
export function requireTaxRules(stated: readonly StatedTaxRule[]): TaxRule[] {
  if (stated.length > mostTaxRules) throw new BadUserInput(`There are at most ${mostTaxRules} taxes.`, ['taxRules']);
  const rules = stated.map((rule, index) => requireTaxRule(rule, ['taxRules', String(index)]));
  rules.forEach((rule, index) => {
    if (rules.slice(0, index).some((earlier) => isSameTax(earlier, rule)))
      throw new BadUserInput('This tax is there already, for some of the same sales.', [
        'taxRules',
        String(index),
        'name',
      ]);
  });
  return rules;
}

/** The charges of an outlet; throws BadUserInput naming the field. */
export function requireServiceCharges(stated: readonly StatedServiceCharge[]): ServiceCharge[] {
  if (stated.length > mostCharges)
    throw new BadUserInput(`There are at most ${mostCharges} service charges.`, ['serviceCharges']);
  return stated.map(({ name, ratePercent, isTaxable, fulfilmentTypes, minimumCovers }, index) => {
    const at = ['serviceCharges', String(index)];
    return {
      name: requireText(name, { field: [...at, 'name'], maximum: 60 }),
      ratePpm: parsePercent(ratePercent, [...at, 'ratePercent']),
      isTaxable,
      fulfilmentTypes: [...new Set(fulfilmentTypes)],
      minimumCovers: requireWhole(minimumCovers, { field: [...at, 'minimumCovers'], from: 1, to: 1_000 }),
    };
  });
}

/** The settings after a change; throws BadUserInput naming the field. */
export function changedSettings(before: OutletSettings, stated: StatedSettings): OutletSettings {
  const given = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== null && value !== undefined));
  const settings: OutletSettings = { ...before, ...given };
  if (!/^[A-Z0-9-]{0,6}$/.test(settings.orderPrefix))
    throw new BadUserInput('It has at most 6 characters of A to Z, 0 to 9 and "-".', ['settings', 'orderPrefix']);
  const limits = {
    reservationHoldMinutes: [1, 10_080],
    reservationGraceMinutes: [0, 1_440],
    expiryWarningDays: [0, 365],
  } as const;
  for (const name of ['reservationHoldMinutes', 'reservationGraceMinutes', 'expiryWarningDays'] as const) {
    const [from, to] = limits[name];
    requireWhole(settings[name], { field: ['settings', name], from, to });
  }
  return settings;
}

/** An address; throws BadUserInput naming the field. */
export function requireAddress(stated: Partial<OutletAddress>): OutletAddress {
  const part = (name: keyof OutletAddress, maximum: number) =>
    optionalText(stated[name], { field: ['address', name], maximum });
  const countryCode = stated.countryCode ? requireCountry(stated.countryCode) : null;
  const [line1, line2, city, region] = [part('line1', 120), part('line2', 120), part('city', 120), part('region', 120)];
  return { line1, line2, city, region, postalCode: part('postalCode', 20), countryCode };
}

function requireTaxRule(stated: StatedTaxRule, at: Field): TaxRule {
  const { isInclusive, validFrom = null, validTo = null } = stated;
  if (validFrom !== null && validTo !== null && validTo < validFrom)
    throw new BadUserInput('It ends before it begins.', [...at, 'validTo']);
  return {
    name: requireText(stated.name, { field: [...at, 'name'], maximum: 60 }),
    ratePpm: parsePercent(stated.ratePercent, [...at, 'ratePercent']),
    isInclusive,
    fulfilmentTypes: [...new Set(stated.fulfilmentTypes)],
    categories: requireCategories(stated.categories, [...at, 'categories']),
    validFrom,
    validTo,
  };
}

function requireCategories(stated: readonly string[], field: Field): string[] {
  if (stated.length > mostCategories)
    throw new BadUserInput(`There are at most ${mostCategories} tax categories.`, field);
  const wrong = stated.findIndex((category) => !/^[A-Z][A-Z0-9_]{0,29}$/.test(category));
  if (wrong >= 0) throw new BadUserInput('A tax category is written as "ALCOHOL".', [...field, String(wrong)]);
  return [...new Set(stated)];
}

function isSameTax(one: TaxRule, other: TaxRule): boolean {
  return (
    comparisonKey(one.name) === comparisonKey(other.name) &&
    (one.validTo === null || other.validFrom === null || other.validFrom <= one.validTo) &&
    (other.validTo === null || one.validFrom === null || one.validFrom <= other.validTo) &&
    shareOne(one.fulfilmentTypes, other.fulfilmentTypes) &&
    shareOne(one.categories, other.categories)
  );
}

// An empty list stands for all.
function shareOne(some: readonly string[], others: readonly string[]): boolean {
  return some.length === 0 || others.length === 0 || some.some((each) => others.includes(each));
}

function requireCountry(code: string): string {
  const isKnown =
    /^[A-Z]{2}$/.test(code) && new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code) !== undefined;
  if (!isKnown) throw new BadUserInput('It is not a country of ISO 3166-1 such as "IN".', ['address', 'countryCode']);
  return code;
}

function requireWhole(value: number, { field, from, to }: { field: Field; from: number; to: number }): number {
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new BadUserInput(`It must be between ${from} and ${to}.`, field);
}

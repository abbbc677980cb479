import { BadUserInput } from '../../../platform/domain/errors.js';
import { optionalText, requireText } from '../../../platform/domain/text.js';
import { requirePhone } from '../user/user.rules.js';

/** What somebody eats only; the same words as dishes are described with. */
export const diets = [
  'VEGETARIAN',
  'VEGAN',
  'GLUTEN_FREE',
  'DAIRY_FREE',
  'NUT_FREE',
  'HALAL',
  'KOSHER',
  'JAIN',
] as const;
export type Diet = (typeof diets)[number];

/** The fourteen allergens that food law of the EU asks to declare. */
export const allergens = [
  'CELERY',
  'CRUSTACEANS',
  'EGGS',
  'FISH',
  'GLUTEN',
  'LUPIN',
  'MILK',
  'MOLLUSCS',
  'MUSTARD',
  'NUTS',
  'PEANUTS',
  'SESAME',
  'SOYA',
  'SULPHITES',
] as const;
export type Allergen = (typeof allergens)[number];

/** Where somebody likes to sit. */
export const seatingPreferences = ['INDOOR', 'OUTDOOR', 'WINDOW', 'BAR', 'QUIET'] as const;
export type SeatingPreference = (typeof seatingPreferences)[number];

/** How many delivery addresses a profile has at most. */
export const mostAddresses = 10;

/** Where something is to be brought. */
export interface DeliveryAddress {
  readonly label: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly postalCode: string | null;
  readonly country: string;
  readonly phone: string | null;
  readonly instructions: string | null;
}

/** A delivery address as clients state it. */
export interface StatedAddress {
  readonly label?: string | null;
  readonly line1: string;
  readonly line2?: string | null;
  readonly city: string;
  readonly postalCode?: string | null;
  readonly country: string;
  readonly phone?: string | null;
  readonly instructions?: string | null;
}

/** The addresses in their stored form, in the order given; throws naming the place of the one that is wrong. */
export function requireAddresses(stated: readonly StatedAddress[]): DeliveryAddress[] {
  const field = ['deliveryAddresses'];
  if (stated.length > mostAddresses) throw new BadUserInput(`At most ${mostAddresses} addresses are kept.`, field);
  return stated.map((address, index) => requireAddress(address, [...field, String(index)]));
}

/** Each code once, in the order of the list of all. */
export function withoutRepetition<Code>(all: readonly Code[], chosen: readonly Code[]): Code[] {
  return all.filter((code) => chosen.includes(code));
}

function requireAddress(address: StatedAddress, place: readonly string[]): DeliveryAddress {
  const required = (text: string, name: string, maximum: number) =>
    requireText(text, { field: [...place, name], maximum });
  const optional = (text: string | null | undefined, name: string, maximum: number) =>
    optionalText(text, { field: [...place, name], maximum });
  return {
    label: optional(address.label, 'label', 40),
    line1: required(address.line1, 'line1', 120),
    line2: optional(address.line2, 'line2', 120),
    city: required(address.city, 'city', 80),
    postalCode: optional(address.postalCode, 'postalCode', 16),
    country: requireCountry(address.country, [...place, 'country']),
    phone: address.phone ? requirePhone(address.phone, [...place, 'phone']) : null,
    instructions: optional(address.instructions, 'instructions', 200),
  };
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

function requireCountry(country: string, field: readonly string[]): string {
  if (/^[A-Z]{2}$/.test(country) && regionNames.of(country) !== undefined) return country;
  throw new BadUserInput('Write the country as two letters of ISO 3166, such as "IN".', field);
}

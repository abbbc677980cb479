import { GraphQLScalarType, Kind } from 'graphql';
import {
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLLocalDate,
  GraphQLLocalTime,
  GraphQLURL,
} from 'graphql-scalars';

function named(
  scalar: GraphQLScalarType,
  name: string,
  facts: { description: string; specifiedByURL: string },
): GraphQLScalarType {
  return new GraphQLScalarType({ ...scalar.toConfig(), ...facts, name, astNode: undefined });
}

/** An instant in UTC with milliseconds; a `Date` inside. */
export const DateTime = named(GraphQLDateTimeISO, 'DateTime', {
  description: 'An instant in UTC with milliseconds, such as "2026-11-21T18:30:00.000Z".',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
});

/** A calendar or business day; a string inside. */
export const LocalDate = named(GraphQLLocalDate, 'LocalDate', {
  description: 'A day without time or zone, such as "2026-11-21".',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
});

/** A time of day at the outlet; a string inside. */
export const LocalTime = named(GraphQLLocalTime, 'LocalTime', {
  description: 'A time of day without zone, such as "04:00".',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
});

/** An e-mail address; a string inside. */
export const EmailAddress = named(GraphQLEmailAddress, 'EmailAddress', {
  description: 'An e-mail address.',
  specifiedByURL: 'https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address',
});

/** A link; a string inside. */
export const UrlScalar = new GraphQLScalarType({
  ...GraphQLURL.toConfig(),
  name: 'URL',
  description: 'An absolute link.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3986',
  serialize: String,
  astNode: undefined,
});

const decimalText = /^-?\d{1,15}(\.\d{1,9})?$/;

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && decimalText.test(value)) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw new TypeError('A decimal is written as a string such as "12.50", so that no digit is lost.');
}

/** An exact number; a string inside, never a float. */
export const Decimal = new GraphQLScalarType({
  name: 'Decimal',
  description: 'An exact decimal number as a string, such as "12.50".',
  specifiedByURL: 'https://www.w3.org/TR/xmlschema-2/#decimal',
  serialize: parseDecimal,
  parseValue: parseDecimal,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseDecimal(node.value);
    return parseDecimal(undefined);
  },
});

const currencies: ReadonlySet<unknown> = new Set(Intl.supportedValuesOf('currency'));

function parseCurrency(value: unknown): string {
  if (typeof value === 'string' && currencies.has(value)) return value;
  throw new TypeError('A currency is a code of ISO 4217 such as "INR".');
}

/** A currency; a string inside. */
export const CurrencyCode = new GraphQLScalarType({
  name: 'CurrencyCode',
  description: 'A currency code of ISO 4217, such as "INR".',
  specifiedByURL: 'https://www.iso.org/iso-4217-currency-codes.html',
  serialize: parseCurrency,
  parseValue: parseCurrency,
  parseLiteral: (node) => parseCurrency(node.kind === Kind.STRING ? node.value : undefined),
});

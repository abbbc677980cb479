import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import {
  GraphQLDateTimeISO,
  GraphQLEmailAddress,
  GraphQLLocalDate,
  GraphQLLocalTime,
  GraphQLURL,
} from 'graphql-scalars';
import { scalarHints } from '../domain/quoted-values.js';

function named(
  scalar: GraphQLScalarType,
  name: string,
  facts: { description: string; specifiedByURL: string },
): GraphQLScalarType {
  const { parseValue, parseLiteral, ...config } = scalar.toConfig();
  return new GraphQLScalarType({
    ...config,
    ...facts,
    name,
    astNode: undefined,
    parseValue: (value) => hinting(name, () => parseValue(value)),
    parseLiteral: (node, variables) => hinting(name, () => parseLiteral(node, variables)),
  });
}

// The library's own words quote the value, so none of them is kept.
function hinting<Parsed>(name: string, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GraphQLError || error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new TypeError(scalarHints[name]);
  }
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
export const UrlScalar = named(new GraphQLScalarType({ ...GraphQLURL.toConfig(), serialize: String }), 'URL', {
  description: 'An absolute link.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3986',
});

const decimalText = /^-?\d{1,15}(\.\d{1,9})?$/;

function parseDecimal(value: unknown): string {
  if (typeof value === 'string' && decimalText.test(value)) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  throw new TypeError(scalarHints['Decimal']);
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
  throw new TypeError(scalarHints['CurrencyCode']);
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

/** What a value of a scalar must be: all that is told of one that is refused. */
export const scalarHints: Readonly<Record<string, string>> = {
  CurrencyCode: 'It must be a currency code of ISO 4217 such as "INR".',
  DateTime: 'It must look like "2026-11-21T18:30:00.000Z".',
  Decimal: 'It must be a decimal number as a string such as "12.50", so that no digit is lost.',
  EmailAddress: 'It must be an e-mail address.',
  LocalDate: 'It must be a day there is, written like "2026-11-21".',
  LocalTime: 'It must look like "04:00".',
  URL: 'It must be an absolute link such as "https://example.com".',
};

type Rewriting = readonly [RegExp, string];

// What graphql-js says of a variable: the name, the value, the place within it, and a reason that often quotes the value again.
// A value is never `at "`: what is has been rewritten already, by the subgraph, and says what it should.
const VARIABLE = /^(Variable "\$\w+" got invalid value) (?!at ")[^]*$/;
const PLACE = / at "\w+(?:\.\w+|\[\d+\])*";/g;
// Nothing here begins with what may be repeated without end: a value may be as long as a request.
const reasons: readonly RegExp[] = [
  /Field "\w+" of required type "[\w![\]]+" was not provided\./,
  /Field "\w+" is not defined by type "\w+"\./,
  /Expected non-nullable type "[\w![\]]+" not to be null\./,
  /Expected type "\w+"(?: to be an object)?\./,
  /does not exist in "\w+" enum\./,
  /\b\w{1,60} cannot represent [\w -]{0,40}?value(?=:)/,
];

// Of values that stand in the document itself, and of what is not a document.
const rewritings: readonly Rewriting[] = [
  ...Object.entries(scalarHints).map(([name, hint]): Rewriting => [
    new RegExp(`^(Expected value of type "${name}!?"), found [^]*$`),
    `$1. ${hint}`,
  ]),
  [/^(Expected value of type "[\w![\]]+"), found [^]*$/, '$1.'],
  [/^Value "[^]*" (does not exist in "\w+" enum)\.[^]*$/, 'The value $1.'],
  [/^((?:Enum "\w+"|\w+) cannot represent [\w -]*?value): [^]*$/, '$1.'],
  [/^(Argument "\w+" has invalid value) [^]*$/, '$1.'],
  [/^(Syntax Error: [^]*?\b(?:Name|Int|Float|String|BlockString)) "[^]*$/, '$1.'],
];

/**
 * What GraphQL's own rules say of a request, without the values they quote of it: those may be passwords, and the words
 * go on to logs of ours and of clients. Other texts stay as they are.
 */
export function withoutValues(message: string): string {
  const variable = VARIABLE.exec(message)?.[1];
  if (variable !== undefined) return `${variable}${message.match(PLACE)?.at(-1) ?? ';'} ${reasonIn(message)}`;
  return rewritings.reduce((text, [form, rest]) => text.replace(form, rest), message);
}

// Quotes within a value are escaped, so nothing of it looks like one of these.
function reasonIn(message: string): string {
  for (const reason of reasons) {
    const told = message.match(reason)?.[0];
    const hint = scalarHints[/^Expected type "(\w+)"\.$/.exec(told ?? '')?.[1] ?? ''];
    if (hint) return hint;
    if (told) return told.startsWith('does') ? `It ${told}` : `${told.replace(/\.$/, '')}.`;
  }
  return 'It does not fit its type.';
}

import {
  buildASTSchema,
  getVariableValues,
  GraphQLError,
  Kind,
  parse,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { CurrencyCode, DateTime, Decimal, EmailAddress, LocalDate, LocalTime, UrlScalar } from '../graphql/scalars.js';
import { withoutValues } from './quoted-values.js';

const CANARY = 'correct horse canary';
const scalars = [CurrencyCode, DateTime, Decimal, EmailAddress, LocalDate, LocalTime, UrlScalar];
const names = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Role', ...scalars.map(({ name }) => name)];
const schema = buildASTSchema(
  parse(`
    enum Role { CHEF WAITER }
    ${scalars.map(({ name }) => `scalar ${name}`).join(' ')}
    input Login { identifier: String! password: String! ${names.map((name) => `a${name}: ${name} l${name}: [${name}!]`).join(' ')} }
    type Query { login(input: Login!): Int }
  `),
);
for (const { name, parseValue, parseLiteral } of scalars)
  Object.assign(schema.getType(name) ?? {}, { parseValue, parseLiteral });

const document = parse('query ($input: Login!) { login(input: $input) }');
const [operation] = document.definitions.filter(
  (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
);

/** What graphql-js says of variables. */
function saidOf(input: unknown): readonly string[] {
  const { errors = [] } = getVariableValues(schema, operation?.variableDefinitions ?? [], { input });
  return errors.map(({ message }) => message);
}

/** What graphql-js says of a document. */
function saidOfText(text: string): readonly string[] {
  try {
    return validate(schema, parse(text)).map(({ message }) => message);
  } catch (error) {
    return [error instanceof GraphQLError ? error.message : String(error)];
  }
}

const login = { identifier: 'ann', password: CANARY };
const wrongValues: unknown[] = [
  CANARY,
  `x" at "input.y"; ${CANARY}`,
  { of: CANARY },
  [CANARY],
  [[CANARY]],
  `1${CANARY}`,
];
const variables = [
  CANARY,
  { password: CANARY },
  { password: `${CANARY}; Field "x"` },
  { ...login, [CANARY]: 1 },
  { ...login, lInt: [1, null] },
  ...wrongValues.flatMap((value) =>
    names.flatMap((name) => [
      { ...login, [`a${name}`]: value },
      { ...login, [`l${name}`]: value },
    ]),
  ),
];
const texts = [
  `{ login(input: "${CANARY}") }`,
  `{ login(input: [{ password: "${CANARY}" }]) }`,
  `{ login(input: { identifier: "ann" "${CANARY}" }) }`,
  `{ login(input: { password: ${CANARY} }) }`,
  `{ login(input: { password: """${CANARY}""" 5 }) }`,
  `{ login(input: { password: "ann", ${'canary'}: """${CANARY}` + '""" "x" }) }',
  `"${CANARY}"`,
  ...names.flatMap((name) => [
    `{ login(input: { identifier: "a", password: "b", a${name}: "${CANARY}" }) }`,
    `{ login(input: { identifier: "a", password: "b", a${name}: { of: "${CANARY}" } }) }`,
    `query ($x: ${name} = "${CANARY}") { login(input: { identifier: "a", password: "b", a${name}: $x }) }`,
  ]),
];

describe('what GraphQL says of a request', () => {
  it('S25 quotes its values, and none of them is left', () => {
    const said = [...variables.flatMap(saidOf), ...texts.flatMap(saidOfText)];
    const quoting = said.filter((message) => message.includes('canary'));

    const left = said.map(withoutValues).filter((message) => message.includes('canary'));
    process.stderr.write(`quoted values: ${said.length} messages, ${quoting.length} with a canary\n`);
    expect(left).toEqual([]);
    expect(quoting.length).toBeGreaterThan(150);
  });

  it.each([
    [
      { password: CANARY },
      'Variable "$input" got invalid value; Field "identifier" of required type "String!" was not provided.',
    ],
    [
      { ...login, password: 5 },
      'Variable "$input" got invalid value at "input.password"; String cannot represent a non string value.',
    ],
    [
      { ...login, lInt: [1, null] },
      'Variable "$input" got invalid value at "input.lInt[1]"; Expected non-nullable type "Int!" not to be null.',
    ],
    [
      { ...login, aRole: 'BOSS' },
      'Variable "$input" got invalid value at "input.aRole"; It does not exist in "Role" enum.',
    ],
    [
      { ...login, aEmailAddress: 'ann' },
      'Variable "$input" got invalid value at "input.aEmailAddress"; It must be an e-mail address.',
    ],
    [
      { ...login, lEmailAddress: ['ann@example.com', 5] },
      'Variable "$input" got invalid value at "input.lEmailAddress[1]"; It must be an e-mail address.',
    ],
    [
      { ...login, aLocalTime: '4am' },
      'Variable "$input" got invalid value at "input.aLocalTime"; It must look like "04:00".',
    ],
    [
      { ...login, aDateTime: 'today' },
      'Variable "$input" got invalid value at "input.aDateTime"; It must look like "2026-11-21T18:30:00.000Z".',
    ],
    [
      { ...login, aDecimal: 'ten' },
      'Variable "$input" got invalid value at "input.aDecimal"; It must be a decimal number as a string such as "12.50", so that no digit is lost.',
    ],
    [{ ...login, [CANARY]: 1 }, 'Variable "$input" got invalid value; It does not fit its type.'],
  ])('still tells where it is wrong and how, through a subgraph and the gateway', (input, told) => {
    expect(saidOf(input).map(withoutValues)).toEqual([told]);
    expect(withoutValues(told)).toBe(told);
  });

  it.each([
    ['{ login(input: "x") }', 'Expected value of type "Login!".'],
    ['{ login(input: { identifier: 1, password: "b" }) }', 'String cannot represent a non string value.'],
    [
      '{ login(input: { identifier: "a", password: "b", aLocalTime: "4am" }) }',
      'Expected value of type "LocalTime". It must look like "04:00".',
    ],
    ['{ login(input: {} }', 'Syntax Error: Expected Name, found "}".'],
    ['{ login(input: {} "x" }', 'Syntax Error: Expected Name, found String.'],
  ])('tells of %s what is wrong with it', (text, told) => {
    expect(saidOfText(text).map(withoutValues)).toContain(told);
  });

  it.each(['x', ' at "x', '; ', 'Field "x', 'Value is not a valid ', 'x cannot represent a value', '\\"'])(
    'S8 however long a request is, of %j over and over, it is looked through in one go',
    (part) => {
      const long = part.repeat(1_000_000 / part.length);

      // Looked through once for each of its characters, it would take longer than any test may.
      for (const before of [
        '',
        'Variable "$input" got invalid value "',
        'Syntax Error: Unexpected String "',
        'Value "',
      ])
        expect(withoutValues(before + long).length).toBeLessThanOrEqual(before.length + long.length);
    },
  );

  it.each([
    'There is no such permission; see `permissions`.',
    '"12x" is not a decimal amount.',
    'Cannot query field "x" on type "Query".',
  ])('leaves %s as it is', (text) => {
    expect(withoutValues(text)).toBe(text);
  });
});

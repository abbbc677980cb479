import {
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** The smallest valid request for a root field. */
export interface Synthesized {
  readonly document: string;
  readonly variables: Record<string, unknown>;
  /** Whether it carries an id of somebody's row. */
  readonly hasIds: boolean;
}

/** The id to send for an argument or input field, by its name and the input type it stands in; undefined leaves an optional one out. */
export type IdFor = (name: string, within: string) => string | undefined;

const scalars: Readonly<Record<string, unknown>> = {
  String: 'a text of some length',
  Int: 1,
  Boolean: true,
  Decimal: '1',
  CurrencyCode: 'INR',
  LocalDate: '2026-03-14',
  LocalTime: '04:00',
  DateTime: '2026-03-14T12:00:00.000Z',
  EmailAddress: 'somebody@example.com',
  URL: 'https://example.com/',
};
const texts: Readonly<Record<string, string>> = {
  password: 'correct horse battery staple',
  timeZone: 'Asia/Kolkata',
  range: '7d',
  sku: 'SKU-1',
  documentIds: `sha256:${'0'.repeat(64)}`,
  permissions: 'orders.read',
};

/** Builds the smallest valid request for a root field out of the schema: required arguments, and every id there is one for. */
export function synthesize(
  schema: GraphQLSchema,
  root: 'Query' | 'Mutation' | 'Subscription',
  name: string,
  idFor: IdFor,
): Synthesized {
  const type = schema.getType(root);
  if (!isObjectType(type)) throw new Error(`The schema has no ${root}.`);
  const field = type.getFields()[name];
  if (!field) throw new Error(`${root} has no ${name}.`);
  let hasIds = false;
  const ids: IdFor = (argument, within) => {
    const id = idFor(argument, within);
    hasIds ||= id !== undefined;
    return id;
  };
  const variables: Record<string, unknown> = {};
  for (const argument of field.args) {
    const value = valueOf(argument.type, { name: argument.name, within: `${root}.${name}`, ids });
    if (value !== undefined) variables[argument.name] = value;
  }
  const used = field.args.filter((argument) => argument.name in variables);
  const heads = used.map((argument) => `$${argument.name}: ${argument.type}`).join(', ');
  const calls = used.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const document = `${root.toLowerCase()}${heads && ` (${heads})`} { ${name}${calls && `(${calls})`}${selectionOf(field)} }`;
  return { document, variables, hasIds };
}

function selectionOf(field: GraphQLField<unknown, unknown>): string {
  const type = getNamedType(field.type);
  if (isLeafType(type)) return '';
  const fields = isObjectType(type) ? type.getFields() : {};
  if (fields['userErrors']) return ' { userErrors { code field message } }';
  return fields['edges'] ? ' { edges { __typename } }' : ' { __typename }';
}

/** What a value is for: its field, the type that has it, and the ids there are. */
export interface Wish {
  readonly name: string;
  readonly within: string;
  readonly ids: IdFor;
}

function valueOf(type: GraphQLInputType, wish: Wish): unknown {
  if (isNonNullType(type)) return requiredValueOf(type.ofType, wish);
  const named = getNamedType(type);
  if (isInputObjectType(named)) return filledWithIds(type, wish);
  return String(named) === 'ID' ? listed(type, wish.ids(wish.name, wish.within)) : undefined;
}

// An optional input, such as a filter, only where it carries an id.
function filledWithIds(type: GraphQLInputType, wish: Wish): unknown {
  let hasIds = false;
  const ids: IdFor = (name, within) => {
    const id = wish.ids(name, within);
    hasIds ||= id !== undefined;
    return id;
  };
  const value = requiredValueOf(type, { ...wish, ids });
  return hasIds ? value : undefined;
}

function listed(type: GraphQLInputType, id: string | undefined): unknown {
  return isListType(type) && id !== undefined ? [id] : id;
}

/** The smallest valid value of a type. */
export function requiredValueOf(type: GraphQLInputType, wish: Wish): unknown {
  if (isNonNullType(type)) return requiredValueOf(type.ofType, wish);
  if (isListType(type)) return [requiredValueOf(type.ofType, wish)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => [
      field.name,
      valueOf(field.type, { ...wish, name: field.name, within: type.name }),
    ]);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  if (type.name === 'ID') return wish.ids(wish.name, wish.within) ?? 'xxx_00000000000000000000000000';
  return texts[wish.name] ?? scalars[type.name];
}

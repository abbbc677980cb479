import {
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

/** Where something may stand in a request's variables: names of fields and positions in lists. */
export type Path = readonly (string | number)[];

/** An input object that is in the variables of a request, and the names its type knows. */
export interface FilledInput {
  readonly path: Path;
  readonly type: string;
  readonly fields: readonly string[];
}

/** Every input object within the variables of a request for a root field. */
export function inputsIn(schema: GraphQLSchema, { root, name }: RootField, variables: object): FilledInput[] {
  return valuesIn(schema, { root, name }, variables).flatMap(({ path, type }) =>
    isInputObjectType(type) ? [{ path, type: type.name, fields: Object.keys(type.getFields()) }] : [],
  );
}

/** The fields of every input that a root field takes, at whatever depth, such as `PlaceOrderInput.lines`. */
export function inputFieldsOf(schema: GraphQLSchema, { root, name }: RootField): string[] {
  const fields = new Set<string>();
  const visit = (type: GraphQLInputType): void => {
    const named = getNamedType(type);
    if (!isInputObjectType(named)) return;
    for (const field of Object.values(named.getFields())) {
      const known = fields.size;
      fields.add(`${named.name}.${field.name}`);
      if (fields.size > known) visit(field.type);
    }
  };
  fieldOf(schema, { root, name }).args.forEach((arg) => visit(arg.type));
  return [...fields];
}

/** The places in the variables of a request where a scalar stands. */
export function scalarsIn(schema: GraphQLSchema, { root, name }: RootField, variables: object): Path[] {
  return valuesIn(schema, { root, name }, variables).flatMap(({ path, type }) => (isScalarType(type) ? [path] : []));
}

/** The same variables with one more field, which is the object's own whatever its name, or with another value there. */
export function withValue(variables: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(variables))
    return variables.map((item, index) => (index === step ? withValue(item, rest, value) : item));
  const copy: object = { ...Object(variables) };
  const inner: unknown = Object.hasOwn(copy, step) ? Reflect.get(copy, step) : undefined;
  // Assigning to "__proto__" would change what the object is instead of adding a field.
  return Object.defineProperty(copy, step, {
    value: withValue(inner, rest, value),
    enumerable: true,
    configurable: true,
  });
}

/** A field clients may ask for. */
export interface RootField {
  readonly root: 'Query' | 'Mutation';
  readonly name: string;
}

interface TypedValue {
  readonly path: Path;
  readonly type: ReturnType<typeof getNamedType>;
}

function fieldOf(schema: GraphQLSchema, { root, name }: RootField) {
  const type = schema.getType(root);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`${root} has no ${name}.`);
  return field;
}

function valuesIn(schema: GraphQLSchema, { root, name }: RootField, variables: object): TypedValue[] {
  return fieldOf(schema, { root, name }).args.flatMap((arg) =>
    walk(arg.type, Reflect.get(variables, arg.name), [arg.name]),
  );
}

function walk(type: GraphQLInputType, value: unknown, path: Path): TypedValue[] {
  if (value === undefined || value === null) return [];
  if (isNonNullType(type)) return walk(type.ofType, value, path);
  if (isListType(type))
    return Array.isArray(value) ? value.flatMap((item, index) => walk(type.ofType, item, [...path, index])) : [];
  if (!isInputObjectType(type)) return [{ path, type }];
  const fields = Object.values(type.getFields());
  return [
    { path, type },
    ...fields.flatMap((field) => walk(field.type, Reflect.get(Object(value), field.name), [...path, field.name])),
  ];
}

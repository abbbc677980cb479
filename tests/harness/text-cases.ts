import {
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { Path } from './input-fields.js';
import { requiredValueOf, type IdFor, type Wish } from './synthesize.js';

/** A place in a mutation's input where a text may stand. */
export interface TextField {
  readonly mutation: string;
  /** From the input on, such as `['taxRules', 0, 'name']`. */
  readonly path: Path;
  /** The scalar that stands there. */
  readonly type: string;
  /** The smallest input with this text in its place, and what shows as much as possible of what came of it. */
  request(text: string, others: Others): { document: string; variables: Record<string, unknown> };
}

/** What stands beside a text. */
export interface Others {
  readonly idFor: IdFor;
  /** The text for a field that is required; undefined takes any. */
  textFor(name: string): string | undefined;
  /** What an input needs though its type does not say so. */
  also(mutation: string): object;
}

const textScalars = ['String', 'ID', 'EmailAddress', 'URL'];
const SHOWN_DEPTH = 3;

/** Every place for a text in the mutations of a schema. */
export function textFieldsOf(schema: GraphQLSchema): TextField[] {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return mutations.flatMap(({ name: mutation, type, args }) => {
    const [input] = args;
    if (!input) return [];
    const shown = `userErrors { code field } ${selectionOf(type, SHOWN_DEPTH)}`;
    const document = `mutation ($input: ${input.type}) { ${mutation}(input: $input) { ${shown} } }`;
    return textsIn(input.type, []).map(({ path, type: scalar }) => ({
      mutation,
      path,
      type: scalar,
      request: (text, { idFor: ids, textFor, also }) => {
        const value = valueWith(input.type, { path, text, textFor }, { name: 'input', within: mutation, ids });
        return { document, variables: { input: { ...also(mutation), ...Object(value) } } };
      },
    }));
  });
}

/** Every value that stands under a name somewhere in an answer. */
export function valuesUnder(name: string, answer: unknown): unknown[] {
  if (Array.isArray(answer)) return answer.flatMap((item) => valuesUnder(name, item));
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([key, value]) => [
    ...(key === name ? [value].flat() : []),
    ...valuesUnder(name, value),
  ]);
}

function textsIn(type: GraphQLInputType, path: Path): { path: Path; type: string }[] {
  if (isNonNullType(type)) return textsIn(type.ofType, path);
  if (isListType(type)) return textsIn(type.ofType, [...path, 0]);
  if (!isInputObjectType(type)) return textScalars.includes(type.name) ? [{ path, type: type.name }] : [];
  return Object.values(type.getFields()).flatMap((field) => textsIn(field.type, [...path, field.name]));
}

interface Placed extends Pick<Others, 'textFor'> {
  readonly path: Path;
  readonly text: string;
}

// What the way to the text needs, and nothing else.
function valueWith(type: GraphQLInputType, placed: Placed, wish: Wish): unknown {
  const [step, ...path] = placed.path;
  if (step === undefined) return placed.text;
  if (isNonNullType(type)) return valueWith(type.ofType, placed, wish);
  if (isListType(type)) return [valueWith(type.ofType, { ...placed, path }, wish)];
  if (!isInputObjectType(type)) throw new Error(`There is no ${String(step)} in ${type.name}.`);
  const fields = Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
    const inner = { ...wish, name: field.name, within: type.name };
    if (field.name === step) return [[field.name, valueWith(field.type, { ...placed, path }, inner)]];
    if (!isRequiredInputField(field)) return [];
    return [[field.name, placed.textFor(field.name) ?? requiredValueOf(field.type, inner)]];
  });
  return Object.fromEntries(fields);
}

function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named) || depth === 0) return '';
  return Object.values(named.getFields())
    .filter(({ name, args }) => name !== 'userErrors' && args.length === 0)
    .map((field) => {
      if (isLeafType(getNamedType(field.type))) return field.name;
      const inner = selectionOf(field.type, depth - 1);
      return inner && `${field.name} { ${inner} }`;
    })
    .join(' ');
}

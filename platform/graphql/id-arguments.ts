import {
  isInputObjectType,
  isListType,
  isNonNullType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLResolveInfo,
} from 'graphql';
import { couldBeId } from '../domain/id.js';
import { BadUserInput } from '../domain/errors.js';

/**
 * Throws BadUserInput naming the field unless every id among a field's arguments could be one. A server that pads texts
 * finds a row by its id with a space behind it; what keeps that id as a reference would then refer to nothing.
 */
export function requireIdArguments(args: object, { parentType, fieldName }: GraphQLResolveInfo): void {
  const known: readonly GraphQLArgument[] = parentType.getFields()[fieldName]?.args ?? [];
  for (const { name, type } of known) requireIds(type, Reflect.get(args, name), name === 'input' ? [] : [name]);
}

function requireIds(type: GraphQLInputType, value: unknown, field: readonly string[]): void {
  if (value === undefined || value === null) return;
  if (isNonNullType(type)) return requireIds(type.ofType, value, field);
  if (isListType(type)) {
    if (Array.isArray(value)) value.forEach((item, index) => requireIds(type.ofType, item, [...field, String(index)]));
  } else if (isInputObjectType(type)) {
    for (const { name, type: inner } of Object.values(type.getFields()))
      requireIds(inner, Reflect.get(Object(value), name), [...field, name]);
  } else if (type.name === 'ID' && !couldBeId(value)) {
    throw new BadUserInput('An id has at most 64 letters, digits, "_", "-", ":" and ".".', field);
  }
}

import { readFileSync } from 'node:fs';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { subgraphs } from '../bin/subgraphs.js';
import type { PermissionRule } from '../platform/graphql/permissions.js';
import { composeGraph, type ComposedGraph } from './compose.js';
import { permissions } from './permissions.js';

const builtIn = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);
let graph: ComposedGraph;
let types: GraphQLNamedType[];

beforeAll(async () => {
  graph = await composeGraph(subgraphs);
  types = Object.values(graph.apiSchema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !builtIn.has(type.name),
  );
});

function fieldsOf(type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] {
  return Object.values(type?.getFields() ?? {});
}

describe('the graph', () => {
  it('composes without hints', () => {
    expect(graph.hints).toEqual([]);
  });

  it.each([
    'accounts.graphql',
    'layout.graphql',
    'orders.graphql',
    'inventory.graphql',
    'insights.graphql',
    'supergraph.graphql',
    'api.graphql',
  ])('X-25 %s is committed as the code makes it', (name) => {
    expect(readFileSync(`schema/${name}`, 'utf8') === graph.files[name]).toBe(true);
  });

  it('describes every type, field, argument and value', () => {
    const fieldsWith = types.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type)
        ? Object.values(type.getFields()).map((field) => ({ type, field }))
        : [],
    );
    const inputs = types
      .filter(isInputObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
    const values = types.filter(isEnumType).flatMap((type) => type.getValues().map((field) => ({ type, field })));
    const missing = [
      ...types.filter((type) => !type.description).map((type) => type.name),
      ...[...fieldsWith, ...inputs, ...values]
        .filter(({ field }) => !field.description)
        .map(({ type, field }) => `${type.name}.${field.name}`),
      ...fieldsWith.flatMap(({ type, field }) =>
        field.args.filter((arg) => !arg.description).map((arg) => `${type.name}.${field.name}(${arg.name}:)`),
      ),
    ];
    expect(missing.filter((name) => !['Query', 'Mutation', 'Subscription'].includes(name))).toEqual([]);
  });

  it('names values UPPER_SNAKE, booleans is or can or has, and times …At', () => {
    const values = types.filter(isEnumType).flatMap((type) => type.getValues().map((value) => value.name));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
    const fields = types.filter(isObjectType).flatMap((type) => fieldsOf(type).map((field) => ({ type, field })));
    const named = (suffix: string) => fields.filter(({ field }) => String(field.type).replace('!', '') === suffix);
    expect(
      named('Boolean')
        .map(({ field }) => field.name)
        .filter((name) => !/^(is|can|has)[A-Z]/.test(name)),
    ).toEqual([]);
    expect(
      named('DateTime')
        .map(({ field }) => field.name)
        .filter((name) => name !== 'at' && name !== 'from' && name !== 'to' && !name.endsWith('At')),
    ).toEqual([]);
  });

  it('gives every mutation one input of its own and a payload of its own with userErrors', () => {
    for (const field of fieldsOf(graph.apiSchema.getMutationType())) {
      const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
      expect(field.args.map((arg) => `${arg.name}: ${arg.type}`)).toEqual([`input: ${name}Input!`]);
      expect(String(field.type)).toBe(`${name}Payload!`);
      const payload = graph.apiSchema.getType(`${name}Payload`);
      expect(isObjectType(payload) && String(payload.getFields()['userErrors']?.type)).toBe('[UserError!]!');
    }
  });

  it('lets every subscription return an event with cursor and time, and continue with since', () => {
    for (const field of fieldsOf(graph.apiSchema.getSubscriptionType())) {
      expect(field.args.map((arg) => arg.name)).toContain('since');
      const event = graph.apiSchema.getType(String(field.type).replace('!', ''));
      expect(isObjectType(event) && Object.keys(event.getFields())).toEqual(expect.arrayContaining(['cursor', 'at']));
    }
  });

  it('GW-06 pages every connection by first (25) and after', () => {
    const connections = types
      .filter(isObjectType)
      .flatMap((type) => fieldsOf(type).filter((field) => /Connection!?$/.test(String(field.type))));
    expect(connections.length).toBeGreaterThan(10);
    for (const field of connections) {
      const first = field.args.find((arg) => arg.name === 'first');
      expect([String(first?.type), first?.defaultValue]).toEqual(['Int!', 25]);
      expect(field.args.map((arg) => arg.name)).toContain('after');
    }
  });

  it('never shows a foreign key where there is a relation', () => {
    const keys = types.filter(isObjectType).flatMap((type) =>
      fieldsOf(type)
        .filter((field) => /[a-z]Id$/.test(field.name))
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(keys.filter((name) => !/Payload\.|\.documentIds?$/.test(name))).toEqual([]);
  });

  it('explains every scalar and has no free JSON and no floats', () => {
    const scalars = types.filter(isScalarType);
    expect(scalars.filter((scalar) => !scalar.specifiedByURL).map((scalar) => scalar.name)).toEqual([]);
    const floats = types.filter(isObjectType).flatMap((type) =>
      fieldsOf(type)
        .filter((field) => String(namedType(field)) === 'Float')
        .map((field) => `${type.name}.${field.name}`),
    );
    expect(floats).toEqual([]);
  });

  it('has one row of the permission table for every root field', () => {
    const rows = Object.values(permissions)
      .flatMap((table) => Object.entries<PermissionRule>(table))
      .flatMap(([field, rule]) => (rule === 'INTERNAL' ? [] : [field]));
    const roots = (['Query', 'Mutation', 'Subscription'] as const).flatMap((root) => {
      const type = graph.apiSchema.getType(root);
      return isObjectType(type) ? Object.keys(type.getFields()).map((field) => `${root}.${field}`) : [];
    });
    expect(rows.toSorted()).toEqual(roots.toSorted());
  });
});

function namedType(field: GraphQLField<unknown, unknown>): unknown {
  let type: unknown = field.type;
  while (isNonNullType(type) || isListType(type)) type = type.ofType;
  return type;
}

import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { buildSchema, createResolversMap, type NonEmptyArray } from 'type-graphql';
import type { Context } from '../context.js';
import { DomainError } from '../domain/errors.js';
import { withNullableQueries } from './nullable-queries.js';
import { couldBeId } from '../domain/id.js';
import { requireIdArguments } from './id-arguments.js';
import { requireRule, type PermissionRule, type PermissionTable } from './permissions.js';
import { DateTime } from './scalars.js';
import { toUserErrors } from './error-boundary.js';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible", "@external"])\n`;
const rootTypes = ['Query', 'Mutation', 'Subscription'] as const;

// type-graphql refuses subscriptions without one; ours all bring their own `subscribe`, which never asks it.
const noTopics = {
  publish: () => refuseTopics(),
  subscribe: () => refuseTopics(),
};

type Resolver = GraphQLFieldResolver<unknown, Context>;
type ResolverTable = Record<string, unknown>;

/** Finds an entity another subgraph refers to by its key; null when it is missing or invisible to the viewer. */
export type ReferenceResolver = (reference: { readonly id: string }, context: Context) => Promise<object | null>;

/** What a subgraph's schema is made of. */
export interface SchemaParts {
  // type-graphql's own type for a list of resolver classes.
  readonly resolvers: NonEmptyArray<new (...parts: never[]) => object>;
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  readonly permissions: PermissionTable;
}

/** Builds a federated schema whose root fields each check their row of the permission table first; a field without a row, or a row without a field, throws. */
export async function buildSubgraph({ resolvers, references, permissions }: SchemaParts): Promise<GraphQLSchema> {
  const base = await buildSchema({
    resolvers,
    skipCheck: true,
    validate: false,
    pubSub: noTopics,
    scalarsMap: [{ type: Date, scalar: DateTime }],
  });
  // type-graphql types its map for graphql-tools; what is read here is a table of functions by type and field.
  const table = createResolversMap(base) as Record<string, ResolverTable>;
  for (const [type, reference] of Object.entries(references))
    table[type] = { ...table[type], __resolveReference: keyed(reference) };
  requireEveryRow(base, permissions);
  for (const type of rootTypes) guardRoot(type, table[type] ?? {}, permissions);
  return buildSubgraphSchema([
    { typeDefs: withNullableQueries(parse(FEDERATION + printSchemaWithDirectives(base))), resolvers: table },
  ] as Parameters<typeof buildSubgraphSchema>[0]);
}

// Without a key, or with something else in its place, nothing is meant; a loader would fail on it and take its whole batch along.
function keyed(find: ReferenceResolver): ReferenceResolver {
  return async (reference, context) => (couldBeId(reference.id) ? find(reference, context) : null);
}

function refuseTopics(): never {
  throw new Error('Subscriptions follow the published events: give `subscribe`, not `topics`.');
}

function requireEveryRow(schema: GraphQLSchema, permissions: PermissionTable): void {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`));
  const unruled = fields.filter((field) => !Object.hasOwn(permissions, field));
  const unknown = Object.keys(permissions).filter((field) => !fields.includes(field));
  if (unruled.length > 0) throw new Error(`Root fields without a row in the permission table: ${unruled.join(', ')}`);
  if (unknown.length > 0) throw new Error(`Rows of the permission table without a root field: ${unknown.join(', ')}`);
}

function guardRoot(type: (typeof rootTypes)[number], fields: ResolverTable, permissions: PermissionTable): void {
  for (const [name, field] of Object.entries(fields)) {
    const rule = permissions[`${type}.${name}`];
    if (rule === undefined) continue;
    if (type === 'Mutation' && isResolver(field)) fields[name] = withUserErrors(withCatchUp(guarded(field, rule)));
    else if (isResolver(field)) fields[name] = withCatchUp(guarded(field, rule));
    else if (isSubscription(field)) fields[name] = { ...field, subscribe: withCatchUp(guarded(field.subscribe, rule)) };
  }
}

function guarded(resolve: Resolver, rule: PermissionRule): Resolver {
  return (source, args, context, info) => {
    requireRule(context.viewer, rule);
    requireIdArguments(args, info);
    return resolve(source, args, context, info);
  };
}

// What a client has just made in another subgraph may not have arrived here: look once more before saying that it does not exist.
function withCatchUp(resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    try {
      return await resolve(source, args, context, info);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'NOT_FOUND')) throw error;
      await context.catchUp();
      return resolve(source, args, context, info);
    }
  };
}

function withUserErrors(resolve: Resolver): Resolver {
  return async (source, args, context, info) => {
    try {
      return { userErrors: [], ...Object(await resolve(source, args, context, info)) };
    } catch (error) {
      const userErrors = toUserErrors(error);
      if (!userErrors) throw error;
      return { userErrors };
    }
  };
}

function isResolver(field: unknown): field is Resolver {
  return typeof field === 'function';
}

function isSubscription(field: unknown): field is { subscribe: Resolver } {
  return typeof field === 'object' && field !== null && 'subscribe' in field && typeof field.subscribe === 'function';
}

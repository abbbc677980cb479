import type { GraphQLDataSource } from '@apollo/gateway';
import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type SelectionSetNode,
} from 'graphql';
import type { RequestContext } from './request-context.js';
import { SubgraphUnavailable, type SubgraphCaller, type SubgraphQuestion } from './subgraph-call.js';

/** What Apollo carries through a plan for us. */
export interface PlanContext {
  readonly request: RequestContext;
}

// One missing subgraph must not make an answer of a thousand errors.
const maxErrors = 100;

/** A subgraph as Apollo's gateway sees it. Without an answer every field asked for becomes an error at its own path. */
export function subgraphDataSource(call: SubgraphCaller): GraphQLDataSource {
  return {
    async process(options) {
      if (!('incomingRequestContext' in options)) throw new Error(`Unexpected ${options.kind} request.`);
      const context: RequestContext = options.context['request'];
      const { query = '', operationName, variables = {} } = options.request;
      const question = { query, document: options.document, operationName, variables };
      try {
        const { data, errors } = await call(question, context);
        return { data, errors };
      } catch (error) {
        if (!(error instanceof SubgraphUnavailable)) throw error;
        return { data: null, errors: unavailableErrors(question) };
      }
    },
  };
}

/** SUBGRAPH_UNAVAILABLE at each field that was asked for; of entities, at each of their fields. */
export function unavailableErrors({ document, variables }: SubgraphQuestion): GraphQLFormattedError[] {
  const paths = document ? askedPaths(document, variables['representations']) : [];
  return (paths.length > 0 ? paths.slice(0, maxErrors) : [undefined]).map((path) => ({
    message: 'A part of the service cannot be reached: try again.',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    ...(path ? { path } : {}),
  }));
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function askedPaths(document: DocumentNode, representations: unknown): (string | number)[][] {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const fields = operation ? fieldsOf(operation.selectionSet, null, fragments) : [];
  return fields.flatMap((field) => {
    if (field.name.value !== '_entities' || !field.selectionSet || !Array.isArray(representations))
      return [[responseName(field)]];
    const { selectionSet } = field;
    return representations.flatMap((representation, position) => {
      const names = fieldsOf(selectionSet, typenameOf(representation), fragments).map(responseName);
      return names.length > 0 ? names.map((name) => ['_entities', position, name]) : [['_entities', position]];
    });
  });
}

function fieldsOf({ selections }: SelectionSetNode, typename: string | null, fragments: Fragments): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = fragment?.typeCondition?.name.value;
    const isSelected = condition === undefined || typename === null || condition === typename;
    return fragment && isSelected ? fieldsOf(fragment.selectionSet, typename, fragments) : [];
  });
}

function responseName(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

function typenameOf(representation: unknown): string | null {
  const isEntity = typeof representation === 'object' && representation !== null && '__typename' in representation;
  return isEntity && typeof representation.__typename === 'string' ? representation.__typename : null;
}

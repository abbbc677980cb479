import { getOperationAST, Kind, type GraphQLSchema, type OperationTypeNode, type SelectionSetNode } from 'graphql';
import type { DocumentStore, PreparedDocument } from './document-store.js';
import { documentText, type OperationRequest } from './persisted-documents.js';
import { refuse } from './refusal.js';

/** One operation that may run: within the limits, valid, and permitted to its caller. */
export interface Operation {
  readonly prepared: PreparedDocument;
  readonly kind: OperationTypeNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What operations are made from. */
export interface OperationSource {
  readonly store: DocumentStore;
  readonly registered: Readonly<Record<string, string>>;
}

/** Turns what a client sent into an operation; throws a Refusal otherwise. */
export function resolveOperation(
  request: OperationRequest,
  permittedIds: readonly string[] | null,
  source: OperationSource,
): Operation {
  const prepared = source.store.prepare(documentText(request, permittedIds, source.registered));
  const operationName = request.operationName ?? undefined;
  const node = getOperationAST(prepared.document, operationName);
  if (!node) throw refuse(400, 'OPERATION_RESOLUTION_FAILURE', operationNameAdvice(prepared, operationName));
  return { prepared, kind: node.operation, operationName: node.name?.value, variables: request.variables ?? {} };
}

/** Every root field the operation may ask for, as `Query.menu`, in whatever fragment it stands; `__typename` tells nothing and is left out. */
export function rootFieldsOf({ prepared, kind, operationName }: Operation, schema: GraphQLSchema): readonly string[] {
  const operation = getOperationAST(prepared.document, operationName);
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of prepared.document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  const names = new Set<string>();
  // It grows while it is walked; each fragment joins once, however often it is spread.
  const waiting = operation ? [operation.selectionSet] : [];
  for (const { selections } of waiting)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) waiting.push(selection.selectionSet);
      else {
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        if (fragment) waiting.push(fragment);
      }
    }
  names.delete('__typename');
  return [...names].map((name) => `${schema.getRootType(kind)?.name}.${name}`);
}

function operationNameAdvice({ document }: PreparedDocument, operationName: string | undefined): string {
  const hasOperations = document.definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!hasOperations) return 'The document has no operation.';
  return operationName === undefined
    ? 'The document has several operations: send an operationName.'
    : 'The document has no operation of this name.';
}

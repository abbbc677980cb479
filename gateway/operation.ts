import { getOperationAST, Kind, type OperationTypeNode } from 'graphql';
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

function operationNameAdvice({ document }: PreparedDocument, operationName: string | undefined): string {
  const hasOperations = document.definitions.some((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (!hasOperations) return 'The document has no operation.';
  return operationName === undefined
    ? 'The document has several operations: send an operationName.'
    : 'The document has no operation of this name.';
}

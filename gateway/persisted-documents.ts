import { sha256 } from './document-store.js';
import { refuse } from './refusal.js';

/** An operation as a client sends it, by any transport. */
export interface OperationRequest {
  readonly query?: string | null;
  readonly documentId?: string | null;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly extensions?: Readonly<Record<string, unknown>> | null;
}

const documentIdShape = /^sha256:([0-9a-f]{64})$/;

/** Whether the request names a registered document instead of carrying its text. */
export function namesDocument(request: OperationRequest): boolean {
  return documentIdOf(request) !== null;
}

/**
 * The text to run: a registered document's or the caller's own.
 * `permittedIds` are the only documents an integrator may run; null is anybody who may also send texts.
 */
export function documentText(
  request: OperationRequest,
  permittedIds: readonly string[] | null,
  registered: Readonly<Record<string, string>>,
): string {
  const documentId = documentIdOf(request);
  if (documentId === null) return ownText(request.query, permittedIds);
  if (request.query) throw refuse(400, 'CANNOT_SEND_PQ_ID_AND_BODY', 'Send a document id or a query, not both.');
  const hash = documentIdShape.exec(documentId)?.[1];
  if (hash === undefined)
    throw refuse(400, 'BAD_REQUEST', 'A document id is "sha256:" and 64 lower-case hexadecimal digits.');
  const text = Object.hasOwn(registered, hash) ? registered[hash] : undefined;
  // An id of somebody else's list looks like one that does not exist.
  if (text === undefined || !isPermitted(documentId, permittedIds))
    throw refuse(404, 'PERSISTED_QUERY_NOT_IN_LIST', 'No document is registered by this id.');
  return text;
}

/** Registered documents by hash; throws when a text is not what its hash says. */
export function checkedDocuments(registered: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [hash, text] of Object.entries(registered)) {
    if (sha256(text) !== hash) throw new Error(`The registered document ${hash} does not have this SHA-256.`);
  }
  return registered;
}

function ownText(query: string | null | undefined, permittedIds: readonly string[] | null): string {
  if (permittedIds !== null)
    throw refuse(403, 'PERSISTED_QUERY_ID_REQUIRED', 'This client runs registered documents only: send a documentId.');
  if (!query) throw refuse(400, 'BAD_REQUEST', 'Send a query or a documentId.');
  return query;
}

function isPermitted(documentId: string, permittedIds: readonly string[] | null): boolean {
  return permittedIds === null || permittedIds.includes(documentId);
}

// Three ways to write the same: the field, the extension for sockets, and Apollo's own form.
function documentIdOf({ documentId, extensions }: OperationRequest): string | null {
  const ids = [documentId, extensions?.['documentId'], apolloId(extensions?.['persistedQuery'])].filter(
    (id) => typeof id === 'string',
  );
  const [id, ...others] = ids;
  if (others.some((other) => other !== id))
    throw refuse(400, 'BAD_REQUEST', 'The request names two different documents.');
  return id ?? null;
}

function apolloId(persistedQuery: unknown): string | null {
  if (typeof persistedQuery !== 'object' || persistedQuery === null) return null;
  return 'sha256Hash' in persistedQuery && typeof persistedQuery.sha256Hash === 'string'
    ? `sha256:${persistedQuery.sha256Hash}`
    : 'sha256:';
}

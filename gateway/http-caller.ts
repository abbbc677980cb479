import type { IncomingHttpHeaders } from 'node:http';
import { nobody, type Authentication } from './authentication.js';
import type { Caller } from './caller-cache.js';
import { credentialOfHeaders } from './credential.js';
import { resolveOperation, rootFieldsOf, type OperationSource } from './operation.js';
import type { OperationRequest } from './persisted-documents.js';
import { Refusal } from './refusal.js';

/** What tells who asks over HTTP. */
export interface HttpCallerOptions {
  readonly source: OperationSource;
  readonly authentication: Authentication;
  /** Root fields that need no credential, such as `Mutation.refreshToken`. */
  readonly publicFields: ReadonlySet<string>;
}

/** Who asks over HTTP, and what was wrong with the token that was passed over. */
export interface HttpCaller extends Caller {
  readonly passedOver: Refusal | null;
}

/**
 * Who asks. A token that is not good makes nobody of its holder where every root field is public: a client that sends its
 * token along with everything could not refresh it otherwise. Throws a Refusal for all others, and for API keys always.
 */
export async function httpCallerOf(
  options: HttpCallerOptions,
  headers: IncomingHttpHeaders,
  request: OperationRequest,
): Promise<HttpCaller> {
  const { authentication } = options;
  try {
    const caller = await authentication.callerOf(await authentication.check(credentialOfHeaders(headers)));
    return { ...caller, passedOver: null };
  } catch (error) {
    const isBadToken = error instanceof Refusal && error.status === 401 && headers['x-api-key'] === undefined;
    if (!isBadToken || !needsNobody(options, request)) throw error;
    return { ...nobody, passedOver: error };
  }
}

function needsNobody({ source, publicFields }: HttpCallerOptions, request: OperationRequest): boolean {
  try {
    const fields = rootFieldsOf(resolveOperation(request, null, source), source.store.schema);
    return fields.length > 0 && fields.every((field) => publicFields.has(field));
  } catch (error) {
    // What cannot run is not public: the token is judged first, as it is for everything else.
    if (error instanceof Refusal) return false;
    throw error;
  }
}

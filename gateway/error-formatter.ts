import { GraphQLError, type ExecutionResult, type FormattedExecutionResult, type GraphQLFormattedError } from 'graphql';
import { withoutValues } from '../platform/domain/quoted-values.js';
import type { Log } from '../platform/process/log.js';
import { isErrorCode, type ErrorCode } from './error-codes.js';

/** The dated version of the public contract; it travels with every answer. */
export const schemaVersion = '2026-11-21';

const hiddenMessage = 'Something went wrong on our side. Quote the request id.';

// A client never sent what a subgraph failed to parse or validate: the gateway planned it.
const gatewayOnlyCodes: readonly ErrorCode[] = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
];

/** What an answer is written with: the id clients quote and the log that keeps what they are not told. */
export interface Presentation {
  readonly requestId: string;
  readonly log: Log;
}

/** A result as a client may see it: known codes only, no inner words, and `extensions.meta`. */
export function presentResult(
  result: ExecutionResult | FormattedExecutionResult,
  presentation: Presentation,
): FormattedExecutionResult {
  const meta = { requestId: presentation.requestId, schema: schemaVersion };
  return {
    ...(result.errors?.length ? { errors: presentErrors(result.errors, presentation) } : {}),
    ...(result.data === undefined ? {} : { data: result.data }),
    extensions: { meta },
  };
}

/** Errors as a client may see them; what is hidden from the client is logged. */
export function presentErrors(
  errors: readonly GraphQLFormattedError[],
  presentation: Presentation,
): GraphQLFormattedError[] {
  return errors.map((error) => {
    const code = publicCode(error);
    if (code === 'INTERNAL_SERVER_ERROR') logHidden(error, presentation);
    return present(error, code, presentation.requestId);
  });
}

function logHidden(error: GraphQLFormattedError, { requestId, log }: Presentation): void {
  const err = error instanceof GraphQLError ? error.originalError : undefined;
  log.error({ requestId, path: error.path, reason: error.message, err }, 'unexpected failure');
}

/** Anything thrown, as an error that will be hidden from the client and logged with its stack. */
export function unexpected(thrown: unknown): GraphQLError {
  return new GraphQLError('unexpected failure', {
    originalError: thrown instanceof Error ? thrown : new Error(String(thrown)),
  });
}

function publicCode(error: GraphQLFormattedError): ErrorCode {
  const code = error.extensions?.['code'];
  if (!isErrorCode(code)) return 'INTERNAL_SERVER_ERROR';
  const isOfSubgraph = error.extensions?.['serviceName'] !== undefined;
  return isOfSubgraph && gatewayOnlyCodes.includes(code) ? 'INTERNAL_SERVER_ERROR' : code;
}

function present(error: GraphQLFormattedError, code: ErrorCode, requestId: string): GraphQLFormattedError {
  const path = error.path ? { path: error.path } : {};
  if (code === 'INTERNAL_SERVER_ERROR') return { message: hiddenMessage, ...path, extensions: { code, requestId } };
  const { details, retryAfter } = error.extensions ?? {};
  return {
    message: withoutValues(withoutSuggestions(error.message)),
    ...(error.locations ? { locations: error.locations } : {}),
    ...path,
    extensions: {
      code,
      requestId,
      ...(details === undefined ? {} : { details }),
      ...(typeof retryAfter === 'number' ? { retryAfter } : {}),
    },
  };
}

// Suggestions spell out names a caller may not be meant to know; graphql-js always puts them last.
function withoutSuggestions(message: string): string {
  return message.replace(/ Did you mean [^?]*\?/g, '');
}

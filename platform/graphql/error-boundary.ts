import { GraphQLError } from 'graphql';
import { isDatabaseAway } from '../data/database-away.js';
import { ConflictRetry } from '../data/unit-of-work.js';
import {
  BadUserInput,
  DomainError,
  PermissionMissing,
  RateLimited,
  ResyncRequired,
  SeveralFailures,
  type DomainErrorCode,
} from '../domain/errors.js';
import { withoutValues } from '../domain/quoted-values.js';
import type { Log } from '../process/log.js';
import type { UserError } from './shared-types.js';

/** Failures that are never data: they say that the request should not have been made at all. */
const alwaysErrors: ReadonlySet<DomainErrorCode> = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);

/** The failure as data of a mutation's payload, one for each field that is wrong, or null if it is not one that travels as data. */
export function toUserErrors(error: unknown): UserError[] | null {
  if (error instanceof SeveralFailures) return error.failures.flatMap((failure) => toUserError(failure) ?? []);
  const userError = toUserError(error);
  return userError && [userError];
}

function toUserError(error: unknown): UserError | null {
  if (error instanceof BadUserInput) return { code: 'INVALID_INPUT', message: error.message, field: error.field };
  if (error instanceof DomainError && !alwaysErrors.has(error.code))
    return { code: error.code, message: error.message, field: error.field };
  return null;
}

/** The failure as an error of the answer: a published code, and nothing of what was inside. */
export function toGraphQLError(error: GraphQLError, log: Log, requestId: string): GraphQLError {
  const cause = error.originalError ?? error;
  const place = { path: error.path, nodes: error.nodes };
  if (cause instanceof DomainError)
    return new GraphQLError(cause.message, { ...place, extensions: { code: cause.code, ...details(cause) } });
  if (cause instanceof BadUserInput)
    return new GraphQLError(cause.message, { ...place, extensions: { code: 'BAD_USER_INPUT', ...details(cause) } });
  if (cause instanceof RateLimited)
    return new GraphQLError(cause.message, {
      ...place,
      extensions: { code: 'RATE_LIMITED', retryAfter: cause.retryAfter },
    });
  if (cause instanceof ResyncRequired)
    return new GraphQLError(cause.message, { ...place, extensions: { code: 'RESYNC_REQUIRED' } });
  if (cause instanceof ConflictRetry)
    return new GraphQLError(cause.message, { ...place, extensions: { code: 'CONFLICT_RETRY' } });
  if (isRefusedInput(error))
    return new GraphQLError(withoutValues(error.message), { ...place, extensions: { code: 'BAD_USER_INPUT' } });
  if (cause instanceof GraphQLError && cause.extensions['code']) return error;
  log.error({ err: cause, requestId, path: error.path }, 'a resolver failed');
  if (isDatabaseAway(cause))
    return new GraphQLError('This part of the product is away. Try again; a change with the same idempotency key.', {
      ...place,
      extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    });
  return new GraphQLError('Something went wrong on our side. Quote the request id.', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
}

// Values the scalars refuse: variables before anything is executed, so without a path, and arguments by graphql-js's own words.
function isRefusedInput(error: GraphQLError): boolean {
  return (
    error.path === undefined || (error.originalError instanceof GraphQLError && /^Argument "\w+"/.test(error.message))
  );
}

function details(failure: DomainError | BadUserInput) {
  if (failure instanceof PermissionMissing) return { details: { permission: failure.slugs } };
  const failures = failure instanceof SeveralFailures ? failure.failures : [failure];
  const told = failures.flatMap(({ field, message }) => (field ? [[field.join('.'), [message]]] : []));
  return told.length > 0 ? { details: Object.fromEntries(told) } : {};
}

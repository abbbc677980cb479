/** Codes a client can meet in `extensions.code`: whatever is not listed leaves as INTERNAL_SERVER_ERROR. */
export const errorCodes = [
  'UNAUTHENTICATED',
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'COST_LIMIT',
  'CONFLICT_RETRY',
  'RESYNC_REQUIRED',
  'SUBGRAPH_UNAVAILABLE',
  'INTERNAL_SERVER_ERROR',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'PERSISTED_QUERY_ID_REQUIRED',
  'CANNOT_SEND_PQ_ID_AND_BODY',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Whether a subgraph's or library's code may leave the house as it is. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return errorCodes.some((known) => known === code);
}

// What Node says of a connection that could not be made or broke off, and what mysql2 says of one that is gone.
const LOST = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'PROTOCOL_CONNECTION_LOST']);
// Too many connections, the server is shutting down, the connection or its query was killed, the server is read-only.
const REFUSED = new Set([1040, 1053, 1927, 1290]);
const DEEPEST = 5;

/** Whether a failure means that the database was away, so that the same request may do better in a moment. */
export function isDatabaseAway(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      ('code' in cause && typeof cause.code === 'string' && LOST.has(cause.code)) ||
      ('errno' in cause && typeof cause.errno === 'number' && REFUSED.has(cause.errno)) ||
      // mysql2 gives this one neither a code nor a number.
      cause.message.includes('connection is in closed state'),
  );
}

function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let cause = error; cause instanceof Error && causes.length < DEEPEST; cause = innerOf(cause)) causes.push(cause);
  return causes;
}

function innerOf(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause;
}

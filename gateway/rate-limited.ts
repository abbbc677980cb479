import type { FormattedExecutionResult } from 'graphql';

/**
 * After how many seconds a caller may ask again, when nothing of what was asked was answered and a limit is the reason;
 * null otherwise: whoever got a part is told in `errors` alone. The longest of several waits, since all must be over.
 */
export function secondsToWait({ data, errors }: FormattedExecutionResult): number | null {
  if (Object.values(data ?? {}).some((value) => value !== null)) return null;
  const limited = (errors ?? []).filter(({ extensions }) => extensions?.['code'] === 'RATE_LIMITED');
  if (limited.length === 0) return null;
  return Math.max(1, ...limited.map(({ extensions }) => Number(extensions?.['retryAfter'] ?? 1)));
}

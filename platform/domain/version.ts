import { DomainError } from './errors.js';

/** Throws VERSION_CONFLICT when a row has changed since the client read it; without an expected version there is nothing to compare. */
export function requireVersion(actual: number, expected: number | null | undefined): void {
  if (expected === null || expected === undefined || expected === actual) return;
  throw new DomainError(
    'VERSION_CONFLICT',
    `It was changed meanwhile (version ${actual}, not ${expected}). Read it again.`,
    ['expectedVersion'],
  );
}

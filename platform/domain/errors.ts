/** Codes of failures a client is expected to meet; they travel as `userErrors`, except the first three, which are errors. */
export const domainErrorCodes = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'INVALID_INPUT',
  'INVALID_STATE',
  'INVALID_CODE',
  'INVALID_CREDENTIALS',
  'ALREADY_EXISTS',
  'CHALLENGE_REQUIRED',
  'AMOUNT_MISMATCH',
  'CURRENCY_MISMATCH',
  'IDEMPOTENCY_KEY_REQUIRED',
  'IDEMPOTENCY_KEY_REUSED',
  'OUT_OF_STOCK',
  'PASSWORD_REQUIRED',
  'PASSWORD_TOO_WEAK',
  'REASON_REQUIRED',
  'SEAT_TAKEN',
  'TOKEN_EXPIRED',
  'TOKEN_REVOKED',
  'VERSION_CONFLICT',
] as const;

export type DomainErrorCode = (typeof domainErrorCodes)[number];

/** A failure the rules foresee: a code for programs, a sentence for people, and the input field it is about. */
export class DomainError extends Error {
  constructor(
    readonly code: DomainErrorCode,
    message: string,
    readonly field: readonly string[] | null = null,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** A request that is malformed before any rule looks at it, such as a page of 101; answered as BAD_USER_INPUT. */
export class BadUserInput extends Error {
  constructor(
    message: string,
    readonly field: readonly string[],
  ) {
    super(message);
    this.name = 'BadUserInput';
  }
}

/** A failure that is about one field of what was sent. */
export type FieldFailure = DomainError | BadUserInput;

/** Several fields of one request are wrong; each failure becomes a user error of its own. */
export class SeveralFailures extends BadUserInput {
  constructor(readonly failures: readonly FieldFailure[]) {
    const told = failures.map(({ field, message }) => `${field?.join('.') ?? 'request'}: ${message}`);
    super(told.join(' '), failures[0]?.field ?? []);
  }
}

/** A permission somebody who signed in does not hold where it is needed; it says which. */
export class PermissionMissing extends DomainError {
  constructor(readonly slugs: readonly string[]) {
    super('FORBIDDEN', `You need the permission ${slugs.join(' or ')} here.`);
  }
}

/** Something was done too often; says after how many seconds it may be tried again. Answered as RATE_LIMITED, by HTTP as 429. */
export class RateLimited extends Error {
  constructor(readonly retryAfter: number) {
    super(`Too many attempts. Try again in ${retryAfter} s.`);
    this.name = 'RateLimited';
  }
}

/** The stream can no longer be continued from the given cursor; read the lists again and subscribe without `since`. */
export class ResyncRequired extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ResyncRequired';
  }
}

/** Missing and invisible rows look the same to a client. */
export function notFound(what: string): DomainError {
  return new DomainError('NOT_FOUND', `${what} was not found.`);
}

/** Makes a switch over a union fail to compile when a member is added. */
export function unreachable(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`);
}

/** A replica that could not be reached, broke off or has no time: another one may do better. */
export class ReplicaFailure extends Error {
  /** Whether it may have got the request; surely not where there never was a connection. */
  readonly mayHaveArrived: boolean;

  constructor(replica: string, cause: unknown) {
    super(`${replica} does not answer: ${propertyOf(cause, 'message') ?? String(cause)}`, { cause });
    this.name = 'ReplicaFailure';
    this.mayHaveArrived = !isWithoutConnection(cause);
  }
}

/** A request is written to a connection that stands: what the making of one says was never sent. */
function isWithoutConnection(cause: unknown): boolean {
  const reasons = propertyOf(cause, 'errors');
  // A name with several addresses fails with one error for each.
  if (Array.isArray(reasons) && reasons.length > 0) return reasons.every(isWithoutConnection);
  const syscall = propertyOf(cause, 'syscall');
  return syscall === 'connect' || syscall === 'getaddrinfo' || propertyOf(cause, 'code') === 'UND_ERR_CONNECT_TIMEOUT';
}

function propertyOf(cause: unknown, name: string): unknown {
  return typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
}

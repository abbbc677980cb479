/** A replica that could not be reached, broke off or has no time: another one may do better. */
export class ReplicaFailure extends Error {
  constructor(replica: string, cause: unknown) {
    super(`${replica} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'ReplicaFailure';
  }
}

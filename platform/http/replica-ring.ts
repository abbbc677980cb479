import type { Log } from '../process/log.js';
import type { ReplicaFailure } from './replica-failure.js';

/** How long a replica that could not be reached is left out, in milliseconds; twice as long each time it fails again. */
export const restMs = 1_000;

const longestRestMs = 8_000;

/** Whose replicas they are, and who is told when one goes away or is back. */
export interface RingOptions {
  readonly subgraph: string;
  readonly log: Log;
  /** Counts milliseconds and never goes back. */
  readonly now?: () => number;
}

interface Absence {
  readonly lengthMs: number;
  readonly until: number;
}

/** The replicas of a subgraph in turn, without the ones that have just failed; if all have, they are tried all the same. */
export class ReplicaRing<Replica extends { readonly origin: string }> {
  readonly #away = new Map<Replica, Absence>();
  readonly #now: () => number;
  #turn = 0;

  /** Throws when there is no replica at all. */
  constructor(
    readonly replicas: readonly Replica[],
    private readonly options: RingOptions,
  ) {
    if (replicas.length === 0) throw new Error('A subgraph needs one URL at least.');
    this.#now = options.now ?? (() => performance.now());
  }

  /** The replica whose turn it is, one that has not been tried for the same request if there is any. */
  next(tried: ReadonlySet<Replica> = new Set()): Replica {
    const inTurn = this.replicas.map((_, offset) => this.#at(this.#turn + offset));
    const choice =
      inTurn.find((replica) => !tried.has(replica) && !this.#isResting(replica)) ??
      inTurn.find((replica) => !tried.has(replica)) ??
      inTurn.find((replica) => !this.#isResting(replica)) ??
      this.#at(this.#turn);
    this.#turn = (this.replicas.indexOf(choice) + 1) % this.replicas.length;
    return choice;
  }

  /** Leaves a replica out for a while. */
  failed(replica: Replica, failure: ReplicaFailure): void {
    const { subgraph, log } = this.options;
    const absence = this.#away.get(replica);
    // Once, and in words: while a replica is away there is a failure for every attempt.
    if (!absence) log.warn({ subgraph, replica: replica.origin, reason: failure.message }, 'replica is away');
    else log.debug({ err: failure, subgraph, replica: replica.origin }, 'replica failed again');
    // Requests that were under way together fail together, for one reason.
    if (this.#isResting(replica)) return;
    const lengthMs = absence ? Math.min(absence.lengthMs * 2, longestRestMs) : restMs;
    this.#away.set(replica, { lengthMs, until: this.#now() + lengthMs });
  }

  /** Takes note that a replica works. */
  answered(replica: Replica): void {
    // An answer that was on its way when another one failed does not make it whole.
    if (!this.#away.has(replica) || this.#isResting(replica)) return;
    this.#away.delete(replica);
    this.options.log.warn({ subgraph: this.options.subgraph, replica: replica.origin }, 'replica is back');
  }

  #isResting(replica: Replica): boolean {
    return (this.#away.get(replica)?.until ?? 0) > this.#now();
  }

  #at(position: number): Replica {
    const replica = this.replicas[position % this.replicas.length];
    if (replica === undefined) throw new Error('The position is outside the ring.');
    return replica;
  }
}

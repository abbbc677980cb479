/** How long a replica that could not be reached is left out, in milliseconds. */
export const restMs = 1_000;

/** The replicas of a subgraph in turn, without the ones that have just failed; if all have, they are tried all the same. */
export class ReplicaRing<Replica> {
  readonly #restsUntil = new Map<Replica, number>();
  #turn = 0;

  /** `now` counts milliseconds and never goes back; throws when there is no replica at all. */
  constructor(
    readonly replicas: readonly Replica[],
    private readonly now: () => number = () => performance.now(),
  ) {
    if (replicas.length === 0) throw new Error('A subgraph needs one URL at least.');
  }

  /** The replica whose turn it is. */
  next(): Replica {
    const inTurn = this.replicas.map((_, offset) => this.#at(this.#turn + offset));
    const awake = inTurn.findIndex((replica) => (this.#restsUntil.get(replica) ?? 0) <= this.now());
    this.#turn = (this.#turn + Math.max(awake, 0) + 1) % this.replicas.length;
    return inTurn[Math.max(awake, 0)] ?? this.#at(0);
  }

  /** Leaves a replica out for a while. */
  rest(replica: Replica): void {
    this.#restsUntil.set(replica, this.now() + restMs);
  }

  #at(position: number): Replica {
    const replica = this.replicas[position % this.replicas.length];
    if (replica === undefined) throw new Error('The position is outside the ring.');
    return replica;
  }
}

/** What tells which of two events of one thing happened first. */
export interface Versioned {
  readonly aggregateId: string;
  readonly aggregateVersion: number;
}

/**
 * The events in their order, but those of one aggregate by its version: ids begin with the time of the process that made
 * them, and the clocks of two processes differ.
 */
export function inOrderOfVersions<Event extends Versioned>(events: readonly Event[]): Event[] {
  const byAggregate = Map.groupBy(events, ({ aggregateId }) => aggregateId);
  const ordered = new Map(
    [...byAggregate].map(([id, own]) => [
      id,
      own.toSorted((one, other) => one.aggregateVersion - other.aggregateVersion).values(),
    ]),
  );
  return events.map((event) => ordered.get(event.aggregateId)?.next().value ?? event);
}

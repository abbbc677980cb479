/** Something that happened, as the outbox of its subgraph published it. */
export interface PublishedEvent {
  readonly id: string;
  /** Past tense, such as `order.placed`; the catalogue says what each carries. */
  readonly type: string;
  /** Position in its subgraph's stream: 1, 2, 3 … without gaps. */
  readonly seq: number;
  readonly brandId: string;
  readonly outletId: string | null;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly viewerKind: string;
  readonly viewerId: string;
  readonly channel: string | null;
  readonly reason: string | null;
  readonly requestId: string;
  readonly occurredAt: Date;
  readonly payload: unknown;
}

/** The published events of every subgraph: read again from any position, or heard as they come. */
export interface EventStream {
  /** At most `limit` events of one subgraph that follow the position, in order. */
  read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Calls the listener with each published batch from now on; returns how to stop. */
  listen(source: string, listener: (events: readonly PublishedEvent[]) => void): () => void;
  /** Resolves when what the subgraph has committed by now can be read. */
  settle(source: string): Promise<void>;
}

/** One subgraph's own published events; the in-process stream is made of these. */
export interface EventSource {
  read(afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Publishes what is committed by now. */
  flush(): Promise<void>;
}

/** The stream of one process: subgraphs attach their outboxes and announce what they publish. */
export class LocalEventStream implements EventStream {
  readonly #sources = new Map<string, EventSource>();
  readonly #listeners = new Map<string, Set<(events: readonly PublishedEvent[]) => void>>();

  attach(name: string, source: EventSource): void {
    this.#sources.set(name, source);
  }

  announce(source: string, events: readonly PublishedEvent[]): void {
    for (const listener of this.#listeners.get(source) ?? []) listener(events);
  }

  async read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]> {
    return (await this.#sources.get(source)?.read(afterSeq, limit)) ?? [];
  }

  async settle(source: string): Promise<void> {
    await this.#sources.get(source)?.flush();
  }

  listen(source: string, listener: (events: readonly PublishedEvent[]) => void): () => void {
    const listeners = this.#listeners.get(source) ?? new Set();
    this.#listeners.set(source, listeners.add(listener));
    return () => void listeners.delete(listener);
  }
}

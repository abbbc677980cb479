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

type Listener = (events: readonly PublishedEvent[]) => void;

/** The published events of every subgraph: read again from any position, or heard as they come. */
export interface EventStream {
  /** At most `limit` events of one subgraph that follow the position, in order. */
  read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Calls the listener with each published batch from now on; returns how to stop. */
  listen(source: string, listener: Listener): () => void;
  /** Resolves when it is certain from which event on the source's listeners hear everything. */
  listening(source: string): Promise<void>;
  /** Resolves when what the subgraph has committed by now can be read. */
  settle(source: string): Promise<void>;
}

/** One subgraph's own published events, as a process that has its database can tell them. */
export interface EventSource {
  read(afterSeq: number, limit: number): Promise<PublishedEvent[]>;
  /** Publishes what is committed by now and returns the last published position. */
  flush(): Promise<number>;
}

/** The stream for processes that publish: they attach their own outboxes and tell what they publish. */
export interface PublishingStream extends EventStream {
  /** Whether other processes may publish the same source, so that one of them has to hold its lease. */
  readonly isShared: boolean;
  attach(source: string, outbox: EventSource): void;
  /** Makes a published batch known; may reject, and `repair` makes up for it. */
  publish(source: string, events: readonly PublishedEvent[]): Promise<void>;
  /** Makes known what is lacking up to the last published position, and returns how many events it was; may reject. */
  repair(source: string, lastSeq: number): Promise<number>;
  /** Tells the process that publishes a source that there is something; never fails, may be lost. */
  nudge(source: string): void;
  /** Calls the listener at each nudge; returns how to stop. */
  onNudge(source: string, listener: () => void): () => void;
  close(): Promise<void>;
}

/** The stream of one process: subgraphs attach their outboxes and announce what they publish. */
export class LocalEventStream implements PublishingStream {
  readonly isShared = false;
  readonly #sources = new Map<string, EventSource>();
  readonly #listeners = new Map<string, Set<Listener>>();

  attach(source: string, outbox: EventSource): void {
    this.#sources.set(source, outbox);
  }

  async publish(source: string, events: readonly PublishedEvent[]): Promise<void> {
    for (const listener of this.#listeners.get(source) ?? []) listener(events);
  }

  async read(source: string, afterSeq: number, limit: number): Promise<PublishedEvent[]> {
    return (await this.#sources.get(source)?.read(afterSeq, limit)) ?? [];
  }

  async settle(source: string): Promise<void> {
    await this.#sources.get(source)?.flush();
  }

  listen(source: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(source) ?? new Set();
    this.#listeners.set(source, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  async listening(): Promise<void> {}

  async repair(): Promise<number> {
    return 0;
  }

  nudge(): void {}

  onNudge(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}
}

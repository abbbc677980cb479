/** A reader this many events behind is cut off, so that one slow reader cannot fill the memory. */
export const largestBacklog = 1_000;

type Step<Event> = IteratorResult<Event>;

/**
 * Events that come from elsewhere, for one reader; the ones that have come are read before an end or a failure.
 * Not an async generator: leaving must not wait for the next event.
 */
export class RemoteEvents<Event> implements AsyncIterableIterator<Event> {
  readonly #ready: Event[] = [];
  readonly #waiting: PromiseWithResolvers<Step<Event>>[] = [];
  #last: (() => Promise<Step<Event>>) | null = null;

  /** `leave` is called once, when the reader leaves or is cut off. */
  constructor(private readonly leave: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(value: Event): void {
    if (this.#last) return;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve({ value, done: false });
    else if (this.#ready.push(value) > largestBacklog) {
      this.fail(new Error(`The reader is ${largestBacklog} events behind.`));
      this.leave();
    }
  }

  /** There are no further events. */
  end(): void {
    this.#finish(() => Promise.resolve({ value: undefined, done: true }));
  }

  /** There may be further events, but they cannot be read. */
  fail(error: Error): void {
    this.#finish(() => Promise.reject(error));
  }

  async next(): Promise<Step<Event>> {
    const value = this.#ready.shift();
    if (value !== undefined) return { value, done: false };
    if (this.#last) return this.#last();
    const waiting = Promise.withResolvers<Step<Event>>();
    this.#waiting.push(waiting);
    return waiting.promise;
  }

  async return(): Promise<Step<Event>> {
    const isFirst = !this.#last;
    this.end();
    this.#ready.length = 0;
    if (isFirst) this.leave();
    return { value: undefined, done: true };
  }

  #finish(last: () => Promise<Step<Event>>): void {
    this.#last ??= last;
    for (const waiting of this.#waiting.splice(0)) this.#last().then(waiting.resolve, waiting.reject);
  }
}

/**
 * The answers to one subscription, one per event of its source.
 * Not an async generator: a generator that waits for an event would let an unsubscribe wait for that event too.
 */
export class SubscriptionStream<Event, Answer> implements AsyncIterableIterator<Answer> {
  readonly #source: AsyncIterator<Event>;
  readonly #answer: (event: Event) => Promise<Answer>;
  #waiting: PromiseWithResolvers<IteratorResult<Answer>> | null = null;
  #isEnded = false;
  #failure: Error | null = null;

  constructor(source: AsyncIterator<Event>, answer: (event: Event) => Promise<Answer>) {
    this.#source = source;
    this.#answer = answer;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Answer>> {
    if (this.#isEnded) return this.#lastResult();
    const waiting = Promise.withResolvers<IteratorResult<Answer>>();
    this.#waiting = waiting;
    this.#advance().then(waiting.resolve, (error: unknown) => {
      this.#end();
      waiting.reject(error);
    });
    return waiting.promise;
  }

  /** Ends at once, whatever the source is doing. */
  return(): Promise<IteratorResult<Answer>> {
    this.#end();
    this.#waiting?.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: undefined, done: true });
  }

  /** Ends at once with an error as the last thing its reader sees. */
  fail(error: Error): void {
    if (this.#isEnded) return;
    this.#failure = error;
    this.#end();
    if (this.#waiting) void this.#lastResult().then(this.#waiting.resolve, this.#waiting.reject);
  }

  async #advance(): Promise<IteratorResult<Answer>> {
    const { value, done } = await this.#source.next();
    if (done) return { value: undefined, done: true };
    return { value: await this.#answer(value), done: false };
  }

  #lastResult(): Promise<IteratorResult<Answer>> {
    const failure = this.#failure;
    this.#failure = null;
    return failure ? Promise.reject(failure) : Promise.resolve({ value: undefined, done: true });
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    // Not awaited: a source parked in a generator answers only with its next event.
    void Promise.resolve(this.#source.return?.()).catch(() => undefined);
  }
}

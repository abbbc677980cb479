import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { SubgraphEvents } from '../platform/graphql/subgraph-client.js';
import { ReplicaFailure } from '../platform/http/replica-failure.js';

/** How a subscription goes on after it was lost. */
export interface Continuation {
  /** Opens it again after the cursor; null where nobody answers yet, and throws what ends it. */
  reopen(cursor: string): Promise<SubgraphEvents | null>;
  /** How long to try without an event, in milliseconds; 30 s unless told. */
  readonly patienceMs?: number;
}

type Step = IteratorResult<ExecutionResult>;

const usualPatienceMs = 30_000;
// Everybody whose replica has died comes at once to those that are left.
const firstPauseMs = 100;
const longestPauseMs = 2_000;

const ended: Step = { value: undefined, done: true };

/**
 * The events of a subscription for as long as anybody can tell them: when the replica that told them is lost, another one
 * goes on after the last that was read. Not an async generator: leaving must not wait for the next event.
 */
export class ContinuedEvents implements AsyncIterator<ExecutionResult> {
  readonly #continuation: Continuation | null;
  readonly #patienceMs: number;
  #source: SubgraphEvents;
  #openedAt = performance.now();
  /** When to give up, from the first loss on until there is an event again. */
  #givesUpAt: number | null = null;
  #isLeft = false;

  /** Without a continuation a loss is the end. */
  constructor(source: SubgraphEvents, continuation: Continuation | null) {
    this.#source = source;
    this.#continuation = continuation;
    this.#patienceMs = continuation?.patienceMs ?? usualPatienceMs;
  }

  async next(): Promise<Step> {
    while (!this.#isLeft) {
      try {
        const step = await this.#source.next();
        this.#givesUpAt = null;
        return step;
      } catch (error) {
        await this.#continueAfter(error);
      }
    }
    return ended;
  }

  /** Leaves whatever is open, and what is yet to be opened as soon as it is. */
  async return(): Promise<Step> {
    this.#isLeft = true;
    await this.#source.return?.();
    return ended;
  }

  async #continueAfter(loss: unknown): Promise<void> {
    const { cursor } = this.#source;
    const continuation = this.#continuation;
    if (!(loss instanceof ReplicaFailure) || cursor === undefined || !continuation) throw explained(loss);
    const lostAt = performance.now();
    const wasSteady = lostAt - this.#openedAt > this.#patienceMs;
    if (this.#givesUpAt === null || wasSteady) this.#givesUpAt = lostAt + this.#patienceMs;
    for (let pauseMs = firstPauseMs; !this.#isLeft; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      if (performance.now() > this.#givesUpAt) throw explained(loss);
      await sleep(Math.random() * pauseMs);
      const source = this.#isLeft ? null : await continuation.reopen(cursor);
      if (source) return this.#take(source);
    }
  }

  #take(source: SubgraphEvents): void {
    this.#source = source;
    this.#openedAt = performance.now();
    if (this.#isLeft) void Promise.resolve(source.return?.()).catch(() => undefined);
  }
}

/** A loss as the subscriber may know it: a part of the service that went away. */
function explained(loss: unknown): GraphQLError {
  return new GraphQLError('The events can no longer be read: subscribe again.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
    originalError: loss instanceof Error ? loss : null,
  });
}

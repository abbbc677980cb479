import { GraphQLError, type ExecutionResult } from 'graphql';
import type { SubgraphClient, SubgraphEvents, SubgraphRequest } from '../platform/graphql/subgraph-client.js';
import { RemoteEvents } from '../platform/http/remote-events.js';
import { ReplicaFailure } from '../platform/http/replica-failure.js';

/** What a replica is lost with. */
export const lost = new ReplicaFailure('http://orders-1:4003', new Error('read ECONNRESET'));

/** Orders whose replicas come and go: it keeps what has happened, and tells it from any cursor on. */
export class ReplayingOrders implements SubgraphClient {
  readonly requests: SubgraphRequest[] = [];
  /** Refuses what is opened from now on. */
  refusal: string | null = null;
  isAway = false;
  /** How many openings were left by their reader. */
  left = 0;
  readonly #statuses: string[] = [];
  readonly #open = new Set<RemoteEvents<number>>();

  execute(): Promise<ExecutionResult> {
    return Promise.reject(new Error('Only subscriptions are asked for.'));
  }

  subscribe(request: SubgraphRequest): Promise<SubgraphEvents | ExecutionResult> {
    this.requests.push(request);
    if (this.isAway) return Promise.reject(lost);
    if (this.refusal !== null) {
      const extensions = { code: this.refusal };
      return Promise.resolve({ errors: [new GraphQLError('No.', { extensions })] });
    }
    const after = request.variables['after'];
    return Promise.resolve(this.openAfter(typeof after === 'string' ? Number(after.slice(2)) : this.#statuses.length));
  }

  /** Something happens. */
  emit(...statuses: readonly string[]): void {
    for (const status of statuses) {
      const seq = this.#statuses.push(status);
      for (const events of this.#open) events.push(seq);
    }
  }

  /** The replicas that tell something now break off. */
  lose(loss: Error = lost): void {
    for (const events of this.#open) events.fail(loss);
    this.#open.clear();
  }

  /** The events that follow a position. */
  openAfter(position: number): SubgraphEvents {
    const events = new RemoteEvents<number>(() => {
      this.left += 1;
      this.#open.delete(events);
    });
    for (let seq = position + 1; seq <= this.#statuses.length; seq += 1) events.push(seq);
    this.#open.add(events);
    let last = position;
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      get cursor() {
        return `c-${last}`;
      },
      next: async () => {
        const step = await events.next();
        if (step.done) return { value: undefined, done: true };
        last = step.value;
        return { value: { data: { orderChanged: this.#answerTo(last) } }, done: false };
      },
      return: async () => {
        await events.return();
        return { value: undefined, done: true };
      },
    };
  }

  #answerTo(seq: number): unknown {
    const status = this.#statuses[seq - 1];
    return {
      cursor: `c-${seq}`,
      order: { __typename: 'Order', id: 'ord_1', status, table: { __typename: 'Table', id: 'tbl_1' } },
    };
  }
}

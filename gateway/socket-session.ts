import { GraphQLError } from 'graphql';
import type { WebSocket } from 'ws';
import { newId } from '../platform/domain/id.js';
import { hasSameRights, type Viewer } from '../platform/domain/viewer.js';
import type { Clock } from '../platform/process/clock.js';
import type { Authentication, Credential } from './authentication.js';
import type { Caller } from './caller-cache.js';
import type { Listener } from './federated-subscribe.js';
import { Refusal, refuse } from './refusal.js';
import type { RequestContext } from './request-context.js';

/** What a session is made of. */
export interface SocketSessionOptions {
  readonly socket: WebSocket;
  readonly credential: Credential;
  readonly viewer: Viewer;
  readonly remoteAddress: string;
  readonly userAgent: string;
  readonly authentication: Authentication;
  readonly clock: Clock;
}

/** A stream that can be told to end with an error. */
interface Endable {
  fail(error: Error): void;
}

/** GraphQL over WebSocket's "Forbidden"; the reason beside it is the code of what is wrong with the credential. */
export const forbiddenCloseCode = 4403;

// The longest delay a timer takes.
const maxTimerMs = 2 ** 31 - 1;

/** One socket and whoever opened it: it ends with the credential, and its subscriptions with the rights they were opened with. */
export class SocketSession {
  readonly #options: SocketSessionOptions;
  readonly #streams = new Map<string, { readonly stream: Endable; readonly viewer: Viewer }>();
  readonly #requestIds = new Map<string, string>();
  #viewer: Viewer;
  #isEnded = false;
  #expiry: NodeJS.Timeout | undefined;

  constructor(options: SocketSessionOptions) {
    this.#options = options;
    this.#viewer = options.viewer;
    this.#watchExpiry();
  }

  /** Who the socket was last known to belong to. */
  get viewer(): Viewer {
    return this.#viewer;
  }

  /** Who holds the credential now. A refusal of the credential ends the socket, and is thrown. */
  async caller(): Promise<Caller> {
    try {
      const caller = await this.#options.authentication.callerOf(this.#options.credential);
      this.#viewer = caller.viewer;
      return caller;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.#end(error);
      throw error;
    }
  }

  /** What subgraphs are told about one operation on this socket. */
  contextOf(viewer: Viewer, requestId: string): RequestContext {
    const { remoteAddress, userAgent } = this.#options;
    return { viewer, requestId, idempotencyKey: null, remoteAddress, userAgent };
  }

  /** The listener of a subscription, whose rights are looked at again at every event. */
  listenerOf(viewer: Viewer, requestId: string): Listener {
    return {
      context: this.contextOf(viewer, requestId),
      contextNow: async () => {
        const now = await this.#callerOrError();
        // The owner filters by the rights it was shown at the opening, so changed rights need a new one.
        if (!hasSameRights(now.viewer, viewer)) throw rightsChanged();
        return this.contextOf(now.viewer, requestId);
      },
    };
  }

  /** The request id of a new operation. */
  begin(id: string): string {
    const requestId = newId('req');
    this.#requestIds.set(id, requestId);
    return requestId;
  }

  /** Forgets an operation that has ended; its request id, unless it had ended before. */
  finish(id: string): string | undefined {
    const requestId = this.#requestIds.get(id);
    this.#requestIds.delete(id);
    this.#streams.delete(id);
    return requestId;
  }

  /** Keeps a subscription, opened with these rights, within reach of `recheck`. */
  track(id: string, stream: Endable, viewer: Viewer): void {
    this.#streams.set(id, { stream, viewer });
  }

  /** Looks at the rights again, now that they may have changed. */
  async recheck(): Promise<void> {
    try {
      const now = await this.#callerOrError();
      for (const { stream, viewer } of this.#streams.values())
        if (!hasSameRights(now.viewer, viewer)) stream.fail(rightsChanged());
    } catch (error) {
      // Rights that cannot be looked up are no rights.
      this.#failStreams(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Stops watching; for a socket that is closed. */
  dispose(): void {
    this.#isEnded = true;
    clearTimeout(this.#expiry);
  }

  async #callerOrError(): Promise<Caller> {
    try {
      return await this.caller();
    } catch (error) {
      throw error instanceof Refusal ? firstError(error) : error;
    }
  }

  #watchExpiry(): void {
    const { credential, clock } = this.#options;
    if (this.#isEnded || credential.kind !== 'SESSION') return;
    const leftMs = credential.expiresAtMs - clock.now().getTime();
    this.#expiry = setTimeout(
      () => void this.recheck().finally(() => this.#watchExpiry()),
      Math.min(Math.max(leftMs, 0), maxTimerMs),
    );
    this.#expiry.unref();
  }

  #end(refusal: Refusal): void {
    this.dispose();
    this.#failStreams(firstError(refusal));
    // The streams' last messages are written in this turn; the close follows them.
    setImmediate(() => this.#options.socket.close(forbiddenCloseCode, refusal.code));
  }

  #failStreams(error: Error): void {
    for (const { stream } of this.#streams.values()) stream.fail(error);
  }
}

function firstError({ errors }: Refusal): GraphQLError {
  return errors[0] ?? new GraphQLError('refused without a reason');
}

function rightsChanged(): GraphQLError {
  return firstError(refuse(403, 'RESYNC_REQUIRED', 'Your rights have changed: read again and subscribe again.'));
}

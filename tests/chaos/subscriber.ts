import { createClient } from 'graphql-ws';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Caller } from './caller.js';
import { LIVE } from './documents.js';

/** An event as a subscriber got it. */
export interface HeardEvent {
  readonly cursor: string;
  readonly status: string;
  /** null where the order could not be read at that moment. */
  readonly orderId: string | null;
}

/** Somebody who follows an outlet's orders through any door, over all deaths of sockets. */
export interface Subscriber {
  readonly outletId: string;
  /** Everything heard after the first cursor, in the order it came. */
  readonly events: readonly HeardEvent[];
  /** How often it had to subscribe again. */
  readonly resumed: number;
  /** What was heard beside events, each kind once. */
  readonly complaints: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Whose orders are followed, through which doors, and from after which cursor. */
export interface SubscriberOptions {
  readonly outletId: string;
  readonly caller: Caller;
  readonly doors: readonly string[];
  readonly since: string;
}

const PAUSE_MS = 150;

/** Follows until it is stopped; after the end of a socket it goes on after the last event it has. */
export function startSubscriber({ outletId, caller, doors, since }: SubscriberOptions): Subscriber {
  const events: HeardEvent[] = [];
  const complaints = new Set<string>();
  const abort = new AbortController();
  let turns = 0;
  const follow = async () => {
    for (; !abort.signal.aborted; turns += 1) {
      const token = await caller.token();
      const door = doors[turns % doors.length] ?? '';
      const variables = { outletId, since: events.at(-1)?.cursor ?? since };
      const complaint = await listen({ door, token, variables, signal: abort.signal }, (event) => events.push(event));
      complaints.add(complaint);
      // A session that is over cannot be told from other ends by every kind of end, and a new one does no harm.
      caller.forgetToken();
      if (!abort.signal.aborted) await sleep(PAUSE_MS);
    }
  };
  const following = follow();
  return {
    outletId,
    events,
    complaints,
    get resumed() {
      return Math.max(0, turns - 1);
    },
    stop: async () => {
      abort.abort();
      await following;
    },
  };
}

interface Listening {
  readonly door: string;
  readonly token: string;
  readonly variables: Record<string, unknown>;
  readonly signal: AbortSignal;
}

/** Listens on one socket until it ends, and says how it ended. */
function listen({ door, token, variables, signal }: Listening, hear: (event: HeardEvent) => void): Promise<string> {
  const client = createClient({
    url: `${door.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  return new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve('stopped'), { once: true });
    client.subscribe<Record<string, any>>(
      { query: LIVE, variables },
      {
        next: ({ data, errors }) => {
          const event = data?.['orderStatusChanged'];
          if (event) hear({ cursor: event.cursor, status: event.status, orderId: event.order?.id ?? null });
          else resolve(`no event: ${errors?.map(({ extensions }) => extensions?.['code']).join()}`);
        },
        error: (error) => resolve(describeEnd(error)),
        complete: () => resolve('completed'),
      },
    );
  }).finally(() => void client.dispose());
}

function describeEnd(error: unknown): string {
  if (Array.isArray(error)) return `refused: ${error.map(({ extensions }) => extensions?.code).join()}`;
  if (error instanceof Error) return error.message;
  if (typeof error === 'object' && error !== null && 'code' in error) return `closed ${String(error.code)}`;
  return 'ended';
}

import type { FormattedExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { errorCodes } from './api.js';
import type { GraphqlRequest } from './api.js';
import { refreshSession } from './session.js';

// https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md: Unauthorized and Forbidden.
const REFUSED_CLOSE_CODES = [4401, 4403];
const RETRY_ATTEMPTS = 10;
const KEEP_ALIVE_MS = 15_000;

type Headers = () => Readonly<Record<string, string>>;
type Events = AsyncIterableIterator<FormattedExecutionResult>;

/**
 * The events of a subscription. Lost connections are opened again; an access token that expires on the way
 * is replaced once for each time it worked. Not an async generator: stopping one waits for its next event.
 */
export function subscribe(request: GraphqlRequest, headers: Headers): Events {
  let events = open(request, headers);
  let isStopped = false;
  let mayRefresh = true;

  async function next(): Promise<IteratorResult<FormattedExecutionResult>> {
    const result = await events.next().catch((failure: unknown) => ({ failure }));
    const isExpired = 'failure' in result ? isRefused(result.failure) : !result.done && isRefused(result.value.errors);
    if (isExpired && mayRefresh) {
      mayRefresh = false;
      if ((await refreshSession()) && !isStopped) {
        await events.return?.();
        events = open(request, headers);
        return next();
      }
    }
    if ('failure' in result) throw readable(result.failure);
    mayRefresh = !isExpired;
    return result;
  }

  return {
    next,
    return: async () => {
      isStopped = true;
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** One connection for each subscription, so that each starts with the rights its reader has by then. */
function open({ query, operationName, variables }: GraphqlRequest, headers: Headers): Events {
  const client = createClient({
    url: `${location.origin.replace(/^http/, 'ws')}/graphql`,
    connectionParams: headers,
    retryAttempts: RETRY_ATTEMPTS,
    keepAlive: KEEP_ALIVE_MS,
    shouldRetry: (reason) => reason instanceof CloseEvent && !isRefused(reason),
  });
  return client.iterate({ query, operationName, variables: isRecord(variables) ? variables : null });
}

function isRefused(reason: unknown): boolean {
  if (!(reason instanceof CloseEvent)) return errorCodes(reason).includes('TOKEN_EXPIRED');
  return REFUSED_CLOSE_CODES.includes(reason.code) || reason.reason.includes('TOKEN_EXPIRED');
}

/** GraphiQL prints an Error's message, and lists of GraphQL errors as they are. */
function readable(reason: unknown): unknown {
  if (!(reason instanceof CloseEvent)) return reason;
  return new Error(`The server closed the connection: ${reason.code} ${reason.reason}`.trim());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

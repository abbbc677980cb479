import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An answer over HTTP; a test reads its data freely. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: {
    data?: Record<string, any>;
    errors?: { message: string; path?: unknown[]; extensions: Record<string, any> }[];
    extensions?: Record<string, any>;
  };
}

/** Somebody's way to ask. */
export interface TestClient {
  readonly accessToken: string;
  readonly refreshToken: string;
  ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<HttpAnswer>;
  subscribe(query: string, variables?: Record<string, unknown>): TestSubscription;
}

/** An open subscription: what has come so far, and a way to wait for more. */
export interface TestSubscription {
  readonly events: Record<string, any>[];
  readonly errors: unknown[];
  /** The code the socket was closed with. */
  readonly closed: Promise<number>;
  /** Resolves with the first `count` events; rejects after ten seconds. */
  take(count: number): Promise<Record<string, any>[]>;
  close(): Promise<void>;
}

/** Signs in as a demo user; throws with the answer when that is refused. Subscriptions may go to another gateway. */
export async function signIn(
  url: string,
  user?: { identifier: string; password: string },
  subscriptionUrl = url,
): Promise<TestClient> {
  const login =
    'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code message } } }';
  const { body } = await post(url, { query: login, variables: { input: user } }, {});
  if (!body.data?.['login']?.accessToken) throw new Error(`Could not sign in: ${JSON.stringify(body)}`);
  return clientOf(url, body.data['login'], subscriptionUrl);
}

/** The same person at another door. */
export function atDoor({ accessToken, refreshToken }: TestClient, url: string, subscriptionUrl = url): TestClient {
  return clientOf(url, { accessToken, refreshToken }, subscriptionUrl);
}

/** A way to ask with these tokens, or as nobody with empty ones. */
export function clientOf(
  url: string,
  tokens: { accessToken: string; refreshToken: string },
  subscriptionUrl = url,
): TestClient {
  const credentials: Record<string, string> = tokens.accessToken
    ? { authorization: `Bearer ${tokens.accessToken}` }
    : {};
  return {
    ...tokens,
    ask: (query, variables, headers) => post(url, { query, variables }, { ...credentials, ...headers }),
    subscribe: (query, variables) => subscribe(subscriptionUrl, { query, variables }, credentials),
  };
}

/** A program's way to ask, with its key. */
export function clientWithKey(url: string, apiKey: string): Pick<TestClient, 'ask' | 'subscribe'> {
  return {
    ask: (query, variables, headers) => post(url, { query, variables }, { 'x-api-key': apiKey, ...headers }),
    subscribe: (query, variables) => subscribe(url, { query, variables }, { apiKey }),
  };
}

async function post(url: string, body: object, headers: Record<string, string>): Promise<HttpAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as HttpAnswer['body'] };
}

function subscribe(
  url: string,
  payload: { query: string; variables?: Record<string, unknown> },
  connectionParams: object,
): TestSubscription {
  const closed = Promise.withResolvers<number>();
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { ...connectionParams },
    retryAttempts: 0,
    on: { closed: (event) => closed.resolve(codeOf(event)) },
  });
  const events: Record<string, any>[] = [];
  const errors: unknown[] = [];
  const waiting = new Set<() => void>();
  const wake = () => waiting.forEach((check) => check());
  client.subscribe<Record<string, any>>(payload, {
    next: ({ data, errors: failures }) => {
      if (data) events.push(data);
      if (failures) errors.push(...failures);
      wake();
    },
    error: (error) => {
      errors.push(error);
      wake();
    },
    complete: wake,
  });
  return {
    events,
    errors,
    closed: closed.promise,
    take: (count) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(new Error(`Only ${events.length} of ${count} events came: ${JSON.stringify({ events, errors })}`)),
          10_000,
        );
        const check = () => {
          if (events.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve(events.slice(0, count));
        };
        waiting.add(check);
        check();
      }),
    close: async () => client.dispose(),
  };
}

function codeOf(event: unknown): number {
  return typeof event === 'object' && event !== null && 'code' in event ? Number(event.code) : 0;
}

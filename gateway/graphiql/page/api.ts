import type { FormattedExecutionResult } from 'graphql';

const TIMEOUT_MS = 60_000;

/** One GraphQL operation as it is sent. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: unknown;
}

/** Sends an operation by HTTP; throws when the answer is not GraphQL, such as a proxy's error page. */
export async function post<Data = Record<string, unknown>>(
  request: GraphqlRequest,
  headers: Readonly<Record<string, string>> = {},
): Promise<FormattedExecutionResult<Data>> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json;q=0.9',
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify(request),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) {
    throw new Error(`The server answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  }
  return response.json();
}

/** The codes of an answer's errors, or of anything else that was thrown as a list of errors. */
export function errorCodes(errors: unknown): readonly unknown[] {
  return Array.isArray(errors) ? errors.map((error) => error?.extensions?.code) : [];
}

import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { SignInDocument, type TypedDocumentString } from '../../schema/client/graphql.js';

const answerShape = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Somebody who uses the public API: registered documents by their id, and live subscriptions. */
export interface ApiClient {
  /** Runs a registered document; throws when the API answers with errors. */
  run<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result>;
  /** Calls `onEvent` with each event until the returned function is called. */
  follow<Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
    onEvent: (event: Result) => void,
  ): () => void;
  close(): Promise<void>;
}

/** Signs in at `graphqlUrl`; throws with the API's own words when the sign-in is refused. */
export async function signIn(graphqlUrl: string, input: { identifier: string; password: string }): Promise<ApiClient> {
  const { login } = await send(graphqlUrl, { document: SignInDocument, variables: { input }, headers: {} });
  if (!login.accessToken)
    throw new Error(login.userErrors.map(({ message }) => message).join(' ') || 'The sign-in was refused.');
  const headers = { authorization: `Bearer ${login.accessToken}` };
  const socket = createClient({
    url: graphqlUrl.replace(/^http/, 'ws'),
    webSocketImpl: WebSocket,
    connectionParams: headers,
    lazy: true,
  });
  return {
    run: (document, variables) => send(graphqlUrl, { document, variables, headers }),
    follow: (document, variables, onEvent) => follow(socket, { query: document.toString(), variables }, onEvent),
    close: async () => socket.dispose(),
  };
}

interface Sending<Result, Variables> {
  readonly document: TypedDocumentString<Result, Variables>;
  readonly variables: Variables;
  readonly headers: Readonly<Record<string, string>>;
}

async function send<Result, Variables>(
  url: string,
  { document, variables, headers }: Sending<Result, Variables>,
): Promise<Result> {
  const documentId = document.__meta__?.['documentId'];
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ documentId, variables }),
    signal: AbortSignal.timeout(15_000),
  });
  const { data, errors } = answerShape.parse(await response.json());
  if (errors) throw new Error(errors.map(({ message }) => message).join(' '));
  // The generated type says what the server answers to this very document.
  return data as Result;
}

function follow<Result>(
  socket: Client,
  payload: { query: string; variables: Record<string, unknown> },
  onEvent: (event: Result) => void,
): () => void {
  return socket.subscribe<Result>(payload, {
    next: ({ data, errors }) => {
      if (errors) process.stderr.write(`${errors.map(({ message }) => message).join(' ')}\n`);
      if (data) onEvent(data);
    },
    error: (error) =>
      process.stderr.write(
        `The subscription ended: ${error instanceof Error ? error.message : JSON.stringify(error)}\n`,
      ),
    complete: () => {},
  });
}

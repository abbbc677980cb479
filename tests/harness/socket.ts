import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

/** An answer over a socket; a test reads its data freely. */
export interface SocketAnswer {
  readonly data?: Record<string, any> | null;
  readonly errors?: readonly { readonly extensions?: Record<string, any> }[];
}

/** An operation as it is sent. */
export interface SentOperation {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

/** A socket that asks for what is not a subscription. */
export interface AskingSocket {
  ask(operation: SentOperation): Promise<SocketAnswer>;
  close(): Promise<void>;
}

/** Opens a socket at a gateway with the first question. */
export function openSocket(url: string, connectionParams: Record<string, unknown> = {}): AskingSocket {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    // From one question to the next.
    lazyCloseTimeout: 500,
  });
  return {
    ask: (operation) =>
      new Promise((resolve, reject) => {
        client.subscribe<SocketAnswer['data']>(operation, {
          next: (answer) => resolve(answer as SocketAnswer),
          // A refusal before anything ran is told as errors alone.
          error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error)),
          complete: () => {},
        });
      }),
    close: async () => client.dispose(),
  };
}

/** Asks over so many sockets at once, one operation after the other on each; answers as they came. */
export async function askAll(
  url: string,
  { sockets, operations }: { sockets: number; operations: readonly SentOperation[] },
): Promise<SocketAnswer[]> {
  const waiting = [...operations];
  const answers: SocketAnswer[] = [];
  const work = async () => {
    const socket = openSocket(url);
    for (let next = waiting.shift(); next; next = waiting.shift()) answers.push(await socket.ask(next));
    await socket.close();
  };
  await Promise.all(Array.from({ length: sockets }, work));
  return answers;
}

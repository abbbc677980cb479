import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bin/demo/random.js';
import { LOGIN } from './documents.js';
import type { Journal } from './journal.js';

/** What became of a mutation, as far as its caller can know. */
export type Answer =
  | { readonly kind: 'DONE'; readonly payload: Record<string, any> }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string }
  | { readonly kind: 'UNKNOWN'; readonly why: string };

/** A person who asks through any door and signs in again when the session is over. */
export interface Caller {
  /** Sends a mutation of one root field once. */
  change(query: string, input: object): Promise<Answer>;
  /** The data of a query without errors; null when it cannot be had at the moment. */
  read(query: string, variables: object): Promise<Record<string, any> | null>;
  /** A token that is good now, for sockets. */
  token(): Promise<string>;
  /** Makes the next call sign in again, as when a socket was told that its token is over. */
  forgetToken(): void;
}

/** Who asks where. */
export interface CallerOptions {
  readonly doors: readonly string[];
  readonly user: { readonly identifier: string; readonly password: string };
  readonly random: Random;
  readonly journal: Journal;
}

/** Why no answer came. */
interface Failure {
  readonly why: string;
}

interface Reply {
  readonly data: Record<string, any> | null;
  readonly codes: readonly string[];
  readonly message: string;
}

const TIMEOUT_MS = 10_000;
const PAUSE_MS = 200;
const CLOSED_PAUSE_MS = 20;
const overCodes = ['TOKEN_EXPIRED', 'TOKEN_REVOKED', 'UNAUTHENTICATED'];
const unknownCodes = ['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'CONFLICT_RETRY'];

/** Makes a caller; it signs in at its first question. */
export function createCaller(options: CallerOptions): Caller {
  const { doors, random } = options;
  let token: Promise<string> | null = null;
  const currentToken = () => (token ??= signIn(options));
  const ask = async (query: string, variables: object): Promise<Reply | Failure> => {
    for (;;) {
      const shown = currentToken();
      const reply = await send(random.pick(doors), { query, variables }, await shown);
      if (isClosedDoor(reply)) {
        await sleep(CLOSED_PAUSE_MS);
        continue;
      }
      if ('why' in reply || !reply.codes.some((code) => overCodes.includes(code))) return reply;
      // Nothing was done: the credential is looked at before anything else.
      if (token === shown) token = null;
    }
  };
  return {
    token: currentToken,
    forgetToken: () => void (token = null),
    change: async (query, input) => toAnswer(await ask(query, { input })),
    read: async (query, variables) => {
      const reply = await ask(query, variables);
      return 'why' in reply || reply.codes.length > 0 ? null : reply.data;
    },
  };
}

async function signIn({ doors, user, random, journal }: CallerOptions): Promise<string> {
  for (;;) {
    const reply = await send(random.pick(doors), { query: LOGIN, variables: { input: user } }, '');
    const token = 'why' in reply ? null : reply.data?.['login']?.accessToken;
    if (token) {
      journal.counts.signIns += 1;
      return token;
    }
    await sleep(PAUSE_MS);
  }
}

async function send(door: string, body: object, token: string): Promise<Reply | Failure> {
  try {
    const response = await fetch(`${door}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { data = null, errors = [] } = (await response.json()) as { data?: any; errors?: any[] };
    return {
      data,
      codes: errors.map(({ extensions }) => String(extensions?.code)),
      message: errors.map(({ message }) => message).join(' '),
    };
  } catch (error) {
    return { why: whyOf(error) };
  }
}

function toAnswer(reply: Reply | Failure): Answer {
  if ('why' in reply) return { kind: 'UNKNOWN', ...reply };
  const [payload] = Object.values(reply.data ?? {});
  const [userError] = payload?.userErrors ?? [];
  if (userError) return { kind: 'REFUSED', code: userError.code, message: userError.message };
  const entities = Object.entries(payload ?? {}).filter(([name]) => name !== 'userErrors');
  if (entities.length > 0 && entities.every(([, entity]) => entity !== null)) return { kind: 'DONE', payload };
  const [code = 'NO_PAYLOAD'] = reply.codes;
  if (code === 'NO_PAYLOAD' || unknownCodes.includes(code)) return { kind: 'UNKNOWN', why: code };
  return { kind: 'REFUSED', code, message: reply.message };
}

/** A door that took no connection got nothing: another one may be asked as if for the first time. */
function isClosedDoor(reply: Reply | Failure): boolean {
  return 'why' in reply && reply.why === 'ECONNREFUSED';
}

// Errors of the network are not of this module's world when a test runner made one of its own: only their form tells.
function whyOf(error: unknown): string {
  const { cause, name, message } = Object(error);
  if (typeof cause?.code === 'string') return cause.code;
  return name === 'TimeoutError' ? `no answer within ${TIMEOUT_MS} ms` : String(message);
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../bin/demo/random.js';
import { LOGIN, REFRESH } from './documents.js';
import type { Journal } from './journal.js';

/** What became of a mutation, as far as its caller can know. */
export type Answer =
  | { readonly kind: 'DONE'; readonly payload: Record<string, any> }
  | { readonly kind: 'REFUSED'; readonly code: string; readonly message: string }
  | { readonly kind: 'UNKNOWN'; readonly why: string };

/** A person who asks through any door, from an address of their own; refreshes the token when it has ended, and signs in again when the session has. */
export interface Caller {
  /** Sends a mutation of one root field once. */
  change(query: string, input: object): Promise<Answer>;
  /** The data of a query without errors; null when it cannot be had at the moment. */
  read(query: string, variables: object): Promise<Record<string, any> | null>;
  /** A token that is good now, for sockets. */
  token(): Promise<string>;
  /** Makes the next call get another token, as when a socket was told that its token is over. */
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
  const address = `10.${random.between(0, 255)}.${random.between(0, 255)}.${random.between(1, 254)}`;
  const desk = { ...options, address };
  let pair: Promise<TokenPair> | null = null;
  let ended: Promise<TokenPair> | null = null;
  const currentPair = () => (pair ??= ended ? ended.then((before) => refresh(desk, before)) : signIn(desk));
  const forget = (shown: Promise<TokenPair> | null) => {
    // Nothing was done: the credential is looked at before anything else.
    if (shown && pair === shown) [pair, ended] = [null, shown];
  };
  const ask = async (query: string, variables: object): Promise<Reply | Failure> => {
    for (;;) {
      const shown = currentPair();
      const { accessToken } = await shown;
      const reply = await send(random.pick(doors), { query, variables }, { address, accessToken });
      if (isClosedDoor(reply)) {
        await sleep(CLOSED_PAUSE_MS);
        continue;
      }
      if ('why' in reply || !reply.codes.some((code) => overCodes.includes(code))) return reply;
      forget(shown);
    }
  };
  return {
    token: async () => (await currentPair()).accessToken,
    forgetToken: () => forget(pair),
    change: async (query, input) => toAnswer(await ask(query, { input })),
    read: async (query, variables) => {
      const reply = await ask(query, variables);
      return 'why' in reply || reply.codes.length > 0 ? null : reply.data;
    },
  };
}

interface TokenPair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

type Desk = CallerOptions & { readonly address: string };

async function signIn(desk: Desk): Promise<TokenPair> {
  for (;;) {
    const pair = await exchange(desk, { query: LOGIN, variables: { input: desk.user } });
    if (pair !== 'UNKNOWN' && pair !== 'REFUSED') {
      desk.journal.counts.signIns += 1;
      return pair;
    }
    await sleep(PAUSE_MS);
  }
}

/** The next pair. A reply that is lost is asked for again, with the same token: that is what the grace is for. */
async function refresh(desk: Desk, { refreshToken }: TokenPair): Promise<TokenPair> {
  for (;;) {
    const pair = await exchange(desk, { query: REFRESH, variables: { input: { refreshToken } } });
    if (pair === 'REFUSED') return signIn(desk);
    if (pair !== 'UNKNOWN') {
      desk.journal.counts.refreshes += 1;
      return pair;
    }
    await sleep(PAUSE_MS);
  }
}

async function exchange({ doors, random, address }: Desk, body: object): Promise<TokenPair | 'REFUSED' | 'UNKNOWN'> {
  const reply = await send(random.pick(doors), body, { address, accessToken: '' });
  const payload: any = 'why' in reply ? null : Object.values(reply.data ?? {})[0];
  if (payload?.accessToken) return payload;
  return payload?.userErrors?.length > 0 ? 'REFUSED' : 'UNKNOWN';
}

async function send(
  door: string,
  body: object,
  { address, accessToken }: { address: string; accessToken: string },
): Promise<Reply | Failure> {
  try {
    const response = await fetch(`${door}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': address,
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      },
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

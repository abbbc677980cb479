import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { SignJWT } from 'jose';
import { WebSocket } from 'ws';
import { signatureLifetimeMs, signViewer } from '../domain/viewer-signature.js';
import { anonymous, system, type Viewer } from '../domain/viewer.js';
import { plusMs, type Clock } from '../process/clock.js';

/** The subgraph that is asked, and what its gateway would sign with. */
export interface DirectAccess {
  readonly name: string;
  readonly viewerSecret: string;
  readonly clock: Clock;
  /** A mutation that would change something; one that only asks for its type's name unless told. */
  readonly mutation?: string;
  /** An access token of a user; one signed with a key of the test's own unless told. */
  readonly userToken?: string;
}

/** One request past the gateway, and what a subgraph may answer to it: a refusal without a word of its schema. */
export interface DirectAccessCase {
  readonly title: string;
  /** Sends it to the subgraph at a URL such as `http://127.0.0.1:4003`. */
  send(url: string): Promise<DirectAnswer>;
}

/** What came back; a WebSocket that opens has the status 101. */
export interface DirectAnswer {
  readonly status: number;
  readonly body: string;
}

type Headers = Readonly<Record<string, string>>;
type Send = (url: string, headers: Headers) => Promise<DirectAnswer>;

/** All the body a refused caller may see; a refused upgrade has none. */
export const refusalBody =
  '{"errors":[{"message":"A subgraph answers the gateway only.","extensions":{"code":"UNAUTHENTICATED"}}]}';

/** Every bad credential by every way in; each must be answered 401, with `refusalBody` or nothing. */
export function directAccessCases(access: DirectAccess): DirectAccessCase[] {
  const everywhere = credentialsFor(access).flatMap(([credential, headers]) =>
    Object.entries({ ...waysIn(access), ...eventWays }).map(([way, send]) => ({
      title: `${way} with ${credential}`,
      send: async (url: string) => send(url, await headers()),
    })),
  );
  const user: Viewer = { ...anonymous, kind: 'USER', id: 'usr_1' };
  const aUsersEvents = Object.entries(eventWays).map(([way, send]) => ({
    title: `${way} with a signed user`,
    send: (url: string) => send(url, signed(access, user)),
  }));
  return [...everywhere, ...aUsersEvents];
}

function signed({ name, viewerSecret, clock }: DirectAccess, viewer: Viewer): Headers {
  return { 'x-viewer': signViewer(viewer, name, viewerSecret, clock.now()) };
}

/** Each is right in all but one thing. */
function credentialsFor(access: DirectAccess): [string, () => Headers | Promise<Headers>][] {
  const { name, viewerSecret, clock, userToken } = access;
  const otherSubgraph = name === 'layout' ? 'orders' : 'layout';
  const longAgo = () => plusMs(clock.now(), -signatureLifetimeMs);
  return [
    ['no token', () => ({})],
    ['an expired token', () => ({ 'x-viewer': signViewer(system, name, viewerSecret, longAgo()) })],
    ['a token for a wrong audience', () => signed({ ...access, name: 'gateway' }, system)],
    ['an altered token', () => altered(signed(access, anonymous))],
    ["another subgraph's token", () => signed({ ...access, name: otherSubgraph }, system)],
    ['forged role headers', () => ({ 'x-user-id': 'usr_1', 'x-user-role': 'ADMIN', 'x-user-slugs': 'all' })],
    ["a valid user's JWT", async () => bearer(userToken ?? (await tokenOfOwnKey()))],
  ];
}

function altered({ 'x-viewer': text = '' }: Headers): Headers {
  const [payload = '', signature = ''] = text.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const raised = Buffer.from(JSON.stringify({ ...claims, viewer: system })).toString('base64url');
  return { 'x-viewer': `${raised}.${signature}` };
}

function bearer(token: string): Headers {
  return { authorization: `Bearer ${token}`, 'x-viewer': token };
}

function tokenOfOwnKey(): Promise<string> {
  const { privateKey } = generateKeyPairSync('ed25519');
  return new SignJWT({ sub: 'usr_1', sid: 'ses_1' }).setProtectedHeader({ alg: 'EdDSA' }).sign(privateKey);
}

function waysIn({ mutation = 'mutation { __typename }' }: DirectAccess): Record<string, Send> {
  return {
    'a query': operation('{ __typename }'),
    'a mutation': operation(mutation),
    _service: operation('{ _service { sdl } }'),
    _entities: operation('{ _entities(representations: []) { __typename } }'),
    'a WebSocket': socketTo('/graphql'),
    GET: getFrom('/graphql?query=%7B__typename%7D'),
    'GET of another path': getFrom('/schema.graphql'),
    'a WebSocket at another path': socketTo('/nowhere'),
    'a body that is not JSON': postTo('/graphql', 'not JSON'),
    'a body that is too large': postTo('/graphql', 'x'.repeat(2_000_000)),
  };
}

const eventWays: Record<string, Send> = {
  '/events': getFrom('/events?after=0&limit=10'),
  '/events/flush': postTo('/events/flush', ''),
};

function operation(query: string): Send {
  return postTo('/graphql', JSON.stringify({ query }));
}

function postTo(path: string, body: string): Send {
  return async (url, headers) => {
    const sent = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } };
    const response = await fetch(`${url}${path}`, sent);
    return { status: response.status, body: await response.text() };
  };
}

function getFrom(path: string): Send {
  return async (url, headers) => {
    const response = await fetch(`${url}${path}`, { headers });
    return { status: response.status, body: await response.text() };
  };
}

function socketTo(path: string): Send {
  return (url, headers) => openSocket(`${url.replace('http', 'ws')}${path}`, headers);
}

/** What an upgrade to a WebSocket is answered with; one that opens is closed again. */
export async function openSocket(url: string, headers: Headers): Promise<DirectAnswer> {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  const answer = await Promise.race([
    once(socket, 'open').then(() => ({ status: 101, body: '' })),
    once(socket, 'unexpected-response').then(async ([, response]) => {
      const chunks: unknown[] = await response.toArray();
      return { status: Number(response.statusCode), body: chunks.join('') };
    }),
  ]);
  socket.on('error', () => undefined).terminate();
  return answer;
}

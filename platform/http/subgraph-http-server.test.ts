import { once } from 'node:events';
import { connect } from 'node:net';
import { viewerWith } from '../../tests/harness/viewers.js';
import { signViewer } from '../domain/viewer-signature.js';
import { system } from '../domain/viewer.js';
import { openSocket, refusalBody } from './direct-access.fixture.js';
import { Opened, seen, viewerSecret, type ServedGraph } from './served-graph.fixture.js';

const opened = new Opened();
const admin = viewerWith({ slugs: ['all'], brandId: 'brd_1' });
let served: ServedGraph;

beforeAll(async () => void (served = await opened.graph()));
afterAll(() => opened.close());
beforeEach(() => Object.assign(seen, { executed: 0, left: [] }));

type Headers = Record<string, string>;

const signed = (): Headers => ({
  'x-viewer': signViewer(admin, 'orders', viewerSecret, served.graph.clock.now()),
});

const representations = [{ __typename: 'Dish', id: 'dsh_1' }];
const operations: [string, object][] = [
  ['a query', { query: '{ dishes { id } }' }],
  ['a mutation', { query: 'mutation { cook(name: "dal") { name } }' }],
  ['_service', { query: '{ _service { sdl } }' }],
  [
    '_entities',
    {
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Dish { id } } }',
      variables: { r: representations },
    },
  ],
];

async function post(body: string, headers: Headers, path = '/graphql') {
  const response = await fetch(`${served.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

describe('a subgraph asked by the gateway', () => {
  it.each(operations)('answers %s', async (_what, operation) => {
    const answer = await post(JSON.stringify(operation), signed());

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(JSON.parse(answer.text)).toEqual({ data: expect.anything() });
  });

  it('opens a socket at /graphql only', async () => {
    const sockets = served.url.replace('http', 'ws');

    expect(await openSocket(`${sockets}/graphql`, signed())).toEqual({ status: 101, body: '' });
    expect(await openSocket(`${sockets}/nowhere`, signed())).toEqual({ status: 404, body: '' });
  });

  it.each([
    ['a body that is not JSON', 400, '{', {}],
    ['a batch', 400, '[]', {}],
    ['no query', 400, '{}', {}],
    ['variables that are none', 400, '{"query":"{facts}","variables":[1]}', {}],
    ['what is not GraphQL', 400, '{"query":"{"}', {}],
    ['a deadline that is none', 400, '{"query":"{facts}"}', { 'x-deadline-ms': 'soon' }],
    ['a form', 415, 'query=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['more than a megabyte', 413, `{"query":"#${'x'.repeat(1_048_576)}"}`, {}],
  ])('refuses %s with %i', async (_what, status, body, headers) => {
    const answer = await post(body, { ...signed(), ...headers });

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'BAD_REQUEST' } }],
    });
    expect(seen.executed).toBe(0);
  });

  it('refuses other methods and other paths', async () => {
    const get = await fetch(`${served.url}/graphql`, { headers: signed() });

    expect(get.status).toBe(405);
    expect((await post('{}', signed(), '/nowhere')).status).toBe(404);
  });

  it('takes a batch of entities of nearly a megabyte', async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => ({ __typename: 'Dish', id: `dsh_${n}` }));
    const operation = operations[3]?.[1];
    const answer = await post(JSON.stringify({ ...operation, variables: { r: many } }), signed());

    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text).data._entities).toHaveLength(20_000);
  });

  it('F4: drops an answer that nobody waits for any more', async () => {
    const answer = await post('{"query":"{ slow(ms: \\"300\\") }"}', { ...signed(), 'x-deadline-ms': '50' });

    expect(answer.status).toBe(504);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'DEADLINE_PASSED' } }] });
    expect(seen.executed).toBe(1);
  });

  it('outlives callers that reset their connection while they are refused', async () => {
    for (let n = 0; n < 20; n += 1) {
      const socket = connect(served.port, '127.0.0.1');
      socket.write('GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      setImmediate(() => socket.resetAndDestroy());
      await once(socket, 'close');
    }
    expect((await post('{"query":"{ facts }"}', signed())).status).toBe(200);
  });
});

it('answers probes of anybody, and tells why it is not ready', async () => {
  const probe = async (path: string) => {
    const response = await fetch(`${served.url}${path}`);
    return [response.status, await response.json()];
  };

  expect(await probe('/livez')).toEqual([200, { status: 'ok' }]);
  expect(await probe('/health')).toEqual([200, { status: 'ok' }]);
  expect(await probe('/readyz')).toEqual([503, { status: 'unavailable', findings: ['the database is away'] }]);
  expect(await post('', {}, '/livez')).toMatchObject({ status: 401, text: refusalBody });
});

it('F11: finishes what is under way when it closes, and accepts nothing more', async () => {
  const closing = await opened.graph();
  const asking = fetch(`${closing.url}/graphql`, {
    method: 'POST',
    body: '{"query":"{ slow(ms: \\"150\\") }"}',
    headers: {
      'content-type': 'application/json',
      'x-viewer': signViewer(system, 'orders', viewerSecret, closing.graph.clock.now()),
    },
  });
  while (seen.executed === 0) await new Promise(setImmediate);

  const closed = closing.server.close();
  const response = await asking;

  expect(await response.json()).toEqual({ data: { slow: 'done' } });
  expect(response.headers.get('connection')).toBe('close');
  await closed;
  await expect(fetch(closing.url)).rejects.toThrow();
});

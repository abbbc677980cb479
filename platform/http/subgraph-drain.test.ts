import { once } from 'node:events';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { until } from '../events/events.fixture.js';
import { signViewer } from '../domain/viewer-signature.js';
import { system } from '../domain/viewer.js';
import { Opened, seen, viewerSecret } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => {
  opened = new Opened();
  Object.assign(seen, { executed: 0, left: [], gate: Promise.resolve() });
});
afterEach(() => opened.close());

const upTo60 = Array.from({ length: 60 }, (_, n) => n);

/** A served subgraph with 60 sockets, the codes they were closed with, and who may ask it. */
async function withSockets() {
  const { graph, server, url, port } = await opened.graph();
  const viewer = signViewer(system, 'orders', viewerSecret, graph.clock.now());
  const codes: number[] = [];
  for (const _ of upTo60) {
    const headers = { 'x-viewer': viewer };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    socket.on('close', (code) => codes.push(code));
    await once(socket, 'open');
  }
  return { server, url, port, viewer, codes };
}

describe('F11: a subgraph that closes', () => {
  it('tells its sockets one after the other while a mutation under way is answered', async () => {
    const { server, url, viewer, codes } = await withSockets();
    const gate = Promise.withResolvers<void>();
    seen.gate = gate.promise;
    const cooking = fetch(`${url}/graphql`, {
      method: 'POST',
      body: '{"query":"mutation { cook(name: \\"dal\\") { name } }"}',
      headers: { 'content-type': 'application/json', 'x-viewer': viewer },
    });
    await until(() => seen.executed === 1);

    const closed = server.close();
    await until(() => codes.length > 0);
    expect(codes.length).toBeLessThan(60);
    await until(() => codes.length === 60);
    gate.resolve();
    const response = await cooking;

    expect(codes).toEqual(upTo60.map(() => 1001));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { cook: { name: 'dal' } } });
    await closed;
  });

  it('loses none of the mutations that keep coming over open connections, and says that it is not ready', async () => {
    const [ending, staying] = [await opened.graph({ leaveMs: 300 }), await opened.graph()];
    const client = opened.client([ending.url, staying.url]);
    const request = staying.graph.requestOf(system, 'mutation { cook(name: "dal") { name } }');
    let isOver = false;
    let cooked = 0;
    const cook = async () => {
      while (!isOver) {
        expect(await client.execute(request)).toEqual({ data: { cook: { name: 'dal' } } });
        cooked += 1;
      }
    };
    const cooking = Promise.all(Array.from({ length: 16 }, cook));
    await until(() => cooked > 100);

    const closed = ending.server.close();
    const probe = await fetch(`${ending.url}/readyz`);
    await closed;
    const cookedByThen = cooked;
    await until(() => cooked > cookedByThen + 100);
    isOver = true;
    await cooking;

    expect([probe.status, await probe.json()]).toEqual([
      503,
      { status: 'unavailable', findings: ['the replica is about to end'] },
    ]);
    await expect(fetch(`${ending.url}/livez`)).rejects.toThrow('fetch failed');
  });

  it('opens no socket while it tells the others', async () => {
    const { server, port, viewer, codes } = await withSockets();
    const late = connect(port, '127.0.0.1');
    const handshake = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    late.write(`GET /graphql HTTP/1.1\r\nhost: x\r\nx-viewer: ${viewer}\r\n${handshake}`);
    await once(late, 'connect');
    // A connection is known to the server once it has accepted it.
    await new Promise((resolve) => setTimeout(resolve, 50));

    const closed = server.close();
    late.write(`sec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`);
    const chunks = await late.toArray();

    expect(codes.length).toBeLessThan(60);
    expect(chunks.join('')).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    await closed;
  });
});

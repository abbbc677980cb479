import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import { WebSocketServer } from 'ws';
import { subgraphSubscriber } from '../../gateway/subgraph-call.js';
import { viewerWith } from '../../tests/harness/viewers.js';
import { signatureLifetimeMs } from '../domain/viewer-signature.js';
import { system } from '../domain/viewer.js';
import { readableLog, until } from '../events/events.fixture.js';
import type { AskedGraph } from '../graphql/asked-graph.fixture.js';
import type { SubgraphClient } from '../graphql/subgraph-client.js';
import { startListening } from './listening.js';
import { Opened, seen, sources, type Wire } from './served-graph.fixture.js';

let opened: Opened;

beforeEach(() => {
  opened = new Opened();
  Object.assign(seen, { executed: 0, left: [] });
  sources.clear();
});
afterEach(() => opened.close());

const text = 'subscription ($name: String!) { cooked(name: $name) }';
const lost = 'does not answer';

type Events = AsyncIterableIterator<ExecutionResult>;

async function open(client: SubgraphClient, graph: AskedGraph, name: string): Promise<Events> {
  const viewer = viewerWith({ slugs: [], brandId: 'brd_1', id: `usr_${name}` });
  const answer = await client.subscribe(graph.requestOf(viewer, text, { name }));
  if (!(Symbol.asyncIterator in answer)) throw new Error(`It was refused: ${JSON.stringify(answer)}`);
  return answer;
}

async function wired(times: { deadlineMs?: number; pingMs?: number } = {}) {
  const { graph, port, server, logged } = await opened.graph();
  const wire: Wire = await opened.wire(port);
  return { graph, wire, server, logged, client: opened.client([wire.url], times) };
}

const names = Array.from({ length: 20 }, (_, n) => `pot-${n}`);

describe('subscriptions of many viewers', () => {
  it('share one socket, and each gets what is its own, in order', async () => {
    const { graph, wire, client } = await wired();
    const all = await Promise.all(names.map((name) => open(client, graph, name)));

    for (const number of [1, 2, 3]) for (const name of names) sources.get(name)?.push(number);

    for (const number of [1, 2, 3])
      for (const [position, events] of all.entries()) {
        const name = names[position];
        expect(await events.next()).toEqual({
          value: { data: { cooked: `${name} ${number} for usr_${name}` } },
          done: false,
        });
      }
    expect(wire.connections).toBe(1);
  });

  it('end each by itself: left by its reader, at once', async () => {
    const { graph, wire, client } = await wired();
    const [left, stays] = [await open(client, graph, 'left'), await open(client, graph, 'stays')];
    const waiting = left.next();

    expect(await left.return?.()).toEqual({ value: undefined, done: true });
    await until(() => seen.left.length > 0);

    expect(seen.left).toEqual(['left']);
    expect(await waiting).toEqual({ value: undefined, done: true });
    sources.get('stays')?.push(1);
    expect((await stays.next()).value).toEqual({ data: { cooked: 'stays 1 for usr_stays' } });
    expect(wire.connections).toBe(1);
  });

  it('are opened again on another socket while the last one closes', async () => {
    const { graph, wire, client } = await wired();
    for (const name of names) {
      const events = await open(client, graph, name);
      sources.get(name)?.push(1);
      expect((await events.next()).value).toEqual({ data: { cooked: `${name} 1 for usr_${name}` } });
      await events.return?.();
    }
    await until(() => seen.left.length === names.length);

    expect(wire.connections).toBe(names.length);
  });

  it('end each by itself: by their source', async () => {
    const { graph, client, logged } = await wired();
    const [ends, fails, stays] = [
      await open(client, graph, 'ends'),
      await open(client, graph, 'fails'),
      await open(client, graph, 'stays'),
    ];

    sources.get('ends')?.push(1);
    sources.get('ends')?.end();
    sources.get('fails')?.fail(new Error('secret_table is gone'));

    expect(await ends.next()).toMatchObject({ done: false });
    expect(await ends.next()).toEqual({ value: undefined, done: true });
    await expect(fails.next()).rejects.toThrow(/^(?!.*secret_table)http.* ended the subscription/);
    expect(logged).toMatchObject([{ err: { message: 'secret_table is gone' }, subgraph: 'orders' }]);
    sources.get('stays')?.push(1);
    expect((await stays.next()).value).toEqual({ data: { cooked: 'stays 1 for usr_stays' } });
  });

  it('S2: are signed each by itself, however long the socket is open', async () => {
    const { graph, wire, client } = await wired();
    const stays = await open(client, graph, 'stays');
    const late = graph.requestOf(system, text, { name: 'late' });
    graph.clock.advance(signatureLifetimeMs);

    await expect(client.subscribe(late)).rejects.toThrow('A subgraph answers the gateway only.');
    await expect(client.subscribe({ ...late, signedViewer: '' })).rejects.toThrow(
      'A subgraph answers the gateway only.',
    );

    expect(sources.has('late')).toBe(false);
    await open(client, graph, 'again');
    sources.get('stays')?.push(1);
    expect((await stays.next()).value).toEqual({ data: { cooked: 'stays 1 for usr_stays' } });
    expect(wire.connections).toBe(1);
  });
});

describe('a subscription over the wire', () => {
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it.each(['FORBIDDEN', 'NOT_FOUND', 'resync', 'malformed', 'crash'])(
    'is refused as in one process: %s',
    async (name) => {
      const { graph, client } = await wired();
      const request = graph.requestOf(system, text, { name });

      const [local, remote] = [await graph.client.subscribe(request), await client.subscribe(request)];

      expect(plain(remote)).toEqual(plain(local));
      expect(plain(remote)).toMatchObject({ errors: [{ extensions: { code: expect.any(String) } }] });
    },
  );

  it('tells failed events as in one process', async () => {
    const { graph, client } = await wired();
    const events = await open(client, graph, 'one');

    sources.get('one')?.push(-1);

    expect(plain(await events.next())).toEqual({
      value: {
        data: { cooked: null },
        errors: [
          {
            message: 'Because of NOT_FOUND.',
            path: ['cooked'],
            extensions: expect.objectContaining({ code: 'NOT_FOUND' }),
          },
        ],
      },
      done: false,
    });
  });

  it.each([
    '{ facts }',
    'mutation { cook(name: "dal") { name } }',
    '{',
    'subscription A { cooked(name: "a") } subscription B { cooked(name: "b") }',
  ])('is nothing else than a subscription: %s', async (query) => {
    const { graph, client } = await wired();

    await expect(client.subscribe(graph.requestOf(system, query))).rejects.toThrow('Sockets carry subscriptions.');
    expect(seen.executed).toBe(0);
  });

  it('needs a signed viewer for its socket', async () => {
    const { graph, client } = await wired();

    await expect(
      client.subscribe({ ...graph.requestOf(system, text, { name: 'one' }), signedViewer: '' }),
    ).rejects.toThrow('401');
    expect(sources.size).toBe(0);
  });
});

describe('a socket that is lost', () => {
  it('ends its subscriptions with what has come and an error, and the next one opens another', async () => {
    const { graph, wire, client } = await wired();
    const all = await Promise.all(names.map((name) => open(client, graph, name)));
    sources.get('pot-0')?.push(1);
    await sleep(50);

    wire.cut();

    expect(await all[0]?.next()).toMatchObject({ done: false });
    const ends = await Promise.allSettled(all.map((events) => events.next()));
    expect(ends.map((end) => end.status === 'rejected' && String(end.reason).includes(lost))).toEqual(
      names.map(() => true),
    );
    await until(() => seen.left.length === names.length);

    const events = await open(client, graph, 'again');
    sources.get('again')?.push(1);
    expect(await events.next()).toMatchObject({ done: false });
    expect(wire.connections).toBe(2);
  });

  it('F4: is noticed when it is half-open', async () => {
    const { graph, wire, client } = await wired({ pingMs: 50 });
    const events = await open(client, graph, 'one');
    await sleep(200);
    sources.get('one')?.push(1);
    expect(await events.next()).toMatchObject({ done: false });

    wire.freeze();

    await expect(events.next()).rejects.toThrow('4499');
  });

  it('F4: is given up at the deadline while it opens', async () => {
    const { graph, wire, client } = await wired({ deadlineMs: 200 });
    wire.freeze();

    await expect(open(client, graph, 'one')).rejects.toThrow('no answer within 200 ms');
    expect(sources.size).toBe(0);
  });

  it('F11: is one whose subgraph goes away', async () => {
    const { graph, server, client } = await wired();
    const events = await open(client, graph, 'one');

    await server.close();

    await expect(events.next()).rejects.toThrow('closed with 1001');
    expect(seen.left).toEqual(['one']);
    await expect(open(client, graph, 'two')).rejects.toThrow(lost);
  });

  it('F1: is opened at another replica', async () => {
    const [gone, living] = [await opened.graph(), await opened.graph()];
    await gone.server.close();
    const client = opened.client([gone.url, living.url]);

    const events = await open(client, living.graph, 'one');

    sources.get('one')?.push(1);
    expect(await events.next()).toMatchObject({ done: false });
  });

  it('is unavailable to the gateway', async () => {
    const { graph, wire } = await wired();
    await wire.close();
    const line = {
      name: 'orders',
      client: opened.client([wire.url]),
      sign: () => graph.requestOf(system, text).signedViewer,
      deadlineMs: 5_000,
      log: readableLog().log,
    };
    const { requestId, idempotencyKey, remoteAddress, userAgent } = graph.requestOf(system, text);

    await expect(
      subgraphSubscriber(line)(
        { query: text, variables: { name: 'one' } },
        { viewer: system, requestId, idempotencyKey, remoteAddress, userAgent },
      ),
    ).rejects.toMatchObject({ name: 'SubgraphUnavailable', subgraph: 'orders' });
  });

  it('does not begin anew unseen', async () => {
    const server = createServer();
    const sockets = new WebSocketServer({ server });
    let subscribed = 0;
    sockets.on('connection', (socket) =>
      socket.on('message', (data) => {
        const { type, id } = JSON.parse(String(data));
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type !== 'subscribe') return;
        socket.send(JSON.stringify({ type: 'next', id, payload: { extensions: { opened: true } } }));
        if ((subscribed += 1) === 1) socket.close(1000);
      }),
    );
    const { url } = await startListening(server, 0, '127.0.0.1');
    opened.add(async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    });
    const { graph } = await opened.graph();

    const events = await open(opened.client([url]), graph, 'one');

    await expect(events.next()).rejects.toThrow('has begun anew');
  });
});

import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { startListening } from './listening.js';
import { closeStaggered, turnsOf } from './staggered-close.js';

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('turns', () => {
  it.each([
    [0, 500, 0, 0],
    [1, 500, 1, 1],
    [500, 500, 500, 1],
    [501, 500, 500, 2],
    [10_000, 500, 500, 20],
    [7, 3, 3, 3],
    [7, Infinity, 7, 1],
    [7, 0, 1, 7],
  ])('of %i items in at most %d are %i of at most %i', (items, mostTurns, count, largest) => {
    const turns = turnsOf(upTo(items), mostTurns);

    expect(turns).toHaveLength(count);
    expect(turns.flat()).toEqual(upTo(items));
    const sizes = turns.map(({ length }) => length);
    expect(Math.max(0, ...sizes)).toBe(largest);
    expect(Math.max(0, ...sizes) - Math.min(largest, ...sizes)).toBeLessThanOrEqual(1);
  });
});

describe('F11: sockets that are told to go away', () => {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  let port = 0;

  beforeAll(async () => void ({ port } = await startListening(server, 0, '127.0.0.1')));
  afterAll(async () => {
    sockets.close();
    await new Promise((resolve) => server.close(resolve));
  });

  async function open(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`);
    await once(socket, 'open');
    return socket;
  }

  it('are told one after the other, in the order they came', async () => {
    const heard: [number, string][] = [];
    for (const _ of upTo(60)) (await open()).on('close', (code, reason) => heard.push([code, String(reason)]));
    const all = [...sockets.clients];
    const isTold = ({ readyState }: WebSocket) => readyState !== WebSocket.OPEN;

    const closed = closeStaggered(all);
    const seen: boolean[][] = [];
    while (heard.length < 60) {
      seen.push(all.map(isTold));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await closed;

    expect(heard).toEqual(Array(60).fill([1001, 'Going away']));
    const toldAtATime = seen.map((told) => told.filter(Boolean).length);
    expect(seen).toEqual(toldAtATime.map((count) => all.map((_, number) => number < count)));
    // Even on a machine too busy to keep the gaps: never all at once.
    expect(new Set(toldAtATime).size).toBeGreaterThan(2);
  });

  it('are cut off where they do not answer, and nobody waits for those that have left by themselves', async () => {
    const silent = connect(port, '127.0.0.1');
    const handshake = 'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n';
    silent.write(`GET / HTTP/1.1\r\nhost: x\r\n${handshake}sec-websocket-key: ${'A'.repeat(22)}==\r\n\r\n`);
    await once(silent, 'data');
    const [left, leaving] = [await open(), await open()];
    const told = [...sockets.clients];
    left.close(1000);
    await once(left, 'close');

    const closed = closeStaggered(told, 200);
    leaving.close(1000);
    await closed;

    expect(told.map(({ readyState }) => readyState)).toEqual(Array(3).fill(WebSocket.CLOSED));
    silent.destroy();
  }, 10_000);
});

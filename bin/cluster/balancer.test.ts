import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBalancer, type Balancer } from './balancer.js';
import { until } from './fake-programs.fixture.js';
import { findPorts } from './ports.js';

interface FakeGateway {
  readonly port: number;
  readonly sockets: Socket[];
  stop(): Promise<void>;
}

/** A server that says its name, or does what it is told, to everybody who connects. */
async function startGateway(port: number, greet: (socket: Socket) => void): Promise<FakeGateway> {
  const sockets: Socket[] = [];
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port, sockets, stop };
}

/** Waits for the end of a connection; true when it was not an orderly one. */
const closed = (socket: Socket) => new Promise<boolean>((resolve) => socket.once('close', resolve));
const sayName = (name: string) => (socket: Socket) => void socket.end(name);

describe('the balancer', () => {
  let balancer: Balancer;
  let ports: readonly number[];
  let gateways: FakeGateway[];

  beforeEach(async () => {
    ports = await findPorts(3);
    gateways = [];
    balancer = await startBalancer({ port: 0, host: '127.0.0.1', targets: ports });
  });
  afterEach(async () => {
    balancer.close();
    balancer.cut();
    for (const gateway of gateways) await gateway.stop();
  });

  const open = async (index: number, greet: (socket: Socket) => void = sayName(`g${index}`)) => {
    const gateway = await startGateway(ports[index] ?? 0, greet);
    gateways.push(gateway);
    return gateway;
  };
  const client = () => {
    const socket = connect({ port: balancer.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    return socket;
  };
  const hear = async (socket = client()) => {
    let heard = '';
    socket.on('data', (chunk) => (heard += String(chunk)));
    await closed(socket);
    return heard;
  };
  const ask = () => {
    const socket = client();
    socket.end();
    return hear(socket);
  };

  it('gives every connection to the next gateway', async () => {
    for (const index of [0, 1, 2]) await open(index);

    expect([await ask(), await ask(), await ask(), await ask()]).toEqual(['g0', 'g1', 'g2', 'g0']);
  });

  it('goes on to the one that accepts, and back to one that is there again', async () => {
    await open(1);
    expect([await ask(), await ask(), await ask()]).toEqual(['g1', 'g1', 'g1']);

    await open(0);
    await open(2);

    await until(async () => new Set([await ask(), await ask(), await ask()]).size === 3);
  });

  it('keeps a client waiting until a gateway is there', async () => {
    const answer = ask();
    await sleep(150);
    await open(2);

    expect(await answer).toBe('g2');
  });

  it('lets one direction end before the other', async () => {
    await open(0, (socket) => {
      let asked = '';
      socket.on('data', (chunk) => (asked += String(chunk)));
      socket.on('end', () => setTimeout(() => socket.end(`heard ${asked}`), 50));
    });
    const socket = client();

    socket.end('all of it');

    expect(await hear(socket)).toBe('heard all of it');
  });

  it('passes a reset by the gateway on to the client', async () => {
    const gateway = await open(0, (socket) => void socket.write('so far'));
    const socket = client();
    const failed = closed(socket);
    await once(socket, 'data');

    gateway.sockets[0]?.resetAndDestroy();

    expect(await failed).toBe(true);
  });

  it('passes a reset by the client on to the gateway', async () => {
    const gateway = await open(0, (socket) => void socket.write('so far'));
    const socket = client();
    await once(socket, 'data');
    const [accepted] = gateway.sockets;
    if (!accepted) throw new Error('Nothing was accepted.');
    accepted.resume();

    socket.resetAndDestroy();

    expect(await closed(accepted)).toBe(true);
  });

  it('survives clients that reset while they wait for a gateway', async () => {
    for (let count = 0; count < 5; count += 1) {
      const socket = client();
      await once(socket, 'connect');
      socket.write('x');
      socket.resetAndDestroy();
    }
    await sleep(100);
    await open(0);

    expect(await ask()).toBe('g0');
  });

  it('reads no faster than the slower side', async () => {
    const body = Buffer.alloc(64 * 1_024 * 1_024, 'dish ');
    const gateway = await open(0, (socket) => void socket.end(body));
    const socket = client();
    socket.pause();
    await until(() => gateway.sockets.length === 1);
    await sleep(300);
    expect(gateway.sockets[0]?.writableLength).toBe(body.length);

    const hash = createHash('sha256');
    socket.on('data', (chunk) => hash.update(chunk));
    socket.resume();
    socket.end();
    await closed(socket);

    expect(hash.digest('hex')).toBe(createHash('sha256').update(body).digest('hex'));
  });

  it('closes to new connections only', async () => {
    await open(0, (socket) => void socket.pipe(socket));
    const socket = client();
    socket.write('before');
    await once(socket, 'data');

    balancer.close();
    socket.write('after');

    expect(String((await once(socket, 'data'))[0])).toBe('after');
    const late = connect(balancer.port, '127.0.0.1');
    await expect(once(late, 'connect')).rejects.toThrow('ECONNREFUSED');

    socket.on('end', () => socket.end());
    balancer.cut();
    await closed(socket);
  });

  it('tells when its port is taken', async () => {
    await expect(startBalancer({ port: balancer.port, host: '127.0.0.1', targets: ports })).rejects.toThrow(
      'EADDRINUSE',
    );
  });
});

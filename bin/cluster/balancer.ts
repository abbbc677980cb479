import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the balancer listens on (port 0 takes a free one) and the ports on 127.0.0.1 it spreads connections over. */
export interface BalancerOptions {
  readonly port: number;
  readonly host: string;
  readonly targets: readonly number[];
}

/** One port before several processes. */
export interface Balancer {
  readonly port: number;
  /** Takes no more connections; the open ones go on until their gateway ends them. */
  close(): void;
  /** Cuts the connections that are still open. */
  cut(): void;
}

const ROUND_PAUSE_MS = 50;
const PATIENCE_MS = 10_000;

/**
 * Spreads connections over the gateways of one machine, byte for byte, so that keep-alive and WebSockets pass through.
 * A connection goes to the next gateway that accepts it, and waits up to 10 s when none does. For one machine only: it
 * knows neither TLS nor HTTP, and ends with its process; in production a real load balancer stands here. All clients have
 * its address behind it, so they share what limits allow one address.
 */
export async function startBalancer({ port, host, targets }: BalancerOptions): Promise<Balancer> {
  const open = new Set<Socket>();
  const nextTurn = takeTurns(targets);
  // Nothing is read from a client before there is somebody to read it.
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true }, (client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    // Without a listener a client that resets while it waits would end the process.
    client.on('error', () => client.destroy());
    void connectToOne(nextTurn).then((gateway) => (gateway ? join(client, gateway) : client.resetAndDestroy()));
  });
  server.listen(port, host);
  await once(server, 'listening');
  // A connection that the system could not give, for want of descriptors, harms no other.
  server.on('error', () => undefined);
  return {
    port: portOf(server),
    close: () => void server.close(),
    cut: () => open.forEach((client) => client.destroy()),
  };
}

/** All targets, in an order that begins with the next one at every call; a refusal costs nothing on the same machine. */
function takeTurns(targets: readonly number[]): () => readonly number[] {
  let turn = 0;
  return () => {
    const start = turn++ % targets.length;
    return [...targets.slice(start), ...targets.slice(0, start)];
  };
}

/** A connection to the first gateway that accepts one; null when none does for 10 s. */
async function connectToOne(nextTurn: () => readonly number[]): Promise<Socket | null> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < PATIENCE_MS) {
    for (const port of nextTurn()) {
      const gateway = await accepted(port);
      if (gateway) return gateway;
    }
    await sleep(ROUND_PAUSE_MS);
  }
  return null;
}

function accepted(port: number): Promise<Socket | null> {
  const gateway = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  return new Promise((resolve) => {
    gateway.once('connect', () => resolve(gateway));
    gateway.on('error', () => resolve(null));
  });
}

function join(client: Socket, gateway: Socket): void {
  if (client.destroyed) return void gateway.destroy();
  endTogether(client, gateway);
  endTogether(gateway, client);
  // A pipe stops reading where the other side does not take more, and passes the end of one direction on.
  client.pipe(gateway);
  gateway.pipe(client);
}

/** When one side is gone the other goes too: reset by a reset, and after the last bytes by an ordinary end. */
function endTogether(side: Socket, other: Socket): void {
  side.once('close', (hadError) => (hadError ? other.resetAndDestroy() : other.destroySoon()));
}

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('A TCP server has no port.');
  return address.port;
}

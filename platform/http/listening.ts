import type { Server } from 'node:http';

/** Where a server is reached. */
export interface Address {
  readonly url: string;
  readonly port: number;
}

/** Starts to listen, port 0 meaning a free one; rejects with what the system says, such as EADDRINUSE. */
export async function startListening(server: Server, port: number, host: string): Promise<Address> {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(port, host, () => listening.resolve());
  await listening.promise.finally(() => server.off('error', listening.reject));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server does not listen on a port.');
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`, port: address.port };
}

/** Accepts nothing more, lets answers under way finish for at most `graceMs`, then cuts them off. */
export async function stopListening(server: Server, graceMs: number): Promise<void> {
  if (!server.listening) return;
  const closed = Promise.withResolvers<void>();
  server.close(() => closed.resolve());
  // A kept-alive connection becomes idle when its answer is out; nobody else tells it that the server is closing.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed.promise;
  clearInterval(idle);
  clearTimeout(cutOff);
}

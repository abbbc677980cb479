import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { Log } from '../process/log.js';

/** A request to become a socket, as Node's HTTP server gives it. */
export interface Upgrade {
  readonly message: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** Answers an upgrade with a status such as `401 Unauthorized`, and nothing else. */
export function refuseUpgrade({ socket }: Upgrade, status: string): void {
  // Node leaves the socket to us: without a listener, a caller who resets it would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Hands an upgrade to the server's sockets; what breaks one of them off is logged and ends it alone. */
export function acceptUpgrade(sockets: WebSocketServer, { message, socket, head }: Upgrade, log: Log): void {
  sockets.handleUpgrade(message, socket, head, (opened) => {
    sockets.emit('connection', opened, message);
    // graphql-ws writes the errors of a socket to the console; `ws` closes it by itself, such as with 1009.
    opened.removeAllListeners('error').on('error', (error) => log.warn({ err: error }, 'socket broke off'));
  });
}

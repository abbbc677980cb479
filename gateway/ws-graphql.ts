import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../platform/process/log.js';
import { credentialOfSocket } from './credential.js';
import { mayOpenSocket } from './cross-origin.js';
import { maxBodyBytes } from './limits.js';
import { Refusal } from './refusal.js';
import { SocketSession } from './socket-session.js';
import { socketOperations, type SocketOperationsOptions } from './ws-operations.js';

/** What GraphQL over WebSocket stands on. */
export interface WsGraphqlOptions extends SocketOperationsOptions {
  readonly allowedOrigins: readonly string[];
}

/** GraphQL over WebSocket on the HTTP server's port. */
export interface WsGraphql {
  /** Takes an upgrade request; refuses other paths (404) and pages of foreign origins (403). */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every socket that the server is going away (1001) and waits for them, but not for long. */
  close(): Promise<void>;
}

// Long enough for a handshake, short enough for a stop.
const closeGraceMs = 2_000;

/** The protocol graphql-transport-ws with the limits, the documents and the credentials of HTTP. */
export function createWsGraphql(options: WsGraphqlOptions): WsGraphql {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxBodyBytes, perMessageDeflate: false });
  const sessions = new Map<WebSocket, SocketSession>();
  const server = useServer(
    {
      // Keeps inner messages out of close reasons.
      isProd: true,
      onConnect: ({ extra, connectionParams }) => connect(options, sessions, { ...extra, connectionParams }),
      onClose: ({ extra }) => disconnect(sessions, extra.socket),
      ...socketOperations(options, (socket) => sessions.get(socket)),
    },
    sockets,
  );
  const stopHearing = options.authentication.onChange((isAffected) => {
    for (const session of sessions.values()) if (isAffected(session.viewer)) void session.recheck();
  });
  return {
    upgrade: (message, socket, head) => {
      const refusal = refusedStatus(message, options.allowedOrigins);
      if (refusal) refuse(socket, refusal);
      else sockets.handleUpgrade(message, socket, head, (opened) => accept(sockets, opened, message, options.log));
    },
    close: async () => {
      stopHearing();
      const closed = Promise.resolve(server.dispose());
      await Promise.race([closed, delay(closeGraceMs, undefined, { ref: false })]);
      for (const socket of sockets.clients) socket.terminate();
      await closed;
    },
  };
}

// Node leaves a socket to us once it asks for an upgrade: without a listener, a caller who resets it would end the process.
function refuse(socket: Duplex, refusal: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function accept(sockets: WebSocketServer, opened: WebSocket, message: IncomingMessage, log: Log): void {
  sockets.emit('connection', opened, message);
  // graphql-ws writes the errors of a socket to the console; `ws` closes it by itself, such as with 1009.
  opened.removeAllListeners('error').on('error', (error) => log.warn({ err: error }, 'socket broke off'));
}

interface Connecting {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly connectionParams: Readonly<Record<string, unknown>> | undefined;
}

/** Whether the socket may stay; false closes it as 4403. */
async function connect(
  options: WsGraphqlOptions,
  sessions: Map<WebSocket, SocketSession>,
  connecting: Connecting,
): Promise<boolean> {
  const { authentication, clock, log } = options;
  const { socket, request, connectionParams } = connecting;
  try {
    const credential = await authentication.check(credentialOfSocket(connectionParams));
    const { viewer } = await authentication.callerOf(credential);
    const remoteAddress = request.socket.remoteAddress ?? '';
    // A socket that left while it was looked up has nobody to end its session.
    if (socket.readyState === socket.OPEN)
      sessions.set(socket, new SocketSession({ socket, credential, viewer, remoteAddress, authentication, clock }));
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.status === 401) return false;
    log.error({ err: error }, 'socket was not accepted');
    socket.close(1013, 'Try again later');
    return false;
  }
}

function disconnect(sessions: Map<WebSocket, SocketSession>, socket: WebSocket): void {
  sessions.get(socket)?.dispose();
  sessions.delete(socket);
}

function refusedStatus({ url, headers }: IncomingMessage, allowedOrigins: readonly string[]): string | null {
  if (url?.split('?')[0] !== '/graphql') return '404 Not Found';
  return mayOpenSocket(headers, allowedOrigins) ? null : '403 Forbidden';
}

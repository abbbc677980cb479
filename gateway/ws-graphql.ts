import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { acceptUpgrade, refuseUpgrade } from '../platform/http/socket-upgrade.js';
import { closeStaggered } from '../platform/http/staggered-close.js';
import type { ClientAddress } from './client-address.js';
import { credentialOfSocket } from './credential.js';
import { mayOpenSocket } from './cross-origin.js';
import { maxBodyBytes } from './limits.js';
import { Refusal } from './refusal.js';
import { forbiddenCloseCode, SocketSession } from './socket-session.js';
import { userAgentOf } from './user-agent.js';
import { socketOperations, type SocketOperationsOptions } from './ws-operations.js';

/** What GraphQL over WebSocket stands on. */
export interface WsGraphqlOptions extends SocketOperationsOptions {
  readonly allowedOrigins: readonly string[];
  readonly clientAddress: ClientAddress;
  /** The time between telling one socket to go away and the next, in milliseconds; 20 unless told. */
  readonly socketGapMs?: number;
}

/** GraphQL over WebSocket on the HTTP server's port. */
export interface WsGraphql {
  /** Takes an upgrade request; refuses other paths (404), pages of foreign origins (403) and, once it closes, all (503). */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells the sockets one after the other that the server is going away (1001); over within 12 s. */
  close(): Promise<void>;
}

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
  let isClosing = false;
  return {
    upgrade: (message, socket, head) => {
      const refusal = refusedStatus(message, options.allowedOrigins) ?? (isClosing ? '503 Service Unavailable' : null);
      if (refusal) refuseUpgrade({ message, socket, head }, refusal);
      else acceptUpgrade(sockets, { message, socket, head }, options.log);
    },
    close: async () => {
      isClosing = true;
      await closeStaggered(sockets.clients, options.socketGapMs);
      // Not before: a socket whose turn has not come still loses what its viewer may no longer see.
      stopHearing();
      await server.dispose();
    },
  };
}

interface Connecting {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly connectionParams: Readonly<Record<string, unknown>> | undefined;
}

/** Whether the socket may stay; otherwise it has been closed: as 4403 and what is wrong with its credential, or as 1013. */
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
    const remoteAddress = options.clientAddress(request);
    // A socket that left while it was looked up has nobody to end its session.
    if (socket.readyState === socket.OPEN)
      sessions.set(
        socket,
        new SocketSession({
          socket,
          credential,
          viewer,
          remoteAddress,
          userAgent: userAgentOf(request),
          authentication,
          clock,
        }),
      );
    return true;
  } catch (error) {
    // Closed here, as graphql-ws would say no more than "Forbidden".
    if (error instanceof Refusal && error.status === 401) socket.close(forbiddenCloseCode, error.code);
    else {
      log.error({ err: error }, 'socket was not accepted');
      socket.close(1013, 'Try again later');
    }
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

import { randomBytes } from 'node:crypto';

import { findPorts } from '../cluster/ports.js';
import { versionOf, type Program } from './binaries.js';
import { waitForAnswer, type Address } from './ready.js';
import type { Place, ServerKind } from './server-kind.js';
import { newServerFolder, startWatched } from './watched-server.js';

/** A server that was started here and can be taken away: with SIGKILL, and back on the same data and port. */
export type PrivateServer = {
  kill: () => Promise<void>;
  /** Resolves when it answers again. */
  again: () => Promise<void>;
};

/** A server that answers; `stop` ends it if it was started here, and `own` is null if it was not. */
export type Running = { url: string; describe: string; own: PrivateServer | null; stop: () => Promise<void> };

const READY_TIMEOUT_MS = 60_000;
const REACH_TIMEOUT_MS = 5_000;
const DEFAULT_PORTS = { MariaDB: 3306, Redis: 6379 } as const;

// Somebody else may take a free port before the server listens on it.
const ATTEMPTS = 3;

/** Makes sure that the server of a given URL answers; it is somebody else's, so it is never stopped. */
export async function useGiven(kind: ServerKind, url: string, variable: string): Promise<Running> {
  const { hostname, port, protocol } = new URL(url);
  const address = { host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) || DEFAULT_PORTS[kind.name] };
  // Redis over TLS says nothing to a plain greeting; its client will tell.
  if (protocol !== 'rediss:') {
    await waitForAnswer(address, kind.hello, REACH_TIMEOUT_MS).catch((error: unknown) => {
      throw new Error(`${variable} names a server that does not answer.`, { cause: error });
    });
  }
  const describe = `${kind.name} at ${address.host}:${address.port} as given`;
  return { url, describe, own: null, stop: async () => undefined };
}

/** Starts a private server on 127.0.0.1 with a fresh folder, port and password, and waits until it answers. */
export async function startPrivate(kind: ServerKind, program: Program): Promise<Running> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(kind, program);
    } catch (error) {
      if (attempt === ATTEMPTS || !/address already in use/i.test(String(error))) throw error;
    }
  }
}

async function startOnce(kind: ServerKind, program: Program): Promise<Running> {
  // Out of the way of outgoing connections: a server that was killed must find its port free.
  const [port = 0] = await findPorts(1);
  const place: Place = { folder: newServerFolder(), port, password: randomBytes(12).toString('hex') };
  const address: Address = { host: '127.0.0.1', port: place.port };
  const server = startWatched(kind.order(program, place));
  const answers = async () => {
    await Promise.race([waitForAnswer(address, kind.hello, READY_TIMEOUT_MS), server.failure]);
  };
  const again = () => {
    server.again();
    return answers();
  };
  try {
    await answers();
  } catch (error) {
    await server.stop();
    throw error;
  }
  const own = { kill: server.kill, again };
  return { url: kind.urlOf(place), describe: describe(kind, program, place), own, stop: server.stop };
}

function describe(kind: ServerKind, program: Program, place: Place): string {
  const version = /\d+\.\d+\.\d+/.exec(versionOf(program))?.[0] ?? 'of unknown version';
  const origin = program.loadPath ? 'unpacked packages' : program.binary;
  return `${kind.name} ${version} from ${origin} on 127.0.0.1:${place.port}`;
}

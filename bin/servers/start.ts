import { randomBytes } from 'node:crypto';

import { versionOf, type Program } from './binaries.js';
import { findFreePort, waitForAnswer, type Address } from './ready.js';
import type { Place, ServerKind } from './server-kind.js';
import { newServerFolder, startWatched } from './watched-server.js';

/** A server that answers; `stop` ends it if it was started here. */
export type Running = { url: string; describe: string; stop: () => Promise<void> };

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
  return { url, describe: `${kind.name} at ${address.host}:${address.port} as given`, stop: async () => undefined };
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
  const place: Place = {
    folder: newServerFolder(),
    port: await findFreePort(),
    password: randomBytes(12).toString('hex'),
  };
  const address: Address = { host: '127.0.0.1', port: place.port };
  const server = startWatched(kind.order(program, place));
  try {
    await Promise.race([waitForAnswer(address, kind.hello, READY_TIMEOUT_MS), server.failure]);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url: kind.urlOf(place), describe: describe(kind, program, place), stop: server.stop };
}

function describe(kind: ServerKind, program: Program, place: Place): string {
  const version = /\d+\.\d+\.\d+/.exec(versionOf(program))?.[0] ?? 'of unknown version';
  const origin = program.loadPath ? 'unpacked packages' : program.binary;
  return `${kind.name} ${version} from ${origin} on 127.0.0.1:${place.port}`;
}

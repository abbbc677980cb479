import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Command } from './binaries.js';

/** The empty folder for the server's data that a watchdog makes inside the server's own. */
export const DATA_FOLDER = 'data';

/** A command of a watched server; `inputFile`, a name in the server's folder, is fed to its stdin. */
export type WatchedCommand = Command & { inputFile?: string };

/** What a watchdog is to keep: a new folder with files, in which the commands run one after the other; the last one serves. */
export type WatchOrder = { name: string; folder: string; files: Record<string, string>; commands: WatchedCommand[] };

/**
 * A server under a watchdog: `failure` rejects when it ends by itself, `kill` ends it with SIGKILL and keeps its data,
 * `again` starts it on the same data, `stop` ends it and removes its folder.
 */
export type WatchedServer = {
  failure: Promise<never>;
  kill: () => Promise<void>;
  again: () => void;
  stop: () => Promise<void>;
};

/** What a watchdog is told after its order. */
export type WatchCommand = 'KILL' | 'AGAIN';

/** What a watchdog tells: that its server was killed as it was told, or why it ended. */
export type WatchReport = { kind: 'KILLED' } | { kind: 'FAILED'; reason: string };

const WATCHDOG = fileURLToPath(new URL('./watchdog.js', import.meta.url));

// A unix socket's whole path has at most 108 bytes on Linux and 104 on macOS.
const LONGEST_FOLDER = 80;

/** Names a folder that does not exist yet for one server's data, short enough for a unix socket in it. */
export function newServerFolder(temporary = tmpdir()): string {
  const folder = join(temporary, `twin-${randomBytes(6).toString('hex')}`);
  return Buffer.byteLength(folder) <= LONGEST_FOLDER ? folder : join('/tmp', `twin-${randomBytes(6).toString('hex')}`);
}

/** Starts a server that ends with this process, however this process ends; returns before the server is ready. */
export function startWatched(order: WatchOrder): WatchedServer {
  // A session of its own: an interrupt typed at the terminal must not end the watchdog before its server.
  const watchdog = spawn(process.execPath, [WATCHDOG], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const failure = failureOf(watchdog, order.name);
  watchdog.send(JSON.stringify(order));
  // A run that forgets to stop its servers still ends, and they with it.
  watchdog.unref();
  watchdog.channel?.unref();
  return {
    failure,
    kill: () => killServer(watchdog),
    again: () => tell(watchdog, 'AGAIN'),
    stop: () => stopWatchdog(watchdog),
  };
}

function failureOf(watchdog: ChildProcess, name: string): Promise<never> {
  const failure = new Promise<never>((_, reject) => {
    watchdog.on('message', (message) => {
      const report = reportIn(message);
      if (report.kind === 'FAILED') reject(new Error(report.reason));
    });
    watchdog.once('error', reject);
    watchdog.once('exit', () => reject(new Error(`${name} ended with its watchdog.`)));
  });
  // After the start nobody may be waiting for it; a later failure shows as a broken connection.
  failure.catch(() => undefined);
  return failure;
}

/** Resolves when the server is gone and its ports are free. */
async function killServer(watchdog: ChildProcess): Promise<void> {
  const killed = new Promise<void>((resolve, reject) => {
    watchdog.on('message', function hear(message) {
      if (reportIn(message).kind !== 'KILLED') return;
      watchdog.off('message', hear);
      resolve();
    });
    watchdog.once('exit', () => reject(new Error('The watchdog has ended.')));
  });
  // Whoever waits for this must not end meanwhile for want of anything else to do.
  watchdog.channel?.ref();
  tell(watchdog, 'KILL');
  await killed;
  watchdog.channel?.unref();
}

function tell(watchdog: ChildProcess, command: WatchCommand): void {
  watchdog.send(JSON.stringify(command));
}

function reportIn(message: unknown): WatchReport {
  return JSON.parse(String(message));
}

async function stopWatchdog(watchdog: ChildProcess): Promise<void> {
  if (watchdog.exitCode !== null || watchdog.signalCode !== null) return;
  watchdog.ref();
  const ended = once(watchdog, 'exit');
  if (watchdog.connected) watchdog.disconnect();
  await ended;
}

// A process of its own that keeps one private server: the server ends, and its data is removed, when whoever asked for
// it is gone. A killed process runs no exit handler, but the kernel closes its channels, and that is what this waits for.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lastLines } from './steps.js';
import {
  DATA_FOLDER,
  type WatchCommand,
  type WatchOrder,
  type WatchReport,
  type WatchedCommand,
} from './watched-server.js';

const LOG = 'server.log';

let folder: string | null = null;
let running: ChildProcess | null = null;
let ending = false;
// Set while the server is down because it was told to be.
let again: PromiseWithResolvers<void> | null = null;

process.once('message', (message) => {
  const order: WatchOrder = JSON.parse(String(message));
  process.on('message', (later) => obey(JSON.parse(String(later))));
  keep(order).catch((error: unknown) => fail(order, String(error)));
});
process.once('disconnect', end);
process.once('SIGTERM', end);
// The channel may have closed before anyone listened.
if (!process.connected) end();

async function keep(order: WatchOrder): Promise<void> {
  // Refuses a folder that is there already: only what was made here is removed at the end.
  mkdirSync(order.folder, { mode: 0o700 });
  folder = order.folder;
  mkdirSync(join(folder, DATA_FOLDER));
  for (const [name, content] of Object.entries(order.files))
    writeFileSync(join(folder, name), content, { mode: 0o600 });
  const serving = order.commands.at(-1);
  if (!serving) throw new Error('it was ordered without a command');
  for (const command of order.commands.slice(0, -1)) {
    const outcome = await run(command, folder);
    if (outcome !== 'exit code 0') throw new Error(outcome);
  }
  for (;;) {
    const outcome = await run(serving, folder);
    if (!again) throw new Error(outcome === 'exit code 0' ? 'it ended by itself' : outcome);
    report({ kind: 'KILLED' });
    await again.promise;
    again = null;
  }
}

function obey(command: WatchCommand): void {
  if (command === 'AGAIN') return again?.resolve();
  again ??= Promise.withResolvers<void>();
  running?.kill('SIGKILL');
}

function run(command: WatchedCommand, cwd: string): Promise<string> {
  const input = command.inputFile ? openSync(join(cwd, command.inputFile), 'r') : 'ignore';
  const log = openSync(join(cwd, LOG), 'a');
  return new Promise((resolve, reject) => {
    running = spawn(command.run, command.args, { cwd, stdio: [input, log, log] });
    running.once('error', reject);
    running.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}

function fail(order: WatchOrder, reason: string): void {
  if (ending) return;
  const log = readLog(order.folder);
  report({ kind: 'FAILED', reason: `${order.name} failed: ${reason}${log && `: ${log}`}` });
}

function report(what: WatchReport): void {
  process.send?.(JSON.stringify(what));
}

function readLog(from: string): string {
  try {
    return lastLines(readFileSync(join(from, LOG), 'utf8'));
  } catch (error) {
    return String(error);
  }
}

/** SIGKILL at once: the data is thrown away, so nothing is gained by an orderly stop. */
function end(): void {
  if (ending) return;
  ending = true;
  if (!running || running.exitCode !== null || running.signalCode !== null || !running.kill('SIGKILL')) return leave();
  running.once('exit', leave);
}

function leave(): void {
  if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

// A process of its own that keeps one private server: the server ends, and its data is removed, when whoever asked for
// it is gone. A killed process runs no exit handler, but the kernel closes its channels, and that is what this waits for.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { lastLines } from './steps.js';
import { DATA_FOLDER, type WatchOrder, type WatchedCommand } from './watched-server.js';

const LOG = 'server.log';

let folder: string | null = null;
let running: ChildProcess | null = null;
let ending = false;

process.once('message', (message) => {
  const order: WatchOrder = JSON.parse(String(message));
  keep(order).catch((error: unknown) => report(order, String(error)));
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
  for (const command of order.commands) {
    const outcome = await run(command, folder);
    if (outcome !== 'exit code 0') throw new Error(outcome);
  }
  throw new Error('it ended by itself');
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

function report(order: WatchOrder, reason: string): void {
  if (ending) return;
  const log = readLog(order.folder);
  process.send?.(`${order.name} failed: ${reason}${log && `: ${log}`}`);
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

// A process of its own that outlives a killed launcher for a moment: the launcher's processes end with it, and its
// temporary folder goes. A killed process runs no exit handler, but the kernel closes its channel, and that is what this waits for.
import { rmSync } from 'node:fs';
import { orderShape } from './watched-processes.js';

const watched = new Set<number>();
let folder: string | null = null;

process.on('message', (message) => {
  const order = orderShape.parse(message);
  if (order.kind === 'WATCH') watched.add(order.pid);
  if (order.kind === 'FORGET') watched.delete(order.pid);
  if (order.kind === 'REMOVE_FOLDER') folder = order.folder;
});
process.once('disconnect', end);
// A signal meant for the launcher is not for this: it ends with the launcher, whatever happens to both.
process.on('SIGTERM', () => undefined);
process.on('SIGINT', () => undefined);

/** SIGKILL at once: nobody is left to wait for an orderly stop, and the product loses nothing that it has confirmed. */
function end(): void {
  for (const pid of watched) kill(pid);
  if (folder !== null) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(0);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

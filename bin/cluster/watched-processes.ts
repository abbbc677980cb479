import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the launcher tells its watchdog. */
export const orderShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('WATCH'), pid: z.number() }),
  z.object({ kind: z.literal('FORGET'), pid: z.number() }),
  z.object({ kind: z.literal('REMOVE_FOLDER'), folder: z.string() }),
]);

type Order = z.infer<typeof orderShape>;

/** What must not stay behind when this process ends, however it ends. */
export interface Watchdog {
  watch(pid: number): void;
  /** To be told at once when a process has ended: its number may soon be another's. */
  forget(pid: number): void;
  removeFolder(folder: string): void;
  /** Kills what is still watched, removes the folder and waits until both are done. */
  end(): Promise<void>;
}

const WATCHDOG = fileURLToPath(new URL('./watchdog.js', import.meta.url));

/** Starts the watchdog of this process. */
export function startWatchdog(): Watchdog {
  // A session of its own: an interrupt typed at the terminal is not for it.
  const child = spawn(process.execPath, [WATCHDOG], { detached: true, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const send = (order: Order) => void (child.connected && child.send(order));
  return {
    watch: (pid) => send({ kind: 'WATCH', pid }),
    forget: (pid) => send({ kind: 'FORGET', pid }),
    removeFolder: (folder) => send({ kind: 'REMOVE_FOLDER', folder }),
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

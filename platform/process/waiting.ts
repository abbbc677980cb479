import { setTimeout as sleep } from 'node:timers/promises';

/** A wait that keeps no process alive. */
export function briefly(milliseconds: number): Promise<void> {
  return sleep(milliseconds, undefined, { ref: false });
}

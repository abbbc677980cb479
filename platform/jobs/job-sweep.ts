import type { Log } from '../process/log.js';

/** Work repeated by a process; its parts fail and recover one by one. */
export interface SweepOptions {
  readonly everyMs: number;
  readonly log: Log;
  readonly parts: Readonly<Record<string, () => Promise<void>>>;
}

/** Repeats the parts, at once and then about every `everyMs`, until the returned function is called; keeps no process alive. */
export async function startSweep({ everyMs, log, parts }: SweepOptions): Promise<() => Promise<void>> {
  const failing = new Set<string>();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const sweepOnce = async () => {
    for (const [name, part] of Object.entries(parts)) {
      if (isStopped) return;
      await part().then(
        () => failing.delete(name) && log.warn({ part: name }, 'job sweep works again'),
        (error: unknown) => {
          // An outage is told once, not at every sweep.
          if (!failing.has(name)) log.warn({ part: name, err: error }, 'job sweep failed');
          failing.add(name);
        },
      );
    }
  };
  const sweep = async () => {
    await sweepOnce();
    // Spread, so that the processes of an installation do not sweep in step.
    if (!isStopped) timer = setTimeout(() => (current = sweep()), everyMs * (0.8 + 0.4 * Math.random())).unref();
  };
  let current = sweep();
  await current;
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await current;
  };
}

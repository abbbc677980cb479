import { setTimeout as sleep } from 'node:timers/promises';
import { jobFamilies, type JobFamily } from './jobs.js';
import type { AnswerWake, JobTransport, JobWake } from './transport.js';

const CONCURRENCY = 2;
const CLOSE_WAITS_MS = 5_000;
// Node fires timers beyond 2^31 - 1 ms at once; a hint that comes early finds nothing due, and the sweep gives it again.
const LONGEST_TIMER_MS = 2_147_483_647;

/** Hints within this process: two jobs of a family at a time, and nothing of it keeps the process alive. */
export function createLocalTransport(): JobTransport {
  const lanes = new Map<JobFamily, Lane>(jobFamilies.map((family) => [family, new Lane()]));
  const timers = new Map<string, { handle: NodeJS.Timeout; dueMs: number }>();

  const enter = (wake: JobWake) => {
    timers.delete(keyOf(wake));
    lanes.get(wake.family)?.add(wake);
  };

  // Of equal hints the earliest counts.
  const delay = (wake: JobWake, delayMs: number) => {
    const key = keyOf(wake);
    const dueMs = performance.now() + delayMs;
    const other = timers.get(key);
    if (other && other.dueMs <= dueMs) return;
    clearTimeout(other?.handle);
    timers.set(key, { handle: setTimeout(enter, Math.min(delayMs, LONGEST_TIMER_MS), wake).unref(), dueMs });
  };

  return {
    wake: async (job, delayMs) => (delayMs > 0 ? delay(job, delayMs) : enter(job)),
    onWake: (answer) => lanes.forEach((lane) => lane.open(answer)),
    close: async () => {
      for (const { handle } of timers.values()) clearTimeout(handle);
      timers.clear();
      const running = [...lanes.values()].flatMap((lane) => lane.close());
      await Promise.race([Promise.all(running), sleep(CLOSE_WAITS_MS, undefined, { ref: false })]);
    },
  };
}

/** The hints of one family, in the order they came. */
class Lane {
  readonly #waiting = new Map<string, JobWake>();
  readonly #running = new Set<Promise<void>>();
  #answer: AnswerWake | null = null;

  add(wake: JobWake): void {
    this.#waiting.set(keyOf(wake), wake);
    this.#pump();
  }

  open(answer: AnswerWake): void {
    this.#answer = answer;
    this.#pump();
  }

  /** Starts nothing any more; returns what still runs. */
  close(): Promise<void>[] {
    this.#answer = null;
    return [...this.#running];
  }

  #pump(): void {
    for (const [key, wake] of this.#waiting) {
      if (!this.#answer || this.#running.size >= CONCURRENCY) return;
      this.#waiting.delete(key);
      const run: Promise<void> = settled(this.#answer, wake).then(() => {
        this.#running.delete(run);
        this.#pump();
      });
      this.#running.add(run);
    }
  }
}

function keyOf(wake: JobWake): string {
  return `${wake.id}_${wake.fence}`;
}

// The runner has written and logged a failure already, and nobody looks at a queue in memory.
async function settled(answer: AnswerWake, wake: JobWake): Promise<void> {
  await Promise.allSettled([answer(wake, () => undefined)]);
}

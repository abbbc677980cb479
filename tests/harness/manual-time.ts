import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../platform/process/clock.js';

/** An afternoon on which no scheduled job is due for the next three quarters of an hour. */
export const quietAfternoon = '2026-03-14T14:30:00.000Z';

/** The product's clock in a test: it goes on as real time does, and jumps when it is told to. */
export class ManualTime implements Clock {
  #offsetMs: number;

  constructor(start: string) {
    this.#offsetMs = Date.parse(start) - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.#offsetMs);
  }

  advance(milliseconds: number): void {
    this.#offsetMs += milliseconds;
  }

  /** Gives sockets and relays a moment. */
  async settled(milliseconds: number): Promise<void> {
    await sleep(milliseconds);
  }

  /** Asks until there is an answer; throws after twenty seconds. */
  async until<Answer>(ask: () => Promise<Answer | null>): Promise<Answer> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const answer = await ask();
      if (answer !== null) return answer;
      await sleep(100);
    }
    throw new Error('It did not happen within twenty seconds.');
  }
}

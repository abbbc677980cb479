/** The only source of the current time, so that tests can move it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; for tests and sandboxes. */
export class ManualClock implements Clock {
  #time: number;

  constructor(start: string) {
    this.#time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}

/** A time a number of milliseconds after another. */
export function plusMs(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}

/** An instant from an ISO 8601 text with zone. */
export function instant(text: string): Date {
  return new Date(text);
}

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastLines, startChild, type ChildProgram } from './child-program.js';
import type { ProcessPlan, Role } from './plan.js';

/** One process of the cluster; it starts again when it ends unasked, on the same port. */
export interface ClusterProcess {
  /** Role and number, such as `orders-1`. */
  readonly name: string;
  readonly role: Role;
  readonly port: number;
  readonly url: string;
  /** null between an end and the next start. */
  readonly pid: number | null;
  /** How often it has started again. */
  readonly restarts: number;
  /** The last 200 lines it wrote, over all its lives. */
  output(): string;
  /** Sends a signal that ends it and waits for the end; nothing to do while it is not running. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Resolves when it has answered 200 on `/readyz` in its present life; rejects if its first one ends before, and after 90 s. */
  ready(): Promise<void>;
}

/** What is run, and how long its end may take: 25 s unless told. */
export interface Supervision extends ChildProgram {
  readonly endTimeoutMs?: number;
}

const SHORTEST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
const STEADY_MS = 10_000;
const READY_TIMEOUT_MS = 90_000;
const PROBE_EVERY_MS = 150;
const PROBE_TIMEOUT_MS = 2_000;
const END_TIMEOUT_MS = 25_000;
const LINES_KEPT = 200;

/** Runs a process from its construction until `end`; one that ends before it was ever ready is not started again. */
export class SupervisedProcess implements ClusterProcess {
  readonly name: string;
  readonly role: Role;
  readonly port: number;
  readonly url: string;
  readonly #program: Supervision;
  readonly #tell: (line: string) => void;
  readonly #lines: string[] = [];
  #child: ChildProcess | null = null;
  #isReady = false;
  #hasBeenReady = false;
  #isEnding = false;
  #failure: Error | null = null;
  #restarts = 0;
  #pauseMs = SHORTEST_PAUSE_MS;
  #nextStart: NodeJS.Timeout | undefined;

  constructor({ name, role, port }: ProcessPlan, program: Supervision) {
    this.name = name;
    this.role = role;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#program = { ...program, tell: (line) => this.#hear(line) };
    this.#tell = program.tell;
    this.#start();
  }

  get pid(): number | null {
    const child = this.#child;
    return child && child.exitCode === null && child.signalCode === null ? (child.pid ?? null) : null;
  }

  get restarts(): number {
    return this.#restarts;
  }

  output(): string {
    return this.#lines.join('\n');
  }

  async ready(): Promise<void> {
    const startedAt = performance.now();
    while (!this.#isReady) {
      if (this.#failure) throw this.#failure;
      if (this.#isEnding) throw new Error(`${this.name} was ended before it was ready.`);
      if (performance.now() - startedAt > READY_TIMEOUT_MS)
        throw new Error(`${this.name} is not ready after ${READY_TIMEOUT_MS / 1_000} s${lastLines(this.#lines)}`);
      await sleep(PROBE_EVERY_MS);
    }
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const ended = once(child, 'close');
    child.kill(signal);
    await ended;
  }

  /** Ends it for good: SIGTERM, then SIGKILL when the time for an orderly end is over. */
  async end(): Promise<void> {
    this.#isEnding = true;
    clearTimeout(this.#nextStart);
    const child = this.#child;
    const patience = setTimeout(() => {
      this.#tell('does not end; killed');
      child?.kill('SIGKILL');
    }, this.#program.endTimeoutMs ?? END_TIMEOUT_MS);
    await this.kill('SIGTERM');
    clearTimeout(patience);
  }

  #start(): void {
    const child = startChild(this.#program, (how) => this.#ended(how));
    this.#child = child;
    void this.#observe(child);
  }

  #hear(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > LINES_KEPT) this.#lines.shift();
    this.#tell(line);
  }

  #ended(how: string): void {
    this.#child = null;
    this.#isReady = false;
    if (this.#isEnding) return;
    if (!this.#hasBeenReady) {
      this.#failure = new Error(`${this.name} ended with ${how} before it was ready${lastLines(this.#lines)}`);
      return;
    }
    this.#tell(`ended with ${how}; starts again`);
    this.#restarts += 1;
    this.#nextStart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async #observe(child: ChildProcess): Promise<void> {
    while (this.#child === child && !(await answersReady(this.url))) await sleep(PROBE_EVERY_MS);
    if (this.#child !== child) return;
    this.#isReady = true;
    this.#hasBeenReady = true;
    await sleep(STEADY_MS, undefined, { ref: false });
    if (this.#child === child) this.#pauseMs = SHORTEST_PAUSE_MS;
  }
}

/** Refused, reset and silent are all the same: not ready. */
function answersReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    async (answer) => {
      await answer.body?.cancel();
      return answer.status === 200;
    },
    () => false,
  );
}

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Watchdog } from './watched-processes.js';

/** A program of ours to be run, and who looks after it. */
export interface ChildProgram {
  /** Path of the program's file. */
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly watchdog: Watchdog;
  /** Told every line it writes. */
  readonly tell: (line: string) => void;
}

const LINES_TOLD = 6;

/** Starts a program that ends at the latest with this process; `ended` is told how, such as `SIGKILL`, after its last line. */
export function startChild(program: ChildProgram, ended: (how: string) => void): ChildProcess {
  const { file, args, env, watchdog, tell } = program;
  // A session of its own: an interrupt typed at the terminal is for the launcher, which ends the processes in order.
  const child = spawn(process.execPath, [file, ...args], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid !== undefined) {
    watchdog.watch(pid);
    child.once('exit', () => watchdog.forget(pid));
  }
  for (const output of [child.stdout, child.stderr]) createInterface({ input: output }).on('line', tell);
  child.on('error', (error) => tell(error.message));
  child.once('close', (code, signal) => ended(signal ?? `exit code ${code}`));
  return child;
}

/** Runs a program to its end; rejects with its last lines unless that is exit code 0. */
export function runToEnd(name: string, program: ChildProgram): Promise<void> {
  const lines: string[] = [];
  const hear = (line: string) => {
    lines.push(line);
    program.tell(line);
  };
  return new Promise((resolve, reject) => {
    startChild({ ...program, tell: hear }, (how) =>
      how === 'exit code 0' ? resolve() : reject(new Error(`${name} ended with ${how}${lastLines(lines)}`)),
    );
  });
}

/** The end of what a program said, as the end of a message of one line; empty if it said nothing. */
export function lastLines(lines: readonly string[]): string {
  return lines.length === 0 ? '.' : `: ${lines.slice(-LINES_TOLD).join(' | ')}`;
}

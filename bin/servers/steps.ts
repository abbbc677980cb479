import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const TEN_MINUTES_MS = 600_000;

/** Tells on stderr, in one line, what takes time before the servers can start. */
export function progress(step: string): void {
  process.stderr.write(`servers: ${step}\n`);
}

/** Runs a program to its end and returns what it wrote; throws with the last lines it wrote to stderr when it fails. */
export async function runToEnd(program: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const finished = execute(program, [...args], { timeout: TEN_MINUTES_MS, maxBuffer: 64 * 1024 * 1024 });
  // apt-get asks nothing when nobody can answer.
  finished.child.stdin?.end();
  try {
    return await finished;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new Error(`${program} failed: ${lastLines(said) || String(error)}`, { cause: error });
  }
}

/** The end of a log, joined into one line, which is where programs say why they stopped. */
export function lastLines(log: string, count = 4): string {
  return log.trim().split('\n').slice(-count).join(' | ');
}

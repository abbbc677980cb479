import { spawnSync } from 'node:child_process';

/** A program that can be run; `loadPath` holds folders of shared libraries that came with it, '' for the system's own. */
export type Program = { binary: string; loadPath: string };

/** What to run, without a shell. */
export type Command = { run: string; args: string[] };

// A user's PATH often lacks the folders for system programs, which is where Debian keeps database servers.
const FIND = 'PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"; for name; do command -v "$name" && exit; done; exit 1';

/** Finds the first of the named programs on the PATH or in the folders for system programs; undefined when there is none. */
export function findBinary(names: readonly string[]): string | undefined {
  const found = spawnSync('sh', ['-c', FIND, 'sh', ...names], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** Makes the command that runs a program with the libraries it came with. */
export function commandOf(program: Program, args: readonly string[]): Command {
  if (!program.loadPath) return { run: program.binary, args: [...args] };
  // `env` replaces itself by the program, so signals and exit codes stay the program's.
  return { run: 'env', args: [`LD_LIBRARY_PATH=${program.loadPath}`, program.binary, ...args] };
}

/** Asks a program for its version line; throws when it cannot run here, for example for want of a shared library. */
export function versionOf(program: Program): string {
  const { run, args } = commandOf(program, ['--version']);
  const answer = spawnSync(run, args, { encoding: 'utf8' });
  if (answer.status !== 0) {
    throw new Error(
      `${program.binary} does not run here: ${(answer.stderr || answer.error?.message || 'no reason given').trim()}`,
    );
  }
  return answer.stdout.trim();
}

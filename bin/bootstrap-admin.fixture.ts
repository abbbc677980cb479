import { spawn } from 'node:child_process';

/** How a run of the command ended and what it said. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs the compiled command as an operator would, with nothing of this process's environment but the path. */
export function runBootstrapAdmin(args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<CommandRun> {
  const child = spawn(process.execPath, ['dist/bin/bootstrap-admin.js', ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output, errors }));
  });
}

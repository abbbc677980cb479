import { spawn } from 'node:child_process';

/** How a command ended and what it said, line by line. */
export interface EndedCommand {
  readonly exitCode: number | null;
  readonly output: readonly string[];
  readonly errors: readonly string[];
}

/** Runs a compiled command such as `migrate` as an operator would, with nothing but the given variables. */
export function runCommand(name: string, env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<EndedCommand> {
  const child = spawn(process.execPath, [`dist/bin/${name}.js`, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { output: '', errors: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
  const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, output: linesOf(said.output), errors: linesOf(said.errors) }));
  });
}

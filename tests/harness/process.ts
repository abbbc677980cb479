import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsOfFolder, secretVariables } from '../../platform/process/secrets.js';
import type { Demo } from '../../bin/demo/demo-file.js';
import type { TestPlace } from './target.js';

/** The product as a process of its own, as an operator runs it. */
export interface ProductProcess {
  readonly url: string;
  readonly output: () => string;
  demo(): Demo;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** The environment of a product process in a test's place; the same object starts the same installation again. */
export function environmentOf(place: Omit<TestPlace, 'remove'>): NodeJS.ProcessEnv {
  const servers = place.location.url
    ? { DATABASE_URL: place.location.url, NAME_PREFIX: place.location.prefix, REDIS_URL: place.redisUrl ?? '' }
    : {};
  return {
    ...servers,
    PATH: process.env['PATH'],
    PORT: '0',
    DATA_DIR: place.dataDir,
    ...secretVariables(secretsOfFolder(place.dataDir)),
  };
}

/** Starts the product and waits for its last line; rejects with what it printed when it ends before. */
export function startProcess(env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<ProductProcess> {
  const child = spawn(process.execPath, ['dist/bin/all.js', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const ready = /^TwinEngine is ready at (\S+)$/m.exec(output);
      if (ready?.[1]) resolve(handle(child, ready[1], { output: () => output, dataDir: env['DATA_DIR'] ?? '' }));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`It ended with ${code}: ${output}`)));
  });
}

function handle(
  child: ChildProcess,
  url: string,
  { output, dataDir }: { output: () => string; dataDir: string },
): ProductProcess {
  return {
    url,
    output,
    demo: () => JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')),
    kill: (signal) =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve(child.exitCode);
        child.on('exit', (code) => resolve(code));
        child.kill(signal);
      }),
  };
}

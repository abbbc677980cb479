import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ContenderName } from './contender-names.js';

/** A contender in a process of its own, idle until it is asked. */
export interface ContenderHandle {
  readonly name: ContenderName;
  /** Where it answers operations. */
  readonly url: string;
  /** What it has used of the CPU since its start, all threads, in milliseconds. */
  cpuMs(): Promise<number>;
  startProfile(): Promise<void>;
  /** Where its main thread has been since `startProfile`, in milliseconds by area. */
  stopProfile(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const file = fileURLToPath(new URL('contender.process.js', import.meta.url));
const openedShape = z.object({ url: z.string() });
const answerShape = z.object({ cpuMs: z.number(), areas: z.record(z.string(), z.number()) });

/** Starts a contender on a data folder that nobody else uses; rejects when it ends before it answers. */
export async function startContender(name: ContenderName, dataDir: string): Promise<ContenderHandle> {
  const child = fork(file, [name, dataDir], {
    // As in production, and the same for all whatever the caller's environment says.
    env: { NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url } = openedShape.parse(await message(child));
  const ask = async (question: string) => {
    const answer = message(child);
    child.send(question);
    return answerShape.parse(await answer);
  };
  return {
    name,
    url,
    cpuMs: async () => (await ask('CPU')).cpuMs,
    startProfile: async () => void (await ask('START_PROFILE')),
    stopProfile: async () => (await ask('STOP_PROFILE')).areas,
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      // It holds nothing that is needed afterwards.
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function message(child: ChildProcess): Promise<unknown> {
  const said = Promise.withResolvers<unknown>();
  const onExit = () => said.reject(new Error('A contender ended before it answered.'));
  child.once('message', said.resolve);
  child.once('exit', onExit);
  return said.promise.finally(() => child.off('exit', onExit));
}

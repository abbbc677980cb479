import { join } from 'node:path';
import { makeFakePrograms } from './fake-programs.fixture.js';
import { findPorts } from './ports.js';
import { SupervisedProcess } from './supervised-process.js';
import { startWatchdog, type Watchdog } from './watched-processes.js';

describe('a supervised process', () => {
  const programs = makeFakePrograms();
  let watchdog: Watchdog;
  let lines: string[];

  beforeEach(() => {
    watchdog = startWatchdog();
    lines = [];
  });
  afterEach(() => watchdog.end());
  afterAll(() => programs.remove());

  const startWorker = async (env: NodeJS.ProcessEnv = {}, endTimeoutMs = 25_000) => {
    const [port = 0] = await findPorts(1);
    const file = join(programs.folder, 'worker.js');
    return new SupervisedProcess(
      { name: 'worker-1', role: 'worker', program: 'worker.js', args: [], port },
      {
        file,
        args: [],
        env: { HOST: '127.0.0.1', PORT: String(port), ...env },
        watchdog,
        endTimeoutMs,
        tell: (line) => void lines.push(line),
      },
    );
  };

  it('is killed when it does not end in its time', async () => {
    const worker = await startWorker({ FAKE_IGNORES: 'SIGTERM' }, 300);
    await worker.ready();

    await worker.end();

    expect(worker.pid).toBeNull();
    expect(lines.slice(-2)).toEqual(['stops', 'does not end; killed']);
  });

  it('starts again after longer and longer pauses while it keeps ending', async () => {
    const worker = await startWorker();
    const pausesMs: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await worker.ready();
      await worker.kill('SIGKILL');
      const endedAt = performance.now();
      while (worker.pid === null) await new Promise((resolve) => setTimeout(resolve, 5));
      pausesMs.push(performance.now() - endedAt);
    }
    await worker.end();

    expect(worker.restarts).toBe(3);
    for (const [round, atLeastMs] of [195, 395, 795].entries()) expect(pausesMs[round]).toBeGreaterThan(atLeastMs);
  });

  it('does not start again when it is ended during the pause', async () => {
    const worker = await startWorker();
    await worker.ready();
    await worker.kill('SIGKILL');

    await worker.end();
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(worker.pid).toBeNull();
    expect(lines.filter((line) => line.includes('worker starts'))).toHaveLength(1);
  });

  it('is not started again when it has never been ready', async () => {
    const worker = await startWorker({ FAKE_FAILS: 'worker' });

    await expect(worker.ready()).rejects.toThrow(/^worker-1 ended with exit code 3 before it was ready: /);
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(worker).toMatchObject({ pid: null, restarts: 0 });
  });
});

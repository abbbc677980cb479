import { setTimeout as sleep } from 'node:timers/promises';
import type { JobFamily } from './jobs.js';
import { createLocalTransport } from './local-transport.js';
import type { JobWake } from './transport.js';

const hint = (id: string, family: JobFamily = 'reports', fence = 0): JobWake => ({
  id,
  family,
  kind: 'render',
  fence,
  attempt: fence + 1,
});

/** A transport whose jobs end when they are told to. */
function startTransport() {
  const transport = createLocalTransport();
  const started: string[] = [];
  const finish = new Map<string, () => void>();
  transport.onWake(async (wake) => {
    started.push(wake.id);
    await new Promise<void>((resolve) => finish.set(`${wake.id}${wake.fence || ''}`, resolve));
    return 'DONE';
  });
  return { transport, started, finish: (id: string) => finish.get(id)?.() };
}

describe('hints within the process', () => {
  it('runs two jobs of a family at a time, and other families beside them', async () => {
    const { transport, started, finish } = startTransport();

    for (const id of ['a', 'b', 'c']) await transport.wake(hint(id), 0);
    await transport.wake(hint('mail', 'notifications'), 0);
    expect(started).toEqual(['a', 'b', 'mail']);

    finish('a');
    await sleep(1);
    expect(started).toEqual(['a', 'b', 'mail', 'c']);
    for (const id of ['b', 'c', 'mail']) finish(id);
    await transport.close();
  });

  it('keeps one of equal hints that wait, and another where the fence differs', async () => {
    const { transport, started, finish } = startTransport();
    for (const id of ['a', 'b']) await transport.wake(hint(id), 0);

    for (const fence of [0, 0, 0, 1]) await transport.wake(hint('c', 'reports', fence), 0);
    finish('a');
    finish('b');
    await sleep(1);

    expect(started).toEqual(['a', 'b', 'c', 'c']);
    finish('c');
    finish('c1');
    await transport.close();
  });

  it('waits for the delay, and less when an earlier hint comes', async () => {
    const { transport, started, finish } = startTransport();

    await transport.wake(hint('a'), 60_000);
    await transport.wake(hint('a'), 20);
    await transport.wake(hint('a'), 60_000);
    expect(started).toEqual([]);

    await sleep(60);
    expect(started).toEqual(['a']);
    finish('a');
    await transport.close();
  });

  it('goes on after a job that throws, and starts nothing once closed', async () => {
    const transport = createLocalTransport();
    const started: string[] = [];
    transport.onWake(async ({ id }) => {
      started.push(id);
      throw new Error('no paper');
    });

    for (const id of ['a', 'b', 'c']) await transport.wake(hint(id), 0);
    await sleep(1);
    await transport.close();
    await transport.wake(hint('d'), 0);
    await transport.wake(hint('e'), 1);
    await sleep(10);

    expect(started).toEqual(['a', 'b', 'c']);
  });
});

import { RateLimited } from '../domain/errors.js';
import { createBoundedWork } from './bounded-work.js';

/** Work that ends when it is told to, and how much of it is under way. */
function controlledWork() {
  const ends: (() => void)[] = [];
  let most = 0;
  let now = 0;
  return {
    most: () => most,
    begun: () => ends.length,
    end: (index: number) => ends[index]?.(),
    piece: async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now -= 1;
    },
  };
}

describe('bounded work', () => {
  it('ACC-16 runs a few pieces at once, keeps some waiting and refuses the rest', async () => {
    const run = createBoundedWork({ atOnce: 2, waiting: 3 });
    const work = controlledWork();

    const accepted = Array.from({ length: 5 }, () => run(work.piece));
    const refused = await Promise.allSettled(Array.from({ length: 4 }, () => run(work.piece)));

    expect(refused.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
    await expect(run(work.piece)).rejects.toThrow(RateLimited);
    expect(work.begun()).toBe(2);
    for (let index = 0; index < 5; index += 1) {
      work.end(index);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(accepted);
    expect([work.begun(), work.most()]).toEqual([5, 2]);
  });

  it('ACC-16 goes on after a piece that failed', async () => {
    const run = createBoundedWork({ atOnce: 1, waiting: 1 });

    const failed = run(async () => Promise.reject(new Error('no')));
    const next = run(async () => 'done');

    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('done');
    expect(await run(async () => 'again')).toBe('again');
  });
});

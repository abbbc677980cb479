import { setTimeout as delay } from 'node:timers/promises';
import { endingNotBefore } from './answer-time.js';

/** What ended first, of some work under a floor and a pause beside it. */
async function order(work: () => Promise<string>, pauseMs: number): Promise<string[]> {
  const ended: string[] = [];
  await Promise.all([
    endingNotBefore(60, work).then(
      (result) => ended.push(result),
      (error: Error) => ended.push(error.message),
    ),
    delay(pauseMs).then(() => ended.push('pause')),
  ]);
  return ended;
}

describe('S19 an answer with a floor', () => {
  it('comes when the floor is reached, however soon the work is done', async () => {
    expect(await order(async () => 'done', 20)).toEqual(['pause', 'done']);
  });

  it('is the failure of the work, no sooner', async () => {
    expect(await order(async () => Promise.reject(new Error('failed')), 20)).toEqual(['pause', 'failed']);
  });

  it('is not kept any longer than the work takes', async () => {
    expect(await order(() => delay(100, 'slow'), 5)).toEqual(['pause', 'slow']);
  });
});

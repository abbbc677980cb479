import { setTimeout as delay } from 'node:timers/promises';

/** Ends no sooner than `floorMs` after it began, well or badly: what was done meanwhile, and for whom, cannot be told from the time. */
export async function endingNotBefore<Result>(floorMs: number, work: () => Promise<Result>): Promise<Result> {
  const floor = delay(floorMs);
  try {
    return await work();
  } finally {
    await floor;
  }
}

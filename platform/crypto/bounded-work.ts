import { RateLimited } from '../domain/errors.js';

const TRY_AGAIN_SECONDS = 1;

/** How much work there may be: pieces under way together, and pieces waiting for their turn. */
export interface WorkBounds {
  readonly atOnce: number;
  readonly waiting: number;
}

/** Runs pieces of costly work a few at once, in the order they came; throws RateLimited where too many wait already. */
export function createBoundedWork({ atOnce, waiting }: WorkBounds) {
  let running = 0;
  const turns: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running < atOnce) running += 1;
    else if (turns.length >= waiting) throw new RateLimited(TRY_AGAIN_SECONDS);
    else await new Promise<void>((resolve) => turns.push(resolve));
    try {
      return await work();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = turns.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

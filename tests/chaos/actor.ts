import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../bin/demo/random.js';
import type { House } from './house.js';
import type { Journal } from './journal.js';

/** What an actor of the load works with. */
export interface Load {
  readonly house: House;
  readonly journal: Journal;
  readonly random: Random;
  isOver(): boolean;
  /** A key nobody has used. */
  newKey(what: string): string;
  /** A moment of thinking. */
  pause(): Promise<void>;
  /** Looks closer at a part of all writes: reads them back, or sends them again. */
  sometimes(what: keyof typeof shares, look: () => Promise<void>): Promise<void>;
}

const shares = { READ: 0.3, REPLAY: 0.15 } as const;
// The load is there to be interrupted, not to find out what the machine can bear.
const LONGEST_PAUSE_MS = 300;

/** Whose work it is, and until when. */
export interface Actor {
  readonly house: House;
  readonly journal: Journal;
  readonly seed: number;
  /** Names the run, so that its rows are told from others'. */
  readonly run: string;
  isOver(): boolean;
}

/** What the actor of this number works with; its choices are those of the seed. */
export function newLoad({ house, journal, seed, run, isOver }: Actor, number: number): Load {
  const random = createRandom(seed * 1_000 + number);
  let keys = 0;
  return {
    house,
    journal,
    random,
    isOver,
    newKey: (what) => `${run}-${what}-${number}-${(keys += 1)}`,
    pause: () => sleep(random.next() * LONGEST_PAUSE_MS),
    sometimes: async (what, look) => {
      if (random.next() < shares[what]) await look();
    },
  };
}

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number;
  /** A whole number from the first to the last, both included. */
  between(first: number, last: number): number;
  /** One of the list. */
  pick<Item>(items: readonly Item[]): Item;
  /** One of the list, as likely as its weight says. */
  pickWeighted<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item;
}

/** Makes a source of numbers from a seed (mulberry32, public domain by Tommy Ettinger). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const pickWeighted = <Item>(items: readonly Item[], weightOf: (item: Item) => number): Item => {
    let rest = next() * items.reduce((sum, item) => sum + weightOf(item), 0);
    const found = items.find((item) => (rest -= weightOf(item)) < 0) ?? items.at(-1);
    if (found === undefined) throw new Error('There is nothing to pick from.');
    return found;
  };
  return {
    next,
    between: (first, last) => first + Math.floor(next() * (last - first + 1)),
    pick: (items) => pickWeighted(items, () => 1),
    pickWeighted,
  };
}

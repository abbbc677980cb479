/** One contender's share of one round. */
export interface Slice {
  readonly seconds: number;
  /** One per answer. */
  readonly latenciesMs: readonly number[];
  /** Of the contender's whole process, over the slice. */
  readonly cpuMs: number;
}

/** What slices come to. */
export interface Figures {
  readonly perSecond: number;
  readonly cpuMsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A ratio over the rounds: the middle one, and how far the others lie. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** All slices of a contender together. */
export function figuresOf(slices: readonly Slice[]): Figures {
  const latenciesMs = slices.flatMap((slice) => slice.latenciesMs);
  return {
    perSecond: latenciesMs.length / sum(slices.map(({ seconds }) => seconds)),
    cpuMsPerRequest: sum(slices.map(({ cpuMs }) => cpuMs)) / latenciesMs.length,
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
  };
}

/** How many times the baseline's figure a contender has, round by round, so that a busy moment of the machine meets both; throws when the baseline lacks a round. */
export function spreadOf(
  slices: readonly Slice[],
  baseline: readonly Slice[],
  figure: (figures: Figures) => number,
): Spread {
  const ratios = slices.map((slice, round) => {
    const against = baseline[round];
    if (!against) throw new Error('The baseline lacks a round.');
    return figure(figuresOf([slice])) / figure(figuresOf([against]));
  });
  return { median: median(ratios), lowest: Math.min(...ratios), highest: Math.max(...ratios) };
}

/** The smallest of the values that at least `percent` of them do not exceed; NaN where there is none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** The value in the middle, or halfway between the two that are; NaN where there is none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { figuresOf, median, percentile, spreadOf, type Slice } from './figures.js';

const slice = (requests: number, { seconds, cpuMs }: { seconds: number; cpuMs: number }): Slice => ({
  seconds,
  cpuMs,
  latenciesMs: Array.from({ length: requests }, (_, index) => index + 1),
});

describe('figures of slices', () => {
  it('weighs slices by their requests and their time', () => {
    const figures = figuresOf([slice(100, { seconds: 1, cpuMs: 500 }), slice(50, { seconds: 2, cpuMs: 400 })]);

    expect(figures).toEqual({ perSecond: 50, cpuMsPerRequest: 6, p50Ms: 38, p99Ms: 99 });
  });

  it('compares each round with the same round of the baseline', () => {
    const baseline = [
      slice(100, { seconds: 1, cpuMs: 1 }),
      slice(50, { seconds: 1, cpuMs: 1 }),
      slice(10, { seconds: 1, cpuMs: 1 }),
    ];
    const faster = [
      slice(200, { seconds: 1, cpuMs: 1 }),
      slice(150, { seconds: 1, cpuMs: 1 }),
      slice(10, { seconds: 1, cpuMs: 1 }),
    ];

    const spread = spreadOf(faster, baseline, ({ perSecond }) => perSecond);

    expect(spread).toEqual({ median: 2, lowest: 1, highest: 3 });
  });

  it('refuses a baseline that is shorter', () => {
    const round = slice(1, { seconds: 1, cpuMs: 1 });

    expect(() => spreadOf([round, round], [round], ({ perSecond }) => perSecond)).toThrow('lacks a round');
  });
});

describe('places in a row of values', () => {
  it.each([
    [[3, 1, 2], 50, 2],
    [[4, 1, 3, 2], 50, 2],
    [[1, 2, 3, 4], 99, 4],
    [[5], 1, 5],
    [[], 50, Number.NaN],
  ])('%j at %i %%', (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], Number.NaN],
  ])('the middle of %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

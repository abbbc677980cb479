import { mannWhitney, median } from './mann-whitney.js';

const steps = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);

describe('the test of Mann and Whitney', () => {
  // Expected values by the textbook's formula and the complementary error function.
  it.each([
    ['one set and itself', steps(50), steps(50), 1],
    ['sets that do not overlap', steps(20), steps(20, 100), 6.8e-8],
    ['sets shifted by a half', steps(20), steps(20, 10), 5.2e-5],
    ['sets of one value', Array<number>(30).fill(1), Array<number>(30).fill(1), 1],
  ])('%s', (_what, first, second, expected) => {
    expect(Math.abs(Math.log10(mannWhitney(first, second)) - Math.log10(expected))).toBeLessThan(0.05);
    expect(mannWhitney(first, second)).toBeCloseTo(mannWhitney(second, first), 12);
  });

  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
  ])('the median of %s is %s', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

import { requireVersion } from '../../../platform/domain/version.js';
import { requireSortOrder, requireWithin } from './floor.rules.js';

describe('rules of floors', () => {
  it.each([
    [1, 'accepts'],
    [50, 'accepts'],
    [0, 'refuses'],
    [51, 'refuses'],
    [1.5, 'refuses'],
    [Number.NaN, 'refuses'],
  ])('take %s for a number from 1 to 50: %s', (value, verdict) => {
    const check = () => requireWithin(value, { field: ['seats'], from: 1, to: 50 });

    if (verdict === 'accepts') expect(check()).toBe(value);
    else expect(check).toThrow('It must be between 1 and 50.');
  });

  it.each([
    [0, true],
    [10_000, true],
    [-1, false],
    [10_001, false],
  ])('take position %s: %s', (sortOrder, isFine) => {
    if (isFine) expect(requireSortOrder(sortOrder)).toBe(sortOrder);
    else expect(() => requireSortOrder(sortOrder)).toThrow('between 0 and 10000');
  });

  it.each([
    [3, null, null],
    [3, undefined, null],
    [3, 3, null],
    [3, 2, 'It was changed meanwhile (version 3, not 2). Read it again.'],
  ])('at version %s with %s expected', (actual, expected, refusal) => {
    const check = () => requireVersion(actual, expected);

    if (refusal === null) expect(check).not.toThrow();
    else expect(check).toThrow(refusal);
  });
});

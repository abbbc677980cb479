import { requireVersion } from './version.js';

describe('an expected version', () => {
  it.each([
    ['the one there is', 3, 3],
    ['not given', 3, undefined],
    ['given as null', 3, null],
  ])('passes when it is %s', (_what, actual, expected) => {
    expect(() => requireVersion(actual, expected)).not.toThrow();
  });

  it.each([
    ['older', 3, 2],
    ['newer', 3, 4],
    ['none at all', 3, 0],
  ])('is a conflict when it is %s', (_what, actual, expected) => {
    expect(() => requireVersion(actual, expected)).toThrow(
      expect.objectContaining({
        code: 'VERSION_CONFLICT',
        field: ['expectedVersion'],
        message: expect.stringContaining(`not ${expected}`),
      }),
    );
  });
});

import { requireIdempotencyKey } from './idempotency.js';

describe('the key of a request', () => {
  it.each([
    ['the argument', 'a', null, 'a'],
    ['the header', null, 'a', 'a'],
    ['the header without an argument', undefined, 'a', 'a'],
    ['both, when they are one', 'a', 'a', 'a'],
    ['the longest', 'k'.repeat(128), null, 'k'.repeat(128)],
  ])('is %s', (_what, argument, header, key) => {
    expect(requireIdempotencyKey(argument, header)).toBe(key);
  });

  it.each([
    ['missing', null, null, 'IDEMPOTENCY_KEY_REQUIRED'],
    ['empty', '', '', 'IDEMPOTENCY_KEY_REQUIRED'],
    ['one thing here and another there', 'a', 'b', 'INVALID_INPUT'],
    ['too long', 'k'.repeat(129), null, 'INVALID_INPUT'],
  ])('is refused when it is %s', (_what, argument, header, code) => {
    expect(() => requireIdempotencyKey(argument, header)).toThrow(
      expect.objectContaining({ code, field: ['idempotencyKey'] }),
    );
  });
});

import { parseTrustedProxies } from './trusted-proxies.js';

describe('TRUSTED_PROXIES', () => {
  it.each([
    ['0', 0],
    ['2', 2],
    ['10.0.0.0/8', ['10.0.0.0/8']],
    ['10.0.0.1, fd00::/8', ['10.0.0.1', 'fd00::/8']],
  ])('may be %s', (text, expected) => {
    expect(parseTrustedProxies(text)).toEqual(expected);
  });

  it.each(['-1', '11', '1.5', 'yes', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/8/8', '10.0.0.0/', '10.0.0.1,', '*'])(
    'may not be %s',
    (text) => {
      expect(parseTrustedProxies(text)).toBeNull();
    },
  );
});

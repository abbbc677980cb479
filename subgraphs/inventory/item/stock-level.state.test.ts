import { stockStateOf } from './stock-level.state.js';

describe('the state of stock (decided: CRITICAL ≤ critical level, WARNING ≤ minimum)', () => {
  it.each([
    [11, 'OK'],
    [10, 'WARNING'],
    [4, 'WARNING'],
    [3, 'CRITICAL'],
    [0, 'CRITICAL'],
  ] as const)('INV-12 at %d of minimum 10 and critical 3 is %s', (onHandMicro, state) => {
    expect(stockStateOf(onHandMicro, { minimumMicro: 10, criticalMicro: 3 })).toBe(state);
  });

  it('is CRITICAL at zero when no level was set, and OK above', () => {
    expect(stockStateOf(0, { minimumMicro: 0, criticalMicro: 0 })).toBe('CRITICAL');
    expect(stockStateOf(1, { minimumMicro: 0, criticalMicro: 0 })).toBe('OK');
  });
});

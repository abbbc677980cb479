import { canBeOrdered, requirePrice, requireRemaining, requireRoom, withoutRepetition } from './menu.rules.js';

describe('the rules of menus', () => {
  it.each([
    ['unlimited', { isAvailable: true, remaining: null }, true],
    ['one left', { isAvailable: true, remaining: 1 }, true],
    ['none left', { isAvailable: true, remaining: 0 }, false],
    ['taken off', { isAvailable: false, remaining: 5 }, false],
  ])('TS-10 an item that is %s can be ordered: %#', (_name, stock, expected) => {
    expect(canBeOrdered(stock)).toBe(expected);
  });

  it.each([[null], [0], [1_000_000]])('accepts %s remaining', (remaining) => {
    expect(requireRemaining(remaining)).toBe(remaining);
  });

  it.each([[-1], [1_000_001]])('refuses %s remaining', (remaining) => {
    expect(() => requireRemaining(remaining)).toThrow('between 0 and 1000000');
  });

  it('TS-16 takes prices of zero or more in the currency of the outlet', () => {
    expect(requirePrice({ amountMinor: 0, currency: 'INR' }, 'INR', ['price'])).toBe(0);
    expect(() => requirePrice({ amountMinor: -1, currency: 'INR' }, 'INR', ['price'])).toThrow('not negative');
    expect(() => requirePrice({ amountMinor: 1, currency: 'AED' }, 'INR', ['price'])).toThrow('sells in INR, not AED');
  });

  it('keeps each diet once', () => {
    expect(withoutRepetition(['HALAL', 'VEGAN', 'HALAL'])).toEqual(['VEGAN', 'HALAL']);
  });

  it('ends where the menu is full', () => {
    expect(() => requireRoom(199, 200, 'menu categories')).not.toThrow();
    expect(() => requireRoom(200, 200, 'menu categories')).toThrow('at most 200 menu categories');
  });
});

import { instant } from '../process/clock.js';
import { couldBeId, idAt, isId, newId } from './id.js';

describe('an identifier', () => {
  it('is its own, and later than the one before, within one millisecond too', () => {
    const ids = Array.from({ length: 5_000 }, () => newId('ord'));

    expect(new Set(ids).size).toBe(5_000);
    expect(ids).toEqual(ids.toSorted());
  });

  it('of a past moment sorts before those of today', () => {
    expect(idAt('ord', instant('2020-01-01T00:00:00Z'), () => 0.5) < newId('ord')).toBe(true);
  });

  it.each([
    [newId('ord'), true],
    ['WAITER', true],
    ['', true],
    [`${newId('ord')} `, false],
    [' x', false],
    ['x\0', false],
    ['x\n', false],
    ['\uff41', false],
    ['x'.repeat(65), false],
    [1, false],
    [null, false],
  ])('S27 %j could be one of anything: %s', (value, could) => {
    expect(couldBeId(value)).toBe(could);
  });

  it.each([
    [newId('ord'), true],
    [newId('usr'), false],
    ['ord_', false],
    ['ord_01ARZ3NDEKTSV4RRFFQ69G5FA', false],
    ['ord_01arz3ndektsv4rrffq69g5fav', false],
    ["ord_01ARZ3NDEKTSV4RRFFQ69G5FA'", false],
    ['', false],
  ])('%s is one of an order: %s', (value, isOne) => {
    expect(isId('ord', value)).toBe(isOne);
  });
});

import { BoundedMap } from './bounded-map.js';

describe('a bounded map', () => {
  it('forgets what was used longest ago', () => {
    const map = new BoundedMap<number>(3);
    for (const key of ['a', 'b', 'c']) map.set(key, key.charCodeAt(0));
    map.get('a');
    map.set('d', 100);

    expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual([97, undefined, 99, 100]);
  });

  it('counts weights, of replaced and deleted entries too', () => {
    const map = new BoundedMap<string>(10);
    map.set('a', 'first', 6);
    map.set('a', 'second', 4);
    map.set('b', 'kept', 6);
    expect(map.size).toBe(2);

    map.delete('b');
    map.set('c', 'kept', 6);

    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['second', undefined, 'kept']);
  });

  it('does not keep what is heavier than the limit', () => {
    const map = new BoundedMap<string>(10);
    map.set('a', 'light', 1);
    map.set('b', 'heavy', 11);

    expect(map.size).toBe(0);
  });

  it('deletes by value', () => {
    const map = new BoundedMap<number>(10);
    for (const value of [1, 2, 3, 4]) map.set(String(value), value);
    map.deleteWhere((value) => value % 2 === 0);

    expect([map.size, map.get('1'), map.get('2')]).toEqual([2, 1, undefined]);
  });
});

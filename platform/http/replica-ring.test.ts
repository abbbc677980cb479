import { ReplicaRing, restMs } from './replica-ring.js';

function ringOf(...replicas: string[]) {
  let time = 5_000;
  const ring = new ReplicaRing(replicas, () => time);
  const turns = (count: number) => Array.from({ length: count }, () => ring.next()).join('');
  return { ring, turns, pass: (ms: number) => void (time += ms) };
}

describe('replicas', () => {
  it('take turns', () => {
    expect(ringOf('a').turns(3)).toBe('aaa');
    expect(ringOf('a', 'b', 'c').turns(7)).toBe('abcabca');
  });

  it('are left out for a second after a failure, each by itself', () => {
    const { ring, turns, pass } = ringOf('a', 'b', 'c');

    ring.rest('a');
    expect(turns(4)).toBe('bcbc');
    pass(restMs / 2);
    ring.rest('c');
    expect(turns(2)).toBe('bb');
    pass(restMs / 2 - 1);
    expect(turns(2)).toBe('bb');
    pass(1);
    expect(turns(4)).toBe('abab');
    pass(restMs / 2);
    expect(turns(3)).toBe('cab');
  });

  it('are tried all the same when none is left, in turn', () => {
    const { ring, turns } = ringOf('a', 'b');

    ring.rest('a');
    ring.rest('b');

    expect(turns(4)).toBe('abab');
  });

  it('are one at least', () => {
    expect(() => ringOf()).toThrow('A subgraph needs one URL at least.');
  });
});

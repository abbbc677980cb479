import { readableLog } from '../events/events.fixture.js';
import { ReplicaFailure } from './replica-failure.js';
import { ReplicaRing, restMs } from './replica-ring.js';

const lost = new ReplicaFailure('http://a', new Error('connect ECONNREFUSED'));

function ringOf(...names: string[]) {
  let time = 5_000;
  const { log, lines } = readableLog();
  const replicas = names.map((origin) => ({ origin }));
  const ring = new ReplicaRing(replicas, { subgraph: 'orders', log, now: () => time });
  const named = (name: string) => replicas.find(({ origin }) => origin === name) ?? { origin: 'nobody' };
  return {
    fail: (name: string) => ring.failed(named(name), lost),
    answer: (name: string) => ring.answered(named(name)),
    /** Whom one request asks, one after the other. */
    round: (count: number) => {
      const tried = new Set<{ origin: string }>();
      for (let n = 0; n < count; n += 1) tried.add(ring.next(tried));
      return [...tried].map(({ origin }) => origin).join('');
    },
    turns: (count: number) => Array.from({ length: count }, () => ring.next().origin).join(''),
    pass: (ms: number) => void (time += ms),
    told: () => lines.splice(0).map(({ msg, subgraph, replica, reason }) => [msg, subgraph, replica, reason]),
    lines,
  };
}

describe('replicas', () => {
  it('take turns', () => {
    expect(ringOf('a').turns(3)).toBe('aaa');
    expect(ringOf('a', 'b', 'c').turns(7)).toBe('abcabca');
  });

  it('are left out for a second after a failure, each by itself', () => {
    const { fail, turns, pass } = ringOf('a', 'b', 'c');

    fail('a');
    expect(turns(4)).toBe('bcbc');
    pass(restMs / 2);
    fail('c');
    expect(turns(2)).toBe('bb');
    pass(restMs / 2 - 1);
    expect(turns(2)).toBe('bb');
    pass(1);
    expect(turns(4)).toBe('abab');
    pass(restMs / 2);
    expect(turns(3)).toBe('cab');
  });

  it('are left out longer each time they fail again, up to eight seconds, until they answer', () => {
    const { fail, answer, turns, pass } = ringOf('a', 'b');
    const rests = () => {
      fail('a');
      fail('a');
      let restedMs = 0;
      for (; turns(2) === 'bb'; restedMs += 500) pass(500);
      return restedMs;
    };

    expect([rests(), rests(), rests(), rests(), rests()]).toEqual([1_000, 2_000, 4_000, 8_000, 8_000]);
    answer('a');
    expect(rests()).toBe(1_000);
  });

  it('are tried all the same when none is left, in turn', () => {
    const { fail, turns } = ringOf('a', 'b');

    fail('a');
    fail('b');

    expect(turns(4)).toBe('abab');
  });

  it('are each tried once for a request before one is tried again, whoever else asks, and the ones that rest last', () => {
    const { fail, turns, round, pass } = ringOf('a', 'b', 'c');

    expect([round(3), turns(1), round(3), turns(1), round(3)]).toEqual(['abc', 'a', 'bca', 'b', 'cab']);
    fail('b');
    expect([round(3), round(3)]).toEqual(['cab', 'cab']);
    fail('a');
    fail('c');
    expect([round(3), turns(1), round(3)]).toEqual(['cab', 'c', 'abc']);
    pass(restMs);
    expect(round(5)).toHaveLength(3);
  });

  it('are one at least', () => {
    expect(() => ringOf()).toThrow('A subgraph needs one URL at least.');
  });
});

describe('the log', () => {
  const away = ['replica is away', 'orders', 'a', 'http://a does not answer: connect ECONNREFUSED'];
  const back = ['replica is back', 'orders', 'a', undefined];

  it('tells once that a replica is away and once that it is back, however often it fails and answers', () => {
    const { fail, answer, pass, told } = ringOf('a', 'b');

    answer('a');
    expect(told()).toEqual([]);
    for (let n = 0; n < 3; n += 1) {
      fail('a');
      pass(restMs * 2 ** n);
    }
    expect(told()).toEqual([away]);
    answer('a');
    answer('a');
    expect(told()).toEqual([back]);
    fail('a');
    expect(told()).toEqual([away]);
  });

  it('does not take an answer that was under way for its return', () => {
    const { fail, answer, pass, told } = ringOf('a');

    fail('a');
    answer('a');
    expect(told()).toEqual([away]);
    pass(restMs);
    answer('a');
    expect(told()).toEqual([back]);
  });

  it('spares operators the stack', () => {
    const { fail, lines } = ringOf('a');

    fail('a');

    expect(JSON.stringify(lines)).not.toContain('    at ');
  });
});

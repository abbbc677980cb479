import { readableLine } from './log-line.js';

const time = Date.UTC(2025, 2, 1, 18, 5, 9);

describe('a line of the log', () => {
  it.each([
    ['message', { level: 30, time, msg: 'Listening.' }, '18:05:09 info  Listening.'],
    [
      'values',
      { level: 40, time, msg: 'Slow', ms: 12, of: 'a b', ok: true },
      '18:05:09 warn  Slow ms=12 of="a b" ok=true',
    ],
    ['a value of several parts', { level: 20, time, msg: 'x', at: { y: [1] } }, '18:05:09 debug x at={"y":[1]}'],
    ['no message', { level: 30, time, path: '/graphql' }, '18:05:09 info  path=/graphql'],
    ['an unknown level', { level: 35, time, msg: 'x' }, '18:05:09 35    x'],
    [
      'an error',
      { level: 50, time, msg: 'Failed.', err: { type: 'TypeError', message: 'no', stack: '    at a\n    at b' } },
      '18:05:09 error Failed. err="TypeError: no"\n    at a\n    at b',
    ],
    ['an error whose words are kept back', { level: 60, time, err: { type: 'Driver' } }, '18:05:09 fatal err=Driver'],
    ['something else under the name of an error', { level: 50, time, msg: 'x', err: 'no' }, '18:05:09 error x err=no'],
  ])('is readable with %s', (_what, entry, readable) => {
    expect(readableLine(JSON.stringify(entry), 'utc')).toBe(readable);
  });

  it.each([
    ['plain text', 'TwinEngine is ready'],
    ['half of an object', '{"level":30,"time":17'],
    ['JSON of another kind', '{"event":"order.placed"}'],
    ['a list', '[1, 2]'],
    ['nothing', ''],
  ])('stays as it is when it is %s', (_what, line) => {
    expect(readableLine(line, 'utc')).toBe(line);
  });
});

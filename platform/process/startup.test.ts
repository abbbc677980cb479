import { ConfigError } from './config.js';
import { explain } from './startup.js';

const coded = (code: string, message = 'x', more: object = {}) => Object.assign(new Error(message), { code, ...more });

describe('why a process could not start', () => {
  it.each([
    [
      'a taken port',
      coded('EADDRINUSE', 'listen', { address: '127.0.0.1', port: 4000 }),
      /port is taken \(127\.0\.0\.1:4000\).*PORT/,
    ],
    [
      'an unwritable folder',
      coded('EACCES', "permission denied, mkdir '/data'"),
      /data folder cannot be written.*'\/data'.*DATA_DIR/,
    ],
    [
      'a database that is away',
      new Error('wrapped', { cause: coded('ECONNREFUSED', 'connect', { address: '127.0.0.1', port: 3306 }) }),
      /database at DATABASE_URL cannot be reached \(127\.0\.0\.1:3306\)/,
    ],
    [
      'a refused password',
      new Error('wrapped', { cause: coded('ER_ACCESS_DENIED_ERROR') }),
      /refused the name or password/,
    ],
    ['anything else', new Error('first line\nsecond line'), /^first line$/],
  ])('says in one line what to do about %s', (_what, error, line) => {
    expect(explain(error)).toEqual([expect.stringMatching(line)]);
  });

  it('says every problem of the configuration', () => {
    expect(explain(new ConfigError(['A: x', 'B: y']))).toEqual(['A: x', 'B: y']);
  });
});

import { isDatabaseAway } from './database-away.js';

const withCode = (code: string) => Object.assign(new Error(code), { code });
const withNumber = (errno: number) => Object.assign(new Error(String(errno)), { errno });

describe('a failure', () => {
  it.each<[string, unknown, boolean]>([
    ['a refused connection', withCode('ECONNREFUSED'), true],
    ['a connection that was reset', withCode('ECONNRESET'), true],
    ['a connection the server closed', withCode('PROTOCOL_CONNECTION_LOST'), true],
    ['a connection closed before', new Error("Can't add new command when connection is in closed state"), true],
    ['too many connections', withNumber(1040), true],
    ['a server that shuts down', withNumber(1053), true],
    ['a cause of a cause', new Error('query', { cause: new Error('driver', { cause: withCode('EPIPE') }) }), true],
    ['the first of several', new AggregateError([withCode('ECONNREFUSED'), withCode('ECONNREFUSED')]), true],
    ['a deadlock', withNumber(1213), false],
    ['a duplicate', withNumber(1062), false],
    ['a mistake of ours', new TypeError('x is undefined'), false],
    ['something that is no error', 'ECONNREFUSED', false],
    ['nothing', undefined, false],
  ])('that is %s', (_what, error, expected) => {
    expect(isDatabaseAway(error)).toBe(expected);
  });
});

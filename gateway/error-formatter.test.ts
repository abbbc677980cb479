import { GraphQLError } from 'graphql';
import { pino } from 'pino';
import { presentErrors, presentResult, unexpected } from './error-formatter.js';

const lines: string[] = [];
const presentation = {
  requestId: 'request-1',
  log: pino({ base: undefined }, { write: (line: string) => void lines.push(line) }),
};
const present = (error: GraphQLError) => presentErrors([error], presentation)[0];

describe('S29 the error formatter', () => {
  beforeEach(() => void lines.splice(0));

  it.each([
    [
      'a field',
      'Cannot query field "nam" on type "User". Did you mean "name"?',
      'Cannot query field "nam" on type "User".',
    ],
    ['a list', 'Unknown argument "fist". Did you mean "first", "last", or "filter"?', 'Unknown argument "fist".'],
    [
      'a fragment',
      'Cannot query field "x" on type "Node". Did you mean to use an inline fragment on "User"?',
      'Cannot query field "x" on type "Node".',
    ],
    ['none', 'No.', 'No.'],
  ])('takes suggestions out: %s', (_case, message, told) => {
    expect(present(new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } }))?.message).toBe(told);
  });

  it('tells code, details and retryAfter of what it knows, and nothing else', () => {
    const error = new GraphQLError('Too many.', {
      path: ['login', 0],
      extensions: {
        code: 'RATE_LIMITED',
        retryAfter: 9,
        details: { limit: 5 },
        serviceName: 'accounts',
        stacktrace: [],
      },
    });

    expect(present(error)).toEqual({
      message: 'Too many.',
      path: ['login', 0],
      extensions: { code: 'RATE_LIMITED', requestId: 'request-1', retryAfter: 9, details: { limit: 5 } },
    });
    expect(lines).toEqual([]);
  });

  it.each([
    ['without a code', new GraphQLError('SELECT 1', { path: ['a'] })],
    [
      'with a foreign code',
      new GraphQLError('SELECT 1', { path: ['a'], extensions: { code: 'ER_DUP_ENTRY', details: 'SELECT 1' } }),
    ],
    [
      'of a subgraph that could not parse us',
      new GraphQLError('SELECT 1', {
        path: ['a'],
        extensions: { code: 'GRAPHQL_PARSE_FAILED', serviceName: 'orders' },
      }),
    ],
  ])('hides what is unexpected: %s', (_case, error) => {
    expect(present(error)).toEqual({
      message: 'Something went wrong on our side. Quote the request id.',
      path: ['a'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'request-1' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ requestId: 'request-1', path: ['a'], reason: 'SELECT 1' });
  });

  it('logs what was thrown, with its stack', () => {
    present(unexpected(new TypeError('x is not a function')));

    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      err: { type: 'TypeError', message: 'x is not a function', stack: expect.stringContaining('error-formatter') },
    });
  });

  it('GW-03 adds meta to every result and drops other extensions', () => {
    const extensions = { meta: { requestId: 'request-1', schema: '2026-11-21' } };

    expect(presentResult({ data: null, extensions: { valueCompletion: [] } }, presentation)).toEqual({
      data: null,
      extensions,
    });
    expect(presentResult({ errors: [] }, presentation)).toEqual({ extensions });
  });
});
